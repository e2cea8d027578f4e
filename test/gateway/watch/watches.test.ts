import { pino } from 'pino';
import { expect, test } from 'vitest';
import { UpstreamError, type UpstreamErrorCode } from '../../../src/gateway/upstream/errors.ts';
import { type Upstream, type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { type CursorPosition, decodeCursor } from '../../../src/gateway/watch/cursor.ts';
import { type WatchEvent } from '../../../src/gateway/watch/follow.ts';
import { createWatches } from '../../../src/gateway/watch/watches.ts';
import { type WatchSource } from '../../../src/gateway/watch/source.ts';
import { createFakeScheduler, settle } from '../../fake-scheduler.ts';

interface Thing {
  readonly name: string;
  readonly state: string;
}

type Reading = Record<string, string> | UpstreamErrorCode | 'hangs';
type Events = AsyncIterableIterator<WatchEvent<Thing>>;

const INTERVAL_MS = 1000;
/** Of one call. */
const DEADLINE_MS = 5000;

/** Watches of things whose readings are told by the test: of all, or of the one named `a`. */
function setUp({ single = false } = {}) {
  const scheduler = createFakeScheduler();
  const lines: { level: number; msg: string }[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as { level: number; msg: string }) });
  const polls: { readonly atMs: number; readonly call: UpstreamCall }[] = [];
  const world: { reading: Reading; retryAfterMs: number | null } = { reading: {}, retryAfterMs: null };

  function read(call: UpstreamCall): Promise<Thing[]> {
    polls.push({ atMs: scheduler.nowMs(), call });
    const { reading } = world;
    if (reading === 'hangs') {
      return new Promise((_resolve, reject) => {
        const giveUp = () => {
          reject(failure('UPSTREAM_TIMEOUT', null));
        };
        const cancel = scheduler.schedule(DEADLINE_MS, giveUp);
        call.signal.addEventListener('abort', () => {
          cancel();
          giveUp();
        });
      });
    }
    if (typeof reading === 'string') return Promise.reject(failure(reading, world.retryAfterMs));
    return Promise.resolve(Object.entries(reading).map(([name, state]) => ({ name, state })));
  }

  const source: WatchSource<Thing> = {
    id: 'things',
    describe: async (key, _upstream, call) => (await read(call)).find(({ name }) => name === key) ?? null,
    list: async (_page, _upstream, call) => ({ items: await read(call), nextToken: null }),
    keyOf: ({ name }) => name,
    isSame: (left, right) => left.state === right.state,
  };
  const watches = createWatches({
    upstream: {} as Upstream,
    scheduler,
    pollIntervalMs: INTERVAL_MS,
    pollMaxIntervalMs: INTERVAL_MS,
    pollCallsPerSecond: 100,
    resumeLogSize: 100,
    resumeLogAgeMs: 120_000,
    maxBacklogEvents: 50,
    bus: null,
    log,
  });
  return {
    scheduler,
    polls,
    world,
    lines,
    follow: (after: CursorPosition | null = null, passes: (thing: Thing) => boolean = () => true): Events =>
      watches.follow(source, {
        key: single ? 'a' : null,
        after,
        passes,
        pollIntervalMs: INTERVAL_MS,
        needsDetail: false,
      }),
  };
}

function failure(code: UpstreamErrorCode, retryAfterMs: number | null): UpstreamError {
  const upstream = { service: 'iotevents-data', operation: 'ListDetectors', requestId: null, retryable: true } as const;
  return new UpstreamError('no', { code, upstream, applied: 'no', retryAfterMs });
}

/** What follows at once, without turning the time. The last `next()` waits on for the next call. */
function reader(events: Events) {
  const seen: WatchEvent<Thing>[] = [];
  const ended = (async () => {
    for await (const event of events) seen.push(event);
  })();
  return {
    ended,
    taken: async () => {
      await settle();
      return seen
        .splice(0)
        .map(({ kind, previous, item }) => `${kind} ${previous?.state ?? '-'} ${item?.state ?? '-'}`);
    },
  };
}

test('a subscriber gets the present state, then each change once', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: 'on', b: 'off' };
  const { taken } = reader(follow());
  expect(await taken()).toEqual(['SNAPSHOT - on', 'SNAPSHOT - off']);
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual([]);
  world.reading = { a: 'hot', c: 'new' };
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual(['UPDATED on hot', 'CREATED - new', 'DELETED off -']);
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual([]);
});

test('an absent single object is told, and so is its coming and going; an empty collection is not', async () => {
  const { scheduler, world, follow } = setUp({ single: true });
  const { taken } = reader(follow());
  expect(await taken()).toEqual(['SNAPSHOT - -']);
  world.reading = { a: 'on' };
  await scheduler.advance(INTERVAL_MS);
  world.reading = {};
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual(['CREATED - on', 'DELETED on -']);

  expect(await reader(setUp().follow()).taken()).toEqual([]);
});

