import { expect, test } from 'vitest';
import { type ChangeLog, createChangeLog } from '../../../src/gateway/watch/change-log.ts';
import { changeOf } from '../../../src/gateway/watch/change.ts';

function append(log: ChangeLog<string>, changes: Readonly<Record<string, number>>, observedAtMs = 0): void {
  const logged = Object.entries(changes).map(([key, sequence]) => {
    return { ...changeOf(key, null, key), sequence, position: { epoch: 'own', sequence }, observedAtMs };
  });
  log.append(logged, observedAtMs);
}

function keysAfter(log: ChangeLog<string>, sequence: number): readonly string[] | null {
  return log.changesAfter(sequence)?.map(({ key }) => key) ?? null;
}

test('a log keeps the newest changes up to its size, and one reading whole', () => {
  const log = createChangeLog<string>(0, { resumeLogSize: 2, resumeLogAgeMs: 1000 });
  for (const [index, key] of ['a', 'b', 'c'].entries()) append(log, { [key]: index + 1 });
  expect([keysAfter(log, 0), keysAfter(log, 1), keysAfter(log, 3)]).toEqual([null, ['b', 'c'], []]);
  append(log, { d: 4, e: 5, f: 6 });
  expect([keysAfter(log, 2), keysAfter(log, 3)]).toEqual([null, ['d', 'e', 'f']]);
});

test('a log forgets what is older than its age when something new comes', () => {
  const log = createChangeLog<string>(0, { resumeLogSize: 10, resumeLogAgeMs: 1000 });
  append(log, { a: 1 }, 0);
  append(log, { b: 2 }, 500);
  append(log, { c: 3 }, 1001);
  expect([keysAfter(log, 0), keysAfter(log, 1)]).toEqual([null, ['b', 'c']]);
});

test('a log knows every place since its begin, also those that are between its changes', () => {
  const log = createChangeLog<string>(4, { resumeLogSize: 10, resumeLogAgeMs: 1000 });
  append(log, { a: 7, b: 9 });
  expect([3, 4, 6, 7, 8, 9, 12].map((sequence) => keysAfter(log, sequence))).toEqual([
    null,
    ['a', 'b'],
    ['a', 'b'],
    ['b'],
    ['b'],
    [],
    [],
  ]);
});
