import { type Scheduler } from '../../clock.ts';

/** How many calls upstream may be made. */
export interface CallBudget {
  /**
   * Waits for leave to make one call. Who waits is served in turn by lane, so that a lane of many calls holds up no lane of few.
   * Rejects with the signal's reason when it aborts.
   */
  take(lane: string, signal: AbortSignal): Promise<void>;
}

const SECOND_MS = 1000;

/** Makes a budget: within any second at most `callsPerSecond` leaves are given, all lanes together. */
export function createCallBudget(callsPerSecond: number, scheduler: Scheduler): CallBudget {
  const lanes = new Map<string, Set<() => void>>();
  let left = callsPerSecond;

  function spend(): void {
    left -= 1;
    scheduler.schedule(SECOND_MS, () => {
      left += 1;
      serveNext();
    });
  }

  function serveNext(): void {
    const [first] = lanes;
    if (first === undefined) return;
    const [lane, waiting] = first;
    const [grant] = waiting;
    // Behind the other lanes.
    lanes.delete(lane);
    lanes.set(lane, waiting);
    grant?.();
  }

  function wait(lane: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = lanes.get(lane) ?? new Set();
      lanes.set(lane, waiting);
      const leave = () => {
        signal.removeEventListener('abort', giveUp);
        waiting.delete(grant);
        if (waiting.size === 0) lanes.delete(lane);
      };
      const grant = () => {
        leave();
        spend();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(signal.reason as Error);
      };
      waiting.add(grant);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  return {
    async take(lane, signal) {
      signal.throwIfAborted();
      if (left === 0) await wait(lane, signal);
      else spend();
    },
  };
}
