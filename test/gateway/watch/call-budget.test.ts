import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCallBudget } from '../../../src/gateway/watch/call-budget.ts';
import { createFakeScheduler } from '../../fake-scheduler.ts';

const NEVER = new AbortController().signal;

test('no second sees more calls than the budget, and all are made as soon as it allows', async () => {
  const waits = fc.array(fc.nat(700), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), waits, async (callsPerSecond, pauses) => {
      const scheduler = createFakeScheduler(0);
      const budget = createCallBudget(callsPerSecond, scheduler);
      const madeMs: number[] = [];
      const askedMs: number[] = [];
      for (const pause of pauses) {
        await scheduler.advance(pause);
        askedMs.push(scheduler.nowMs());
        void budget.take('lane', NEVER).then(() => madeMs.push(scheduler.nowMs()));
      }
      await scheduler.advance(pauses.length * 1000);
      const expected: number[] = [];
      for (const [index, atMs] of askedMs.entries()) {
        expected.push(Math.max(atMs, (expected[index - callsPerSecond] ?? -1000) + 1000));
      }
      expect(madeMs).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('lanes take turns: one of many calls does not hold up one of few', async () => {
  const scheduler = createFakeScheduler();
  const budget = createCallBudget(1, scheduler);
  const made: string[] = [];
  for (const lane of ['sweep', 'sweep', 'sweep', 'sweep', 'key', 'other', 'key']) {
    void budget.take(lane, NEVER).then(() => made.push(lane));
  }
  await scheduler.advance(10_000);
  expect(made).toEqual(['sweep', 'sweep', 'key', 'other', 'sweep', 'key', 'sweep']);
});

test('who gives up takes nothing, and leaves no turn behind', async () => {
  const scheduler = createFakeScheduler();
  const budget = createCallBudget(1, scheduler);
  await budget.take('first', NEVER);
  const aborter = new AbortController();
  const given = budget.take('gone', aborter.signal);
  const next = budget.take('next', NEVER);
  aborter.abort(new Error('gone'));
  await expect(given).rejects.toThrow('gone');
  await scheduler.advance(1000);
  await next;
  await expect(budget.take('gone', aborter.signal)).rejects.toThrow('gone');
});
