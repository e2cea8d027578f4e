import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LoggedChange } from '../../../src/gateway/watch/change-log.ts';
import { type Change, changeOf } from '../../../src/gateway/watch/change.ts';
import { conflate } from '../../../src/gateway/watch/conflate.ts';

type World = Map<string, number>;

function logged(change: Change<number>, sequence: number): LoggedChange<number> {
  return { ...change, sequence, position: { epoch: 'own', sequence }, observedAtMs: sequence };
}

/** A log of changes, each object's value the number of its change or absent. */
const history = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()), { minLength: 1, maxLength: 30 })
  .map((steps) => {
    const world: World = new Map([['a', 0]]);
    const changes: LoggedChange<number>[] = [];
    for (const [key, goes] of steps) {
      const previous = world.get(key) ?? null;
      if (goes && previous === null) continue;
      const sequence = changes.length + 1;
      const change = logged(changeOf(key, previous, goes ? null : sequence), sequence);
      changes.push(change);
      apply(world, change);
    }
    return changes;
  });

/** What a client does, which knows exactly what it was told. */
function apply(world: World, { key, previous, item }: Pick<LoggedChange<number>, 'key' | 'previous' | 'item'>): void {
  expect(world.get(key) ?? null).toBe(previous);
  if (item === null) world.delete(key);
  else world.set(key, item);
}

/** The state after all changes. */
function after(changes: readonly LoggedChange<number>[]): World {
  const world: World = new Map([['a', 0]]);
  for (const change of changes) apply(world, change);
  return world;
}

test('conflated changes lead to the same state, with one for each object at most', () => {
  fc.assert(
    fc.property(history, (changes) => {
      const whole = after(changes);
      const told = conflate(changes);
      expect(after(told)).toEqual(whole);
      expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
      for (const { key, conflated } of told) {
        expect(conflated).toBe(changes.filter((change) => change.key === key).length > 1);
      }
    }),
  );
});

test('a client can go on after every complete place without loss or repetition, and the end is one', () => {
  fc.assert(
    fc.property(history, (changes) => {
      const whole = after(changes);
      const told = conflate(changes);
      const seen: World = new Map([['a', 0]]);
      let sequence = 0;
      for (const change of told) {
        apply(seen, change);
        expect(change.sequence).toBeGreaterThan(sequence);
        ({ sequence } = change);
        if (!change.complete) continue;
        const resumed = new Map(seen);
        for (const later of changes.slice(sequence)) apply(resumed, later);
        expect(resumed).toEqual(whole);
      }
      const last = told.at(-1);
      if (last) expect([last.complete, last.position.sequence]).toEqual([true, changes.length]);
    }),
  );
});

test('changes of one object each are told as they were, every place complete', () => {
  const changes = ['a', 'b', 'c'].map((key, index) => logged(changeOf(key, null, 1), index + 1));
  expect(conflate(changes)).toEqual(changes.map((change) => ({ ...change, conflated: false, complete: true })));
});
