import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { UpstreamError } from '../upstream/errors.ts';
import { type UpstreamCall } from '../upstream/upstream.ts';
import { nextIntervalMs, nextPlan, type PollOutcome, type PollPace, type PollPlan } from './poll-pace.ts';

/** Polls once: everything, or with `whole` false only what waits for its first reading. Gives whether there were changes. */
type Poll = (call: UpstreamCall, whole: boolean) => Promise<boolean>;

interface PollLoopOptions {
  readonly scheduler: Scheduler;
  /** Asked anew for each interval. */
  readonly pace: () => PollPace;
  /** Names what is watched. */
  readonly log: Log;
}

/** A loop that runs. */
interface PollLoop {
  /** Something waits for its first reading, or the pace has changed. Heard at once, unless upstream throttles. */
  hurry(): void;
  stop(): void;
}

// Spreads the loops that started together, without moving their beat.
const JITTER = 0.05;

/**
 * Polls at once and then once an interval until stopped, one poll at a time. A poll that fails is tried again at the next tick:
 * later while upstream throttles or says when. Logs the begin and the end of an outage.
 */
export function startPollLoop(poll: Poll, { scheduler, pace, log }: PollLoopOptions): PollLoop {
  const aborter = new AbortController();
  let plan: PollPlan = { startMs: scheduler.nowMs(), intervalMs: pace().minMs };
  let isDue = true;
  let isHurried = false;
  let isBusy = false;
  let isFailing = false;
  let isThrottled = false;
  /** Null while a whole poll is due or under way. */
  let cancelTick: (() => void) | null = null;

  async function run(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (!aborter.signal.aborted && (isDue || isHurried)) {
      const whole = isDue;
      isDue = false;
      isHurried = false;
      const outcome = await pollOnce(whole);
      isThrottled = outcome.kind === 'throttled';
      if (whole || isThrottled) {
        schedule(nextPlan(plan, nextIntervalMs(plan.intervalMs, outcome, pace()), scheduler.nowMs()));
      }
    }
    isBusy = false;
  }

  function schedule(next: PollPlan): void {
    cancelTick?.();
    if (aborter.signal.aborted) return;
    plan = next;
    const jitterMs = scheduler.random() * JITTER * next.intervalMs;
    cancelTick = scheduler.schedule(next.startMs - scheduler.nowMs() + jitterMs, () => {
      cancelTick = null;
      isDue = true;
      void run();
    });
  }

  /** Never rejects. */
  async function pollOnce(whole: boolean): Promise<PollOutcome> {
    try {
      // The next tick is the retry.
      const hasChanged = await poll({ signal: aborter.signal, retries: false }, whole);
      if (isFailing) log.info('upstream answers again');
      isFailing = false;
      return { kind: hasChanged ? 'changed' : 'quiet' };
    } catch (error) {
      if (!isFailing && !aborter.signal.aborted) {
        log.warn({ err: error }, 'the poll failed and is tried again until it succeeds');
      }
      isFailing = true;
      return isThrottle(error) ? { kind: 'throttled', retryAfterMs: error.retryAfterMs } : { kind: 'quiet' };
    }
  }

  void run();
  return {
    hurry() {
      if (isThrottled) return;
      const { minMs, maxMs } = pace();
      if (cancelTick !== null && plan.intervalMs > maxMs) {
        schedule({ startMs: Math.min(plan.startMs, scheduler.nowMs() + minMs), intervalMs: minMs });
      }
      isHurried = true;
      void run();
    },
    stop() {
      aborter.abort();
      cancelTick?.();
    },
  };
}

/** Whether upstream asks for fewer calls. */
export function isThrottle(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && (error.code === 'UPSTREAM_THROTTLED' || error.retryAfterMs !== null);
}
