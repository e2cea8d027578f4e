import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryHub } from '../../../src/fanout/memory-bus.ts';
import { type Detector } from '../../../src/gateway/detector/detector.ts';
import { detectorSource } from '../../../src/gateway/detector/watch.ts';
import { decodeCursor } from '../../../src/gateway/watch/cursor.ts';
import { type WatchEvent } from '../../../src/gateway/watch/follow.ts';
import { type Watches } from '../../../src/gateway/watch/watches.ts';
import { settle } from '../../fake-scheduler.ts';
import { createCuttableBus } from './cuttable-bus.ts';
import { createModelWorld, INTERVAL_MS, watchWorld } from './model-watches.ts';

const KEYS = ['a', 'b', 'c'];
const REPLICAS = 3;

type Known = ReadonlyMap<string, Detector>;

/** Lets all replicas tell each other all that needs no time. */
async function settleAll(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await settle();
}

/** A client that believes what it is told, and comes back to any replica with any cursor that it has seen. */
function createClient(key: string | null, seen: Record<string, number>) {
  let known: Known = new Map();
  const places = new Map<string, { readonly known: Known; readonly event: string }>();
  let events: AsyncIterableIterator<WatchEvent<Detector>> | null = null;
  let next: Promise<IteratorResult<WatchEvent<Detector>>> | null = null;
  /** When what it has been told of each object since it came back was so. */
  let times = new Map<string, number>();
  let cursor: string | null = null;
  let hasComeBack = false;

  function hear({ kind, previous, item, ...event }: WatchEvent<Detector>): void {
    const name = (item ?? previous)?.keyValue ?? '';
    const after = new Map(kind === 'GAP' ? [] : known);
    // Another replica may not have seen yet what the one before had, and says so.
    if (kind === 'GAP' && hasComeBack) times = new Map();
    hasComeBack = false;
    if (kind === 'SNAPSHOT') expect(after.has(name)).toBe(false);
    else if (kind !== 'GAP') {
      expect(kind).toBe(previous === null ? 'CREATED' : item === null ? 'DELETED' : 'UPDATED');
      expect(known.get(name)?.stateName).toBe(previous?.stateName);
    }
    if (item) after.set(name, item);
    else after.delete(name);
    const atMs = item?.lastUpdateTime.getTime() ?? times.get(name) ?? 0;
    expect(atMs).toBeGreaterThanOrEqual(times.get(name) ?? 0);
    times.set(name, atMs);
    known = after;
    // No two events have the same cursor; the same event may be told again to who asks for it again.
    const text = JSON.stringify([kind, previous?.stateName, item]);
    expect(places.get(event.cursor)?.event ?? text).toBe(text);
    places.set(event.cursor, { known, event: text });
    ({ cursor } = event);
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (event.conflated) seen['conflated'] = (seen['conflated'] ?? 0) + 1;
  }

  return {
    known: () => known,
    async leave() {
      await events?.return?.();
      events = null;
      next = null;
    },
    /** Comes back with one of the cursors it has seen, the newest for 0. */
    comeBack(watches: Watches, back: number) {
      hasComeBack = true;
      const cursors = [...places.keys()];
      if (back > 0 && cursors.length > 0) {
        cursor = cursors[Math.max(0, cursors.length - 1 - back)] ?? cursor;
        times = new Map();
      }
      known = places.get(cursor ?? '')?.known ?? new Map();
      const after = cursor === null ? null : decodeCursor(cursor);
      events = watches.follow(detectorSource('motor'), { key, after, pollIntervalMs: INTERVAL_MS, needsDetail: false });
    },
    /** Takes so many events at most, of those that are there. */
    async take(count: number) {
      for (let taken = 0; taken < count && events; taken += 1) {
        next ??= events.next();
        const result = await Promise.race([next, settleAll()]);
        if (!result || result.done === true) return;
        next = null;
        hear(result.value);
      }
    },
  };
}

