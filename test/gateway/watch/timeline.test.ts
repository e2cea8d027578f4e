import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeline } from '../../../src/gateway/watch/timeline.ts';

const shared = (sequence: number, epoch = 'shared') => ({ epoch, sequence });

test('a place of a record is known from where it was joined, and the same place again is the later one', () => {
  const timeline = createTimeline();
  const joined = timeline.reach(shared(50));
  expect(timeline.reach(shared(53))).toBe(joined + 3);
  expect([49, 50, 52, 54].map((sequence) => timeline.stepOf(shared(sequence)))).toEqual([
    null,
    joined,
    joined + 2,
    null,
  ]);
  expect(timeline.stepOf(shared(51, 'another'))).toBeNull();
  timeline.advance(2);
  const again = timeline.reach(shared(53));
  expect(timeline.stepOf(shared(53))).toBe(again);
  expect(timeline.reach(shared(53))).toBe(again);
});

test('whatever the steps, each has a position, and no two of its own the same', () => {
  const step = fc.oneof(
    fc.record({ own: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ epoch: fc.constantFrom('one', 'two'), ahead: fc.integer({ min: 1, max: 3 }) }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const timeline = createTimeline();
      let sequence = 0;
      const own = new Map<string, number>();
      for (const taken of steps) {
        if ('own' in taken) {
          const last = timeline.advance(taken.own);
          for (let number = last - taken.own + 1; number <= last; number += 1) {
            const position = JSON.stringify(timeline.positionOf(number));
            expect(own.has(position)).toBe(false);
            own.set(position, number);
          }
          continue;
        }
        sequence += taken.ahead;
        const number = timeline.reach({ epoch: taken.epoch, sequence });
        expect(timeline.positionOf(number)).toEqual({ epoch: taken.epoch, sequence });
        expect(timeline.stepOf({ epoch: taken.epoch, sequence })).toBe(number);
      }
      for (const [position, number] of own) {
        expect(timeline.stepOf(JSON.parse(position) as { epoch: string; sequence: number })).toBe(number);
      }
    }),
  );
});
