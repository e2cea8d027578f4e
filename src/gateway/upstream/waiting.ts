/** One who waits for an answer, until `endsAtMs` by `performance.now()`. It leaves when it gives up. */
export interface Waiter {
  readonly endsAtMs: number;
  readonly signal: AbortSignal;
  giveUp(reason: 'deadline' | 'ended'): void;
  /** Its neighbours among all who wait; null at an end, and where it does not wait. Written by Waiting alone. */
  earlier: Waiter | null;
  later: Waiter | null;
}

/** Tells who waits when to give up: by one timer for all and one listener for each signal, as there are hundreds in a query. */
export interface Waiting {
  /** From now on it waits: until it leaves, its end or the abort of its signal, which must not have been yet. Ends never come before earlier ones. */
  enter(waiter: Waiter): void;
  leave(waiter: Waiter): void;
}

/** Makes a Waiting of nobody. */
export function createWaiting(): Waiting {
  // A list in place of a Set, which keeps what has left it until the next full collection, when it lives long and changes much.
  let first: Waiter | null = null;
  let last: Waiter | null = null;
  const ofSignal = new WeakMap<AbortSignal, Set<Waiter>>();
  let isTimerSet = false;

  function setTimer(delayMs: number): void {
    isTimerSet = true;
    setTimeout(endDeadlines, delayMs).unref();
  }

  function endDeadlines(): void {
    isTimerSet = false;
    const nowMs = performance.now();
    while (first && first.endsAtMs <= nowMs) {
      const waiter = first;
      unlink(waiter);
      waiter.giveUp('deadline');
    }
    if (first) setTimer(first.endsAtMs - nowMs);
  }

  function unlink(waiter: Waiter): void {
    const { earlier, later } = waiter;
    if (earlier) earlier.later = later;
    else if (first === waiter) first = later;
    if (later) later.earlier = earlier;
    else if (last === waiter) last = earlier;
    waiter.earlier = null;
    waiter.later = null;
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
      waiter.earlier = last;
      if (last) last.later = waiter;
      else first = waiter;
      last = waiter;
      waitersOf(waiter.signal).add(waiter);
      if (!isTimerSet) setTimer(waiter.endsAtMs - performance.now());
    },
    leave(waiter) {
      unlink(waiter);
      ofSignal.get(waiter.signal)?.delete(waiter);
    },
  };
}
