import { expect, test } from 'vitest';
import { detectorSource } from '../../../src/gateway/detector/watch.ts';
import { type WatchSettings } from '../../../src/gateway/watch/watches.ts';
import { settle } from '../../fake-scheduler.ts';
import { createModelWatches, INTERVAL_MS } from './model-watches.ts';

/** Watches of a model with 600 detectors, which is a list of three pages. */
function setUp(settings: Partial<WatchSettings> = {}) {
  const { scheduler, model, watches } = createModelWatches(600, settings);
  function follow(key: string | null, { pollIntervalMs = INTERVAL_MS, needsDetail = false } = {}) {
    const events = watches.follow(detectorSource('motor'), { key, after: null, pollIntervalMs, needsDetail });
    const seen: string[] = [];
    void (async () => {
      for await (const { kind, item } of events) seen.push(`${kind} ${item?.stateName ?? '-'}`);
    })();
    return {
      taken: async () => {
        await settle();
        return seen.splice(0);
      },
      leave: async () => {
        await events.return?.();
        await settle();
      },
    };
  }
  return { scheduler, model, watches, follow };
}

const describes = (count: number) => Array.from({ length: count }, (_, index) => `describe d${index}`);

test('few keys of a long list are described each, many are swept, and every change is told once whatever the plan', async () => {
  const { scheduler, model, watches, follow } = setUp();
  const followers = [0, 1, 2].map((index) => follow(`d${index}`));
  // It learns how long the list is, in vain.
  await scheduler.advance(INTERVAL_MS);
  model.taken();
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken().toSorted()).toEqual(describes(3));
  for (let index = 3; index < 8; index += 1) followers.push(follow(`d${index}`));
  await scheduler.advance(INTERVAL_MS);
  model.taken();
  for (const follower of followers) expect(await follower.taken()).toEqual(['SNAPSHOT on']);
  model.put('d0', 'hot');
  model.put('d7', 'hot');
  model.detectors.delete('d1');
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken()).toEqual(['list', 'list', 'list']);
  const told = await Promise.all(followers.map(({ taken }) => taken()));
  expect(told).toEqual([['UPDATED hot'], ['DELETED -'], [], [], [], [], [], ['UPDATED hot']]);
  for (const { leave } of followers.slice(3)) await leave();
  model.put('d2', 'hot');
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken().toSorted()).toEqual(describes(3));
  expect(await Promise.all(followers.map(({ taken }) => taken()))).toEqual([
    [],
    [],
    ['UPDATED hot'],
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(watches.counters).toMatchObject({ failures: 0, changes: 4 });
  expect(watches.counters.sweeps).toBeGreaterThan(0);
  expect(watches.counters.describes).toBeGreaterThan(0);
});

test('keys whose subscribers ask for what a list lacks are described while they change, and swept while they do not', async () => {
  const { scheduler, model, follow } = setUp();
  for (let index = 0; index < 8; index += 1) follow(`d${index}`, { needsDetail: true });
  await scheduler.advance(2 * INTERVAL_MS);
  for (let index = 0; index < 8; index += 1) model.put(`d${index}`, 'hot');
  await scheduler.advance(INTERVAL_MS);
  model.taken();
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken().toSorted()).toEqual(describes(8));
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken()).toEqual(['list', 'list', 'list']);
});

test('one who joins is read for at once, alone', async () => {
  const { scheduler, model, follow } = setUp();
  follow('d0');
  await scheduler.advance(INTERVAL_MS + 10);
  model.taken();
  const late = follow('d1');
  expect(await late.taken()).toEqual(['SNAPSHOT on']);
  expect(model.taken()).toEqual(['describe d1']);
  follow(null);
  await settle();
  expect(model.taken()).toEqual(['list', 'list', 'list']);
  const known = follow('d2');
  expect(await known.taken()).toEqual(['SNAPSHOT on']);
  expect(model.taken()).toEqual([]);
});

test('who may describe but not list follows keys as ever', async () => {
  const { scheduler, model, follow } = setUp();
  model.forbidLists();
  const followers = Array.from({ length: 5 }, (_, index) => follow(`d${index}`));
  await scheduler.advance(INTERVAL_MS);
  for (const { taken } of followers) expect(await taken()).toEqual(['SNAPSHOT on']);
  model.taken();
  await scheduler.advance(INTERVAL_MS);
  expect(model.taken().toSorted()).toEqual(describes(5));
});

test('what is quiet is polled slower and slower, and at the shortest interval again after a change', async () => {
  const { scheduler, model, follow } = setUp({ pollMaxIntervalMs: 2000 });
  follow('d0');
  await scheduler.advance(20_000);
  model.taken();
  await scheduler.advance(20_000);
  expect(model.taken()).toHaveLength(10);
  model.put('d0', 'hot');
  while (model.taken().length === 0) await scheduler.advance(100);
  await scheduler.advance(1000);
  expect(model.taken()).toHaveLength(1);
});

test('a watch is polled as its most impatient subscriber asks, who does not get what a slower pace has left old', async () => {
  const { scheduler, model, follow } = setUp();
  follow('d0', { pollIntervalMs: 60_000 });
  await scheduler.advance(59_000);
  expect(model.taken()).toEqual(['describe d0']);
  model.put('d0', 'hot');
  const impatient = follow('d0');
  expect(await impatient.taken()).toEqual(['SNAPSHOT hot']);
  model.taken();
  await scheduler.advance(5000);
  expect(model.taken()).toHaveLength(5);
  await impatient.leave();
  await scheduler.advance(10_000);
  model.taken();
  await scheduler.advance(120_000);
  expect(model.taken()).toHaveLength(2);
});

test('a sweep that waits for the budget neither overlaps the next poll nor holds up another watch', async () => {
  const { scheduler, model, watches, follow } = setUp({ pollCallsPerSecond: 2 });
  follow(null);
  await scheduler.advance(500);
  expect(model.taken()).toEqual(['list', 'list']);
  const other = watches.follow(
    { ...detectorSource('motor'), id: 'other' },
    { key: 'd0', after: null, pollIntervalMs: INTERVAL_MS, needsDetail: false },
  );
  void other.next();
  await scheduler.advance(500);
  expect(model.taken()).toEqual(['list', 'describe d0']);
  await scheduler.advance(10_000);
  expect(model.taken()).toHaveLength(20);
});
