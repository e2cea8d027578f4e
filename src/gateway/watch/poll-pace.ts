/** Where a poll loop stands: when it polls next, and the interval that led there. */
export interface PollPlan {
  readonly startMs: number;
  readonly intervalMs: number;
}

/** The shortest and the longest interval while upstream answers. */
export interface PollPace {
  readonly minMs: number;
  readonly maxMs: number;
}

/** What a poll came to; one that failed otherwise counts as quiet. `retryAfterMs` is upstream's own hint, null if it gave none. */
export type PollOutcome =
  { readonly kind: 'changed' | 'quiet' } | { readonly kind: 'throttled'; readonly retryAfterMs: number | null };

const MAX_THROTTLED_MS = 30_000;
const QUIET_GROWTH = 1.25;
const THROTTLED_GROWTH = 2;

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
 * The interval after a poll: the shortest after a change; a quarter longer after a quiet one, up to the longest; throttled, twice as
 * long and at least what upstream asked for, up to 30 s (or the longest, where that is more).
 */
export function nextIntervalMs(intervalMs: number, outcome: PollOutcome, { minMs, maxMs }: PollPace): number {
  switch (outcome.kind) {
    case 'changed':
      return minMs;
    case 'quiet':
      return Math.min(Math.max(Math.round(intervalMs * QUIET_GROWTH), minMs), maxMs);
    case 'throttled': {
      const longer = Math.max(intervalMs * THROTTLED_GROWTH, minMs, outcome.retryAfterMs ?? 0);
      return Math.min(longer, Math.max(maxMs, MAX_THROTTLED_MS));
    }
  }
}
