import { expect, test } from 'vitest';
import { createMemoryHub } from '../../../src/fanout/memory-bus.ts';
import { detectorSource } from '../../../src/gateway/detector/watch.ts';
import { decodeCursor } from '../../../src/gateway/watch/cursor.ts';
import { type WatchSettings } from '../../../src/gateway/watch/watches.ts';
import { settle } from '../../fake-scheduler.ts';
import { createCuttableBus } from './cuttable-bus.ts';
import { createModelWorld, INTERVAL_MS, watchWorld } from './model-watches.ts';

/** Replicas that share a world with so many detectors. */
function setUp(detectors: number, settings: Partial<WatchSettings> = {}) {
  const world = createModelWorld(detectors);
  const hub = createMemoryHub({ clock: world.scheduler, keepMs: 120_000, maxChanges: 1000 });
  function join() {
    const bus = createCuttableBus(hub.connect());
    const watches = watchWorld(world, bus, settings);
    function follow(key: string | null, { after = '', pollIntervalMs = INTERVAL_MS, needsDetail = false } = {}) {
      const position = decodeCursor(after);
      const events = watches.follow(detectorSource('motor'), { key, after: position, pollIntervalMs, needsDetail });
      const seen: string[] = [];
      const cursors: string[] = [];
      const ended = (async () => {
        for await (const { kind, previous, item, cursor } of events) {
          seen.push(`${kind} ${(item ?? previous)?.keyValue ?? '-'} ${item?.stateName ?? '-'}`);
          cursors.push(cursor);
        }
      })();
      ended.catch(() => undefined);
      return {
        ended,
        cursors,
        taken: async () => {
          for (let turn = 0; turn < 10; turn += 1) await settle();
          return seen.splice(0);
        },
        leave: async () => {
          await events.return?.();
          await settle();
        },
      };
    }
    return { bus, watches, follow };
  }
  return { ...world, join };
}

test('one replica polls for all, and the changes reach the clients of each at the same positions', async () => {
  const { scheduler, model, join } = setUp(3);
  const [one, two] = [join(), join()];
  const first = one.follow(null);
  expect(await first.taken()).toEqual(['SNAPSHOT d0 on', 'SNAPSHOT d1 on', 'SNAPSHOT d2 on']);
  const second = two.follow(null);
  expect(await second.taken()).toEqual(['SNAPSHOT d0 on', 'SNAPSHOT d1 on', 'SNAPSHOT d2 on']);
  expect(model.taken()).toEqual(['list']);
  model.put('d1', 'hot');
  model.detectors.delete('d2');
  await scheduler.advance(INTERVAL_MS);
  for (const { taken } of [first, second]) expect(await taken()).toEqual(['UPDATED d1 hot', 'DELETED d2 -']);
  expect(first.cursors.slice(-2)).toEqual(second.cursors.slice(-2));
  await scheduler.advance(10 * INTERVAL_MS);
  expect(model.taken()).toHaveLength(11);
});

test('a cursor of one replica goes on at another: what was missed, then live, nothing twice', async () => {
  const { scheduler, model, join } = setUp(2);
  const [one, two] = [join(), join()];
  const first = one.follow(null);
  await first.taken();
  model.put('d0', 'hot');
  await scheduler.advance(INTERVAL_MS);
  expect(await first.taken()).toEqual(['UPDATED d0 hot']);
  const { cursors } = first;
  model.put('d1', 'hot');
  await scheduler.advance(INTERVAL_MS);
  const late = two.follow(null, { after: cursors[1] ?? '' });
  expect(await late.taken()).toEqual(['UPDATED d0 hot', 'UPDATED d1 hot']);
  expect(late.cursors).toEqual(cursors.slice(2));
  model.put('d1', 'on');
  await scheduler.advance(INTERVAL_MS);
  expect(await late.taken()).toEqual(['UPDATED d1 on']);
  // Those of the middle of a group, and of nobody, are gaps.
  expect(await two.follow(null, { after: cursors[0] ?? '' }).taken()).toEqual([
    'GAP - -',
    'SNAPSHOT d0 hot',
    'SNAPSHOT d1 on',
  ]);
});

test('a key that is followed at another replica alone is polled by the one that polls, at once', async () => {
  const { scheduler, model, join } = setUp(3);
  const [one, two] = [join(), join()];
  const first = one.follow('d0');
  await first.taken();
  const second = two.follow('d1', { needsDetail: true });
  expect(await second.taken()).toEqual(['SNAPSHOT d1 on']);
  expect(model.taken()).toEqual(['describe d0', 'describe d1']);
  model.put('d1', 'hot');
  await scheduler.advance(INTERVAL_MS);
  expect(await second.taken()).toEqual(['UPDATED d1 hot']);
  expect(await first.taken()).toEqual([]);
  await second.leave();
  await scheduler.advance(6 * INTERVAL_MS);
  model.taken();
  await scheduler.advance(2 * INTERVAL_MS);
  expect(model.taken()).toEqual(['describe d0', 'describe d0']);
});

test('the pace is that of the most impatient of all replicas', async () => {
  const { scheduler, model, join } = setUp(1);
  const [one, two] = [join(), join()];
  await one.follow('d0', { pollIntervalMs: 60_000 }).taken();
  await scheduler.advance(10_000);
  expect(model.taken()).toHaveLength(1);
  await two.follow('d0').taken();
  await scheduler.advance(5000);
  expect(model.taken().length).toBeGreaterThanOrEqual(5);
});

