import { expect, test } from 'vitest';
import { createRate } from '../../../src/gateway/guard/rate.ts';

test('a bucket gives what it holds at once, then what comes in, and never holds more than its capacity', () => {
  let nowMs = 0;
  const take = createRate(2, 3, () => nowMs);
  const takeAll = () => {
    let taken = 0;
    while (take()) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  nowMs += 499;
  expect(take()).toBe(false);
  nowMs += 1;
  expect(takeAll()).toBe(1);
  nowMs += 60_000;
  expect(takeAll()).toBe(3);
});
