import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from '../../../src/gateway/watch/change.ts';
import { decodeCursor, encodeCursor } from '../../../src/gateway/watch/cursor.ts';

const objects = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 3 }))
  .map((entries) => new Map(Object.entries(entries)));

test('applying the changes to the objects before gives the objects after', () => {
  fc.assert(
    fc.property(objects, objects, (before, after) => {
      const named = (map: Map<string, number>) => new Map([...map].map(([key, value]) => [key, { key, value }]));
      const changes = changesBetween(named(before), named(after), (left, right) => left.value === right.value);
      const replayed = new Map(before);
      for (const { kind, previous, item } of changes) {
        expect(previous?.value).toBe(replayed.get(previous?.key ?? item?.key ?? ''));
        if (item === null) replayed.delete(previous?.key ?? '');
        else replayed.set(item.key, item.value);
        expect(kind).toBe(previous === null ? 'CREATED' : item === null ? 'DELETED' : 'UPDATED');
      }
      expect(replayed).toEqual(after);
      expect(changes.length).toBeLessThanOrEqual(new Set([...before.keys(), ...after.keys()]).size);
    }),
  );
});

test('a cursor is read as it was written, and nothing else is a cursor', () => {
  const position = { epoch: 'abcdefghijk_', topicTag: 'abcde-', sequence: 12, complete: false, round: 0 };
  expect(decodeCursor(encodeCursor(position))).toEqual(position);
  expect(decodeCursor(encodeCursor({ ...position, round: 2 }, 7))).toEqual({ ...position, round: 2 });
  expect(encodeCursor({ ...position, round: 2 }, 7)).not.toBe(encodeCursor({ ...position, round: 2 }, 8));
  for (const cursor of [
    '',
    'x',
    'nonsense',
    `${encodeCursor(position)}=`,
    Buffer.from('abc.1').toString('base64url'),
  ]) {
    expect(decodeCursor(cursor)).toBeNull();
  }
});
