import fc from 'fast-check';
import { expect, it } from 'vitest';
import { presenceOf } from '../../../src/gateway/device/presence.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const silentFor = (ms: number) => presenceOf(new Date(NOW_MS - ms), MINUTE_MS, NOW_MS);

it.each([
  [0, 'ONLINE'],
  [MINUTE_MS, 'ONLINE'],
  [2 * MINUTE_MS, 'ONLINE'],
  [2 * MINUTE_MS + 1, 'LATE'],
  [3 * MINUTE_MS, 'LATE'],
  [3 * MINUTE_MS + 1, 'OFFLINE'],
  [365 * 24 * 60 * MINUTE_MS, 'OFFLINE'],
])('a device that has been silent for %i ms, at a heartbeat a minute, is %s', (ms, presence) => {
  expect(silentFor(ms)).toBe(presence);
});

it('a device that never sent a heartbeat was never seen', () => {
  expect(presenceOf(null, MINUTE_MS, NOW_MS)).toBe('NEVER_SEEN');
});

it('a device whose clock is ahead is online', () => {
  expect(silentFor(-24 * 60 * MINUTE_MS)).toBe('ONLINE');
});

it('a device that stays silent goes from online over late to offline, and never back', () => {
  const order = ['ONLINE', 'LATE', 'OFFLINE'];
  fc.assert(
    fc.property(fc.nat(10 * MINUTE_MS), fc.nat(10 * MINUTE_MS), (before, more) => {
      expect(order.indexOf(silentFor(before + more))).toBeGreaterThanOrEqual(order.indexOf(silentFor(before)));
    }),
  );
});