const client = fc.nat(5);
const replica = fc.nat(REPLICAS - 1);
const step = fc.oneof(
  fc.record({ do: fc.constant('put'), key: fc.constantFrom(...KEYS), stateName: fc.constantFrom('on', 'off', 'hot') }),
  fc.record({ do: fc.constant('put'), key: fc.constantFrom(...KEYS), stateName: fc.constantFrom('on', 'off', 'hot') }),
  fc.record({ do: fc.constant('delete'), key: fc.constantFrom(...KEYS) }),
  fc.record({ do: fc.constant('wait'), intervals: fc.constantFrom(0.1, 0.5, 1, 1, 1, 2, 10) }),
  fc.record({ do: fc.constant('take'), client, count: fc.constantFrom(1, 2, 100) }),
  fc.record({ do: fc.constant('move'), client, replica, back: fc.constantFrom(0, 0, 0, 1, 2, 5) }),
  fc.record({ do: fc.constant('cut'), replica, isDone: fc.boolean() }),
  fc.record({ do: fc.constant('mend'), replica }),
  fc.record({ do: fc.constant('steal'), ttlMs: fc.constantFrom(0, 500, 2000) }),
);

test('whatever is cut off and wherever they come back, clients of replicas are told every change in order or a gap, and nothing twice', async () => {
  const seen: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const world = createModelWorld(0);
      const { scheduler, model } = world;
      const hub = createMemoryHub({ clock: scheduler, keepMs: 8 * INTERVAL_MS, maxChanges: 16 });
      const thief = hub.connect();
      const replicas = Array.from({ length: REPLICAS }, () => {
        const bus = createCuttableBus(hub.connect());
        const settings = { resumeLogSize: 8, resumeLogAgeMs: 8 * INTERVAL_MS, maxBacklogEvents: 2 };
        return { bus, watches: watchWorld(world, bus, settings) };
      });
      const followed = [...KEYS, 'a', null, null];
      const clients = followed.map((key) => createClient(key, seen));
      const move = async (index: number, to: number, back: number) => {
        await clients[index]?.leave();
        const { watches } = replicas[to] ?? {};
        if (watches) clients[index]?.comeBack(watches, back);
      };
      for (const index of clients.keys()) await move(index, index % REPLICAS, 0);
      for (const step of steps) {
        if (step.do === 'put') model.put(step.key, step.stateName);
        else if (step.do === 'delete') model.detectors.delete(step.key);
        else if (step.do === 'wait') await scheduler.advance(step.intervals * INTERVAL_MS);
        else if (step.do === 'take') await clients[step.client]?.take(step.count);
        else if (step.do === 'move') await move(step.client, step.replica, step.back);
        else if (step.do === 'cut') replicas[step.replica]?.bus.cut(step.isDone);
        else if (step.do === 'mend') replicas[step.replica]?.bus.mend();
        // Somebody has the lease and does nothing, until it runs out: a replica that is frozen.
        else await thief.acquire(detectorSource('motor').id, step.ttlMs);
      }
      for (const { bus } of replicas) bus.mend();
      for (const client of clients) await client.take(100);
      for (let turn = 0; turn < 6; turn += 1) {
        await scheduler.advance(INTERVAL_MS);
        for (const client of clients) await client.take(100);
      }
      for (const [index, client] of clients.entries()) {
        const present = [...model.detectors.values()]
          .filter(({ keyValue }) => followed[index] === null || keyValue === followed[index])
          .map(({ keyValue, stateName }) => [keyValue, stateName]);
        const known = [...client.known().values()].map(({ keyValue, stateName }) => [keyValue, stateName]);
        expect(Object.fromEntries(known)).toEqual(Object.fromEntries(present));
      }
      model.taken();
      await scheduler.advance(4 * INTERVAL_MS);
      expect(model.taken()).toEqual(['list', 'list', 'list', 'list']);
      for (const client of clients) await client.leave();
    }),
    { numRuns: 200 },
  );
  const kinds = ['SNAPSHOT', 'CREATED', 'UPDATED', 'DELETED', 'GAP', 'conflated'];
  // It has met all that there is.
  expect(kinds.filter((kind) => seen[kind] === undefined)).toEqual([]);
}, 60_000);
