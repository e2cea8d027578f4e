import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPlan, throttledIntervalMs } from '../../../src/gateway/watch/poll-plan.ts';

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

test('throttled, the interval doubles up to 30 s, and is at least what upstream asks for', () => {
  const after = (intervalMs: number, retryAfterMs: number | null = null) =>
    throttledIntervalMs({ startMs: 0, intervalMs }, 1000, retryAfterMs);
  expect([after(1000), after(2000), after(16_000), after(30_000)]).toEqual([2000, 4000, 30_000, 30_000]);
  expect(after(1000, 7000)).toBe(7000);
  expect(after(1000, 999_000_000)).toBe(30_000);
});