test('with a filter an object that enters or leaves is UPDATED once, and one outside is not told', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: 'on', b: 'off' };
  const { taken } = reader(follow(null, (thing) => thing.state === 'on'));
  expect(await taken()).toEqual(['SNAPSHOT - on']);
  for (const reading of [{ a: 'off', b: 'off' }, { a: 'hot', b: 'off' }, { a: 'hot', b: 'on' }, { b: 'on' }, {}]) {
    world.reading = reading;
    await scheduler.advance(INTERVAL_MS);
  }
  expect(await taken()).toEqual(['UPDATED on off', 'UPDATED off on', 'DELETED on -']);
});

test('a thousand subscribers cost one poll an interval, and none when all have left', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = { a: 'on' };
  const readers = Array.from({ length: 1000 }, () => follow());
  await Promise.all(readers.map((events) => events.next()));
  const waiting = readers.map((events) => events.next());
  await scheduler.advance(3 * INTERVAL_MS);
  expect(polls).toHaveLength(4);
  world.reading = { a: 'hot' };
  await scheduler.advance(INTERVAL_MS);
  const changes = await Promise.all(waiting);
  expect(changes.every(({ value }) => (value as WatchEvent<Thing>).item?.state === 'hot')).toBe(true);

  const ends = readers.map((events) => events.next());
  await Promise.all(readers.map(async (events) => events.return?.()));
  expect((await Promise.all(ends)).every(({ done }) => done === true)).toBe(true);
  await scheduler.advance(10 * INTERVAL_MS);
  expect(polls).toHaveLength(5);
  await scheduler.advance(1000 * INTERVAL_MS);
  expect(scheduler.pending()).toBe(0);
});

test('who leaves while the first poll hangs is released at once, and the poll is aborted', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = 'hangs';
  const events = follow();
  const first = events.next();
  await settle();
  await events.return?.();
  expect(await first).toEqual({ done: true, value: undefined });
  expect(polls[0]?.call.signal.aborted).toBe(true);
  await scheduler.advance(INTERVAL_MS);
  expect(polls).toHaveLength(1);
  expect(scheduler.pending()).toBe(0);
});

test('polls never overlap: one that hangs is given up at the deadline and tried again at the next tick', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = 'hangs';
  const { taken } = reader(follow());
  await scheduler.advance(4999);
  expect(polls).toHaveLength(1);
  world.reading = { a: 'on' };
  await scheduler.advance(1);
  await scheduler.advance(INTERVAL_MS);
  expect(polls.map(({ atMs }) => atMs - 1_000_000)).toEqual([0, 5000, 6000]);
  expect(await taken()).toEqual(['SNAPSHOT - on']);
});

test('an outage ends no subscription, is logged once, and its changes are told after it', async () => {
  const { scheduler, world, lines, follow } = setUp();
  world.reading = 'UPSTREAM_UNAVAILABLE';
  const { taken } = reader(follow());
  await scheduler.advance(3 * INTERVAL_MS);
  world.reading = { a: 'on' };
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual(['SNAPSHOT - on']);
  world.reading = 'UPSTREAM_FAILURE';
  await scheduler.advance(5 * INTERVAL_MS);
  expect(await taken()).toEqual([]);
  world.reading = { a: 'hot' };
  await scheduler.advance(INTERVAL_MS);
  expect(await taken()).toEqual(['UPDATED on hot']);
  expect(lines.map(({ level }) => level)).toEqual([40, 30, 40, 30]);
});

test('throttled, it polls slower and slower, and at the usual pace after a success', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = 'UPSTREAM_THROTTLED';
  reader(follow());
  await scheduler.advance(14_000);
  expect(polls.map(({ atMs }) => atMs - 1_000_000)).toEqual([0, 2000, 6000, 14_000]);
  world.reading = {};
  await scheduler.advance(16_000 + 2 * INTERVAL_MS);
  expect(polls.slice(4).map(({ atMs }) => atMs - 1_000_000)).toEqual([30_000, 31_000, 32_000]);
});

test('a poll is not repeated before the next tick, however it fails', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = 'UPSTREAM_UNAVAILABLE';
  reader(follow());
  await scheduler.advance(3 * INTERVAL_MS);
  expect(polls.map(({ call }) => call.retries)).toEqual([false, false, false, false]);
});

test('upstream is not asked before the time that it gave', async () => {
  const { scheduler, polls, world, follow } = setUp();
  Object.assign(world, { reading: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 7000 });
  reader(follow());
  await scheduler.advance(7000);
  expect(polls.map(({ atMs }) => atMs - 1_000_000)).toEqual([0, 7000]);
});

