import { expect, test } from 'vitest';
import { createChangeLog } from '../../../src/gateway/watch/change-log.ts';
import { changeOf } from '../../../src/gateway/watch/change.ts';

const change = (key: string) => changeOf(key, null, key);

function keysAfter(log: ReturnType<typeof createChangeLog<string>>, sequence: number): readonly string[] | null {
  return log.changesAfter(sequence)?.map(({ key }) => key) ?? null;
}

test('a log keeps the newest changes up to its size, and one reading whole', () => {
  const log = createChangeLog<string>({ resumeLogSize: 2, resumeLogAgeMs: 1000 });
  for (const key of ['a', 'b', 'c']) log.append([change(key)], 0);
  expect([keysAfter(log, 0), keysAfter(log, 1), keysAfter(log, 3)]).toEqual([null, ['b', 'c'], []]);
  log.append(['d', 'e', 'f'].map(change), 0);
  expect([keysAfter(log, 2), keysAfter(log, 3)]).toEqual([null, ['d', 'e', 'f']]);
});

test('a log forgets what is older than its age when something new comes', () => {
  const log = createChangeLog<string>({ resumeLogSize: 10, resumeLogAgeMs: 1000 });
  log.append([change('a')], 0);
  log.append([change('b')], 500);
  log.append([change('c')], 1001);
  expect([keysAfter(log, 0), keysAfter(log, 1)]).toEqual([null, ['b', 'c']]);
});

test('a place that is not there yet is not known', () => {
  expect(keysAfter(createChangeLog<string>({ resumeLogSize: 10, resumeLogAgeMs: 1000 }), 1)).toBeNull();
});
