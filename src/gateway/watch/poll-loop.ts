import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { UpstreamError } from '../upstream/errors.ts';
import { type UpstreamCall } from '../upstream/upstream.ts';
import { nextPlan, type PollPlan, throttledIntervalMs } from './poll-plan.ts';

/** How often and how long a poll loop polls. */
export interface PollLoopOptions {
  readonly scheduler: Scheduler;
  readonly pollIntervalMs: number;
  /** One poll that takes longer is given up and counts as failed. */
  readonly deadlineMs: number;
  /** Names what is watched. */
  readonly log: Log;
}

// Spreads the loops that started together, without moving their beat.
const JITTER = 0.05;

/**
 * Polls at once and then once an interval until stopped, one poll at a time. A poll that fails is tried again at the next tick:
 * later while upstream throttles or says when. Logs the begin and the end of an outage. The returned function stops it.
 */
export function startPollLoop(poll: (call: UpstreamCall) => Promise<void>, options: PollLoopOptions): () => void {
  const { scheduler, pollIntervalMs, log } = options;
  let stopped = false;
  let failing = false;
  let abortPoll: () => void = () => undefined;
  let cancelNext: () => void = () => undefined;

  async function tick(plan: PollPlan): Promise<void> {
    const intervalMs = await pollOnce(plan);
    if (stopped) return;
    const nowMs = scheduler.nowMs();
    const next = nextPlan(plan, intervalMs, nowMs);
    const jitterMs = scheduler.random() * JITTER * pollIntervalMs;
    cancelNext = scheduler.schedule(next.startMs - nowMs + jitterMs, () => void tick(next));
  }

  /** Gives the interval until the next poll; never rejects. */
  async function pollOnce(plan: PollPlan): Promise<number> {
    const aborter = new AbortController();
    abortPoll = () => {
      aborter.abort();
    };
    const cancelDeadline = scheduler.schedule(options.deadlineMs, () => {
      aborter.abort(new DOMException('The poll took longer than the deadline', 'TimeoutError'));
    });
    try {
      // The next tick is the retry.
      await poll({ signal: aborter.signal, retries: false });
      if (failing) log.info('upstream answers again');
      failing = false;
      return pollIntervalMs;
    } catch (error) {
      if (!failing && !stopped) log.warn({ err: error }, 'the poll failed and is tried again until it succeeds');
      failing = true;
      return intervalAfter(error, plan);
    } finally {
      cancelDeadline();
    }
  }

  function intervalAfter(error: unknown, plan: PollPlan): number {
    if (!(error instanceof UpstreamError)) return pollIntervalMs;
    if (error.code !== 'UPSTREAM_THROTTLED' && error.retryAfterMs === null) return pollIntervalMs;
    return throttledIntervalMs(plan, pollIntervalMs, error.retryAfterMs);
  }

  void tick({ startMs: scheduler.nowMs(), intervalMs: pollIntervalMs });
  return () => {
    stopped = true;
    cancelNext();
    abortPoll();
  };
}