test.each(['NOT_FOUND', 'UPSTREAM_FORBIDDEN', 'UPSTREAM_REJECTED'] as const)(
  '%s at the start ends the subscription with it',
  async (code) => {
    const { scheduler, world, follow } = setUp();
    world.reading = code;
    await expect(reader(follow()).ended).rejects.toMatchObject({ code });
    await scheduler.advance(INTERVAL_MS);
    expect(scheduler.pending()).toBe(0);
  },
);

test('when the model vanishes all its objects are DELETED, and its return is told', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: 'on' };
  const early = reader(follow());
  await early.taken();
  world.reading = 'NOT_FOUND';
  await scheduler.advance(3 * INTERVAL_MS);
  expect(await early.taken()).toEqual(['DELETED on -']);
  const late = reader(follow()).ended;
  late.catch(() => undefined);
  await scheduler.advance(INTERVAL_MS);
  await expect(late).rejects.toMatchObject({ code: 'NOT_FOUND' });
  world.reading = { a: 'on' };
  await scheduler.advance(INTERVAL_MS);
  expect(await early.taken()).toEqual(['CREATED - on']);
});

test('a late subscriber gets the present state at once, and no poll of its own', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = { a: 'on' };
  reader(follow());
  await scheduler.advance(INTERVAL_MS + 500);
  expect(await reader(follow()).taken()).toEqual(['SNAPSHOT - on']);
  expect(polls).toHaveLength(2);
});

test('during an outage a late subscriber waits rather than get an old state', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: 'on' };
  reader(follow());
  await settle();
  world.reading = 'UPSTREAM_UNAVAILABLE';
  await scheduler.advance(INTERVAL_MS);
  const late = reader(follow());
  expect(await late.taken()).toEqual([]);
  world.reading = { a: 'hot' };
  await scheduler.advance(INTERVAL_MS);
  expect(await late.taken()).toEqual(['SNAPSHOT - hot']);
});

test('after a known cursor come the missed changes, without SNAPSHOT, then live ones', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: 'on' };
  reader(follow());
  const lost = follow();
  const first = (await lost.next()).value as WatchEvent<Thing>;
  await lost.return?.();
  for (const state of ['off', 'hot']) {
    world.reading = { a: state };
    await scheduler.advance(INTERVAL_MS);
  }
  const again = reader(follow(decodeCursor(first.cursor)));
  expect(await again.taken()).toEqual(['UPDATED on off', 'UPDATED off hot']);
  world.reading = {};
  await scheduler.advance(INTERVAL_MS);
  expect(await again.taken()).toEqual(['DELETED hot -']);
});

test('a cursor holds although nobody followed meanwhile: the difference is told', async () => {
  const { scheduler, polls, world, follow } = setUp();
  world.reading = { a: 'on', b: 'on' };
  const only = follow();
  await only.next();
  const { cursor } = (await only.next()).value as WatchEvent<Thing>;
  await only.return?.();
  world.reading = { a: 'hot' };
  await scheduler.advance(30 * INTERVAL_MS);
  expect(polls).toHaveLength(1);
  expect(await reader(follow(decodeCursor(cursor))).taken()).toEqual(['UPDATED on hot', 'DELETED on -']);
});

test('an unknown cursor is a GAP, then the present state', async () => {
  const { world, follow } = setUp();
  world.reading = { a: 'on', b: 'on' };
  const foreign = { epoch: 'abcdefghijkl', topicTag: 'abcdef', sequence: 3, complete: true, round: 0 };
  expect(await reader(follow(foreign)).taken()).toEqual(['GAP - -', 'SNAPSHOT - on', 'SNAPSHOT - on']);

  // Who has seen only some of the snapshots cannot go on after them.
  const events = follow();
  const first = (await events.next()).value as WatchEvent<Thing>;
  await events.return?.();
  expect((await reader(follow(decodeCursor(first.cursor))).taken())[0]).toBe('GAP - -');

  // A watch that nobody came back to is forgotten.
  const alone = setUp();
  alone.world.reading = { a: 'on' };
  const lonely = alone.follow();
  const { cursor } = (await lonely.next()).value as WatchEvent<Thing>;
  await lonely.return?.();
  await alone.scheduler.advance(200 * INTERVAL_MS);
  expect(await reader(alone.follow(decodeCursor(cursor))).taken()).toEqual(['GAP - -', 'SNAPSHOT - on']);
});

test('a subscriber that falls behind what is kept gets a GAP and the present state, and delays nobody', async () => {
  const { scheduler, world, follow } = setUp();
  world.reading = { a: '0' };
  const slow = follow();
  await slow.next();
  const quick = reader(follow());
  await quick.taken();
  for (let count = 1; count <= 200; count += 1) {
    world.reading = { a: String(count) };
    await scheduler.advance(INTERVAL_MS);
  }
  expect(await quick.taken()).toHaveLength(200);
  const next = async () => ((await slow.next()).value as WatchEvent<Thing>).kind;
  expect([await next(), await next()]).toEqual(['GAP', 'SNAPSHOT']);
});
