/** Where the time comes from: epoch milliseconds. Everything that needs the time takes a Clock, so that tests can turn it. */
export interface Clock {
  nowMs(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** Where those who wait get their time, timers and chance from. Tests turn it by hand. */
export interface Scheduler extends Clock {
  /** Runs `task` once after `delayMs`, unless the returned function is called before. Keeps no process alive. */
  schedule(delayMs: number, task: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

/** The machine's own timers, with the time of `clock`. */
export function createScheduler(clock: Clock): Scheduler {
  return {
    nowMs: () => clock.nowMs(),
    schedule(delayMs, task) {
      const timer = setTimeout(task, delayMs).unref();
      return () => {
        clearTimeout(timer);
      };
    },
    random: () => Math.random(),
  };
}

/** AWS epoch seconds, with a fraction of milliseconds, from epoch milliseconds. Source: wire.md, section 2. */
export function toEpochSeconds(epochMs: number): number {
  return epochMs / 1000;
}
