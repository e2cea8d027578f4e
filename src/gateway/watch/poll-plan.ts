/** Where a poll loop stands: `intervalMs` is longer than the usual one while upstream throttles. */
export interface PollPlan {
  readonly startMs: number;
  readonly intervalMs: number;
}

const MAX_INTERVAL_MS = 30_000;

/**
 * When the poll after the one planned for `plan.startMs` starts: a whole number of intervals later, so that the loop does not
 * drift; ticks that passed meanwhile are skipped. Never further than an interval from now, whatever the clock has jumped.
 */
export function nextPlan(plan: PollPlan, intervalMs: number, nowMs: number): PollPlan {
  const missedTicks = Math.max(0, Math.ceil((nowMs - plan.startMs) / intervalMs) - 1);
  const startMs = plan.startMs + (missedTicks + 1) * intervalMs;
  return { startMs: Math.min(startMs, nowMs + intervalMs), intervalMs };
}

/**
 * The interval after a poll that was throttled: twice the one before, at least what upstream asked for, at most 30 s (or the
 * usual interval where that is longer).
 */
export function throttledIntervalMs(plan: PollPlan, usualMs: number, retryAfterMs: number | null): number {
  return Math.min(Math.max(plan.intervalMs * 2, retryAfterMs ?? 0), Math.max(usualMs, MAX_INTERVAL_MS));
}
