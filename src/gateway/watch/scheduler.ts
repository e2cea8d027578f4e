import { type Clock } from '../../clock.ts';

/** Where watches get their time, timers and chance from. Tests turn it by hand. */
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
