import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextIntervalMs, nextPlan } from '../../../src/gateway/watch/poll-pace.ts';

const times = { startMs: fc.integer({ min: 0, max: 1e9 }), intervalMs: fc.integer({ min: 100, max: 60_000 }) };

test('a loop does not drift: polls start whole intervals apart, skipping ticks that passed', () => {
  fc.assert(
    fc.property(
      fc.record({ ...times, tookMs: fc.integer({ min: 0, max: 500_000 }) }),
      ({ startMs, intervalMs, tookMs }) => {
        const next = nextPlan({ startMs, intervalMs }, intervalMs, startMs + tookMs);
        expect((next.startMs - startMs) % intervalMs).toBe(0);
        expect(next.startMs).toBeGreaterThan(startMs);
        expect(next.startMs).toBeGreaterThanOrEqual(startMs + tookMs);
        expect(next.startMs - (startMs + tookMs)).toBeLessThanOrEqual(intervalMs);
      },
    ),
  );
});

test('a clock that jumped back delays the next poll by an interval at most', () => {
  fc.assert(
    fc.property(
      fc.record({ ...times, backMs: fc.integer({ min: 0, max: 1e9 }) }),
      ({ startMs, intervalMs, backMs }) => {
        const nowMs = startMs - backMs;
        expect(nextPlan({ startMs, intervalMs }, intervalMs, nowMs).startMs - nowMs).toBeLessThanOrEqual(intervalMs);
      },
    ),
  );
});

const PACE = { minMs: 1000, maxMs: 2000 };

test('the interval is the shortest at once after a change, and grows to the longest while nothing changes', () => {
  const quiet = (intervalMs: number) => nextIntervalMs(intervalMs, { kind: 'quiet' }, PACE);
  expect([quiet(1000), quiet(1250), quiet(1563), quiet(1954), quiet(2000)]).toEqual([1250, 1563, 1954, 2000, 2000]);
  expect(nextIntervalMs(2000, { kind: 'changed' }, PACE)).toBe(1000);
});

test('throttled, the interval doubles up to 30 s, is at least what upstream asks for, and ends with the throttle', () => {
  const after = (intervalMs: number, retryAfterMs: number | null = null) =>
    nextIntervalMs(intervalMs, { kind: 'throttled', retryAfterMs }, PACE);
  expect([after(1000), after(2000), after(16_000), after(30_000)]).toEqual([2000, 4000, 30_000, 30_000]);
  expect(after(1000, 7000)).toBe(7000);
  expect(after(1000, 999_000_000)).toBe(30_000);
  expect(nextIntervalMs(16_000, { kind: 'quiet' }, PACE)).toBe(2000);
});

test('the interval never leaves the pace while upstream answers', () => {
  const pace = fc
    .tuple(fc.integer({ min: 100, max: 3_600_000 }), fc.integer({ min: 100, max: 3_600_000 }))
    .map(([minMs, maxMs]) => ({ minMs, maxMs: Math.max(minMs, maxMs) }));
  fc.assert(
    fc.property(
      pace,
      fc.integer({ min: 100, max: 3_600_000 }),
      fc.boolean(),
      ({ minMs, maxMs }, intervalMs, changed) => {
        const next = nextIntervalMs(intervalMs, { kind: changed ? 'changed' : 'quiet' }, { minMs, maxMs });
        expect(next).toBeGreaterThanOrEqual(minMs);
        expect(next).toBeLessThanOrEqual(changed ? minMs : maxMs);
      },
    ),
  );
});
