import { type Scheduler } from '../src/clock.ts';

/** A scheduler whose time stands still until it is turned. */
export interface FakeScheduler extends Scheduler {
  /** Turns the time, running what is due in its order, with all that follows from it at once. */
  advance(byMs: number): Promise<void>;
  /** How many tasks wait for their time. */
  pending(): number;
}

/** Lets everything run that needs no time. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Makes a scheduler at `nowMs`, without jitter. */
export function createFakeScheduler(nowMs = 1_000_000): FakeScheduler {
  const tasks = new Set<{ readonly dueMs: number; readonly task: () => void }>();
  let currentMs = nowMs;
  return {
    nowMs: () => currentMs,
    schedule(delayMs, task) {
      const entry = { dueMs: currentMs + delayMs, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    random: () => 0,
    async advance(byMs) {
      const untilMs = currentMs + byMs;
      await settle();
      for (;;) {
        const [next] = [...tasks].filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        tasks.delete(next);
        currentMs = Math.max(currentMs, next.dueMs);
        next.task();
        await settle();
      }
      currentMs = untilMs;
    },
    pending: () => tasks.size,
  };
}