test('when the one that polls has no more followers another takes over at once', async () => {
  const { model, join } = setUp(1);
  const [one, two] = [join(), join()];
  const first = one.follow('d0');
  await first.taken();
  const second = two.follow('d0');
  await second.taken();
  model.put('d0', 'hot');
  model.taken();
  await first.leave();
  await one.watches.handedOver();
  expect(await second.taken()).toEqual(['UPDATED d0 hot']);
  expect(model.taken()).toEqual(['describe d0']);
});

test('a refusal of upstream is told at each replica', async () => {
  const { model, join } = setUp(0);
  model.forbidLists();
  const [one, two] = [join(), join()];
  const keyed = one.follow('d0');
  expect(await keyed.taken()).toEqual(['SNAPSHOT - -']);
  await expect(two.follow(null).ended).rejects.toMatchObject({
    code: 'UPSTREAM_FORBIDDEN',
    message: 'no',
    upstream: { operation: 'ListDetectors' },
  });
});

test('cut off, a replica polls for itself, and back it goes on with the others; nothing is told twice', async () => {
  const { scheduler, model, join } = setUp(2);
  const [one, two] = [join(), join()];
  const followers = [one.follow(null), two.follow(null), two.follow('d1')];
  for (const { taken } of followers) await taken();
  two.bus.cut();
  model.put('d0', 'hot');
  await scheduler.advance(INTERVAL_MS);
  model.put('d1', 'hot');
  await scheduler.advance(INTERVAL_MS);
  const told = async () => Promise.all(followers.map(({ taken }) => taken()));
  expect(await told()).toEqual([
    ['UPDATED d0 hot', 'UPDATED d1 hot'],
    ['UPDATED d0 hot', 'UPDATED d1 hot'],
    ['UPDATED d1 hot'],
  ]);
  two.bus.mend();
  await scheduler.advance(4 * INTERVAL_MS);
  expect(await told()).toEqual([[], [], []]);
  model.taken();
  model.put('d1', 'on');
  await scheduler.advance(INTERVAL_MS);
  expect(await told()).toEqual([['UPDATED d1 on'], ['UPDATED d1 on'], ['UPDATED d1 on']]);
  expect(model.taken()).toEqual(['list']);
  expect(followers[0]?.cursors.at(-1)).toBe(followers[1]?.cursors.at(-1));
  for (const { cursors } of followers) expect(new Set(cursors).size).toBe(cursors.length);
});

test('when the one that polls is cut off another takes over within two intervals', async () => {
  const { scheduler, model, join } = setUp(1);
  const [one, two] = [join(), join()];
  const [first, second] = [one.follow('d0'), two.follow('d0')];
  await first.taken();
  await second.taken();
  one.bus.cut();
  model.put('d0', 'hot');
  await scheduler.advance(2 * INTERVAL_MS);
  expect(await second.taken()).toEqual(['UPDATED d0 hot']);
  expect(await first.taken()).toEqual(['UPDATED d0 hot']);
  // It wakes up as one of many.
  one.bus.mend();
  model.put('d0', 'on');
  await scheduler.advance(4 * INTERVAL_MS);
  expect(await second.taken()).toEqual(['UPDATED d0 on']);
  expect(await first.taken()).toEqual(['UPDATED d0 on']);
  model.taken();
  await scheduler.advance(4 * INTERVAL_MS);
  expect(model.taken()).toHaveLength(4);
});

test('an answer of the bus that is lost leads to no change that is told twice', async () => {
  const { scheduler, model, join } = setUp(1);
  const [one, two] = [join(), join()];
  const [first, second] = [one.follow('d0'), two.follow('d0')];
  await first.taken();
  await second.taken();
  model.put('d0', 'hot');
  one.bus.cut(true);
  await scheduler.advance(2 * INTERVAL_MS);
  one.bus.mend();
  await scheduler.advance(2 * INTERVAL_MS);
  expect(await first.taken()).toEqual(['UPDATED d0 hot']);
  expect(await second.taken()).toEqual(['UPDATED d0 hot']);
});

test('when all have left nothing is asked, of upstream and of the bus', async () => {
  const { scheduler, model, join } = setUp(1);
  const [one, two] = [join(), join()];
  const followers = [one.follow('d0'), two.follow(null)];
  for (const { taken } of followers) await taken();
  for (const { leave } of followers) await leave();
  await scheduler.advance(1000 * INTERVAL_MS);
  model.taken();
  expect(scheduler.pending()).toBe(0);
});

test('who comes back to what nobody has followed for a while is told no old state, first come or not', async () => {
  const { scheduler, model, join } = setUp(1);
  const one = join();
  const early = one.follow('d0');
  await early.taken();
  await early.leave();
  model.put('d0', 'hot');
  await scheduler.advance(30 * INTERVAL_MS);
  const late = [one.follow('d0'), one.follow('d0'), one.follow('d0', { after: early.cursors[0] ?? '' })];
  for (const { taken } of late.slice(0, 2)) expect(await taken()).toEqual(['SNAPSHOT d0 hot']);
  expect(await late[2]?.taken()).toEqual(['UPDATED d0 hot']);
});

test('what is too much to be written at once is told whole', async () => {
  const { scheduler, model, join } = setUp(1200);
  const [one, two] = [join(), join()];
  const followers = [one.follow(null), two.follow(null)];
  for (const { taken } of followers) expect(await taken()).toHaveLength(1200);
  for (let index = 0; index < 1200; index += 1) model.put(`d${index}`, 'hot');
  await scheduler.advance(INTERVAL_MS);
  for (const { taken } of followers) expect(new Set(await taken()).size).toBe(1200);
  expect(model.taken()).toHaveLength(10);
  expect(followers[0]?.cursors.slice(-1200)).toEqual(followers[1]?.cursors.slice(-1200));
});
