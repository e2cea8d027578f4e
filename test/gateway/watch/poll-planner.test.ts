import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRound, type RoundNeeds } from '../../../src/gateway/watch/poll-planner.ts';

const needs: fc.Arbitrary<RoundNeeds> = fc
  .record({ keys: fc.nat(500), all: fc.boolean(), pages: fc.integer({ min: 1, max: 60 }), details: fc.nat(500) })
  .map((drawn) => ({ ...drawn, details: Math.min(drawn.details, drawn.keys) }));

test('a round costs no more calls than the other way would, and a sweep that turns out longer never more than twice that', () => {
  fc.assert(
    fc.property(needs, (round) => {
      const plan = planRound(round);
      const sweepCalls = round.pages + round.details;
      if (round.all) expect(plan).toEqual({ kind: 'sweep', maxPages: Infinity });
      else if (plan.kind === 'describe') expect(round.keys).toBeLessThanOrEqual(sweepCalls);
      else {
        expect(sweepCalls).toBeLessThan(round.keys);
        expect(plan.maxPages).toBeGreaterThanOrEqual(round.pages);
        expect(plan.maxPages + round.details).toBeLessThan(round.keys);
      }
    }),
  );
});

test('a list is swept exactly if all objects are followed, or it is fewer calls than to describe each', () => {
  fc.assert(
    fc.property(needs, (round) => {
      const isCheaper = round.pages + round.details < round.keys;
      expect(planRound(round).kind).toBe(round.all || isCheaper ? 'sweep' : 'describe');
    }),
  );
});

test('what has no list, or none for us, is described', () => {
  expect(planRound({ keys: 1e6, all: false, pages: Infinity, details: 0 })).toEqual({ kind: 'describe' });
});
