/** One who waits for an answer, until `endsAtMs` by `performance.now()`. It leaves when it gives up. */
export interface Waiter {
  readonly endsAtMs: number;
  readonly signal: AbortSignal;
  giveUp(reason: 'deadline' | 'ended'): void;
}

/** Tells who waits when to give up: by one timer for all and one listener for each signal, as there are hundreds in a query. */
export interface Waiting {
  /** From now on it waits: until it leaves, its end or the abort of its signal, which must not have been yet. Ends never come before earlier ones. */
  enter(waiter: Waiter): void;
  leave(waiter: Waiter): void;
}

/** Makes a Waiting of nobody. */
export function createWaiting(): Waiting {
  /** Who gives up next stands first. */
  const all = new Set<Waiter>();
  const ofSignal = new WeakMap<AbortSignal, Set<Waiter>>();
  let isTimerSet = false;

  function setTimer(delayMs: number): void {
    isTimerSet = true;
    setTimeout(endDeadlines, delayMs).unref();
  }

  function endDeadlines(): void {
    isTimerSet = false;
    const nowMs = performance.now();
    for (const waiter of all) {
      if (waiter.endsAtMs > nowMs) {
        setTimer(waiter.endsAtMs - nowMs);
        return;
      }
      waiter.giveUp('deadline');
    }
  }

  function waitersOf(signal: AbortSignal): Set<Waiter> {
    const known = ofSignal.get(signal);
    if (known) return known;
    const waiters = new Set<Waiter>();
    ofSignal.set(signal, waiters);
    const endAll = () => {
      for (const waiter of waiters) waiter.giveUp('ended');
    };
    signal.addEventListener('abort', endAll, { once: true });
    return waiters;
  }

  return {
    enter(waiter) {
      all.add(waiter);
      waitersOf(waiter.signal).add(waiter);
      if (!isTimerSet) setTimer(waiter.endsAtMs - performance.now());
    },
    leave(waiter) {
      all.delete(waiter);
      ofSignal.get(waiter.signal)?.delete(waiter);
    },
  };
}
