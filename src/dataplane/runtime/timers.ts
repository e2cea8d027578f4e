import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { type DueTimerRow, levelOfFault, type Transaction } from '../store/store.ts';
import { type Aftermath, type Transact } from './transact.ts';

// The timers of so many detectors fire in one transaction, and so many transactions share a COMMIT where many are due.
const batchSize = 100;
const batchesAtOnce = 4;
// The clock may be set while we wait, so it is looked at again after so long.
const longestWaitMs = 5_000;
// After a fault of the store, or for a detector whose cycle cannot be run.
const retryStoreMs = 1_000;
const retryDetectorMs = 60_000;

interface TimersOptions {
  readonly transact: Transact;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Runs the cycles of the timers that are due; false if they cannot be run. Rejects only as the store does. */
  readonly fire: (tx: Transaction, due: DueTimerRow, nowMs: number, aftermath: Aftermath) => Promise<boolean>;
}

/** What makes timers fire at their time. */
export interface Timers {
  /** A timer that fires at `atMs` was committed. */
  wake(atMs: number): void;
  /** Resolves when what is under way is done; nothing fires after. */
  close(): Promise<void>;
}

/**
 * Makes the clockwork of all timers: one armed timeout for the earliest, which is in the store, as deadlines are absolute
 * and survive the process. Source: detector-engine.md, 9.6, 6.8.
 */
export function createTimers({ transact, scheduler, log, fire }: TimersOptions): Timers {
  let earliestMs: number | null = null;
  let cancel: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let closed = false;

  function wake(atMs: number): void {
    if (earliestMs !== null && earliestMs <= atMs) return;
    earliestMs = atMs;
    arm();
  }

  function arm(): void {
    cancel?.();
    cancel = null;
    if (closed || running !== null || earliestMs === null) return;
    const waitMs = Math.min(Math.max(earliestMs - scheduler.nowMs(), 0), longestWaitMs);
    cancel = scheduler.schedule(waitMs, () => {
      if (earliestMs !== null && earliestMs > scheduler.nowMs()) arm();
      else running = run();
    });
  }

  async function run(): Promise<void> {
    cancel = null;
    earliestMs = null;
    let nextMs: number | null;
    try {
      nextMs = await transact(fireBatch);
      while (!closed && nextMs !== null && nextMs <= scheduler.nowMs()) {
        const batches = Array.from({ length: batchesAtOnce }, () => transact(fireBatch));
        nextMs = (await Promise.all(batches)).at(-1) ?? null;
      }
    } catch (err) {
      log[levelOfFault(err)]({ err }, 'timers not fired');
      nextMs = scheduler.nowMs() + retryStoreMs;
    }
    running = null;
    if (nextMs !== null) wake(nextMs);
    arm();
  }

  /** Answers when the next timer fires. [ASSUMED A42] in the order of expiry. */
  async function fireBatch(tx: Transaction, aftermath: Aftermath): Promise<number | null> {
    const nowMs = scheduler.nowMs();
    for (const due of await tx.listDueTimers(nowMs, batchSize)) {
      if (!(await fire(tx, due, nowMs, aftermath))) {
        // Its own deadlines stay as they are; only when they are looked at again is put off, so that it blocks no other.
        await tx.putNextTimer({ ...due, nextTimerMs: nowMs + retryDetectorMs });
      }
    }
    return tx.getNextTimerMs();
  }

  return {
    wake,
    async close() {
      closed = true;
      cancel?.();
      await running;
    },
  };
}
