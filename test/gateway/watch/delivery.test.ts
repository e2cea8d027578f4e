import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectorSource } from '../../../src/gateway/detector/watch.ts';
import { type Detector } from '../../../src/gateway/detector/detector.ts';
import { decodeCursor } from '../../../src/gateway/watch/cursor.ts';
import { type WatchEvent } from '../../../src/gateway/watch/follow.ts';
import { type Watches } from '../../../src/gateway/watch/watches.ts';
import { settle } from '../../fake-scheduler.ts';
import { createModelWatches, INTERVAL_MS } from './model-watches.ts';

const KEYS = ['a', 'b', 'c'];

/** A client that believes what it is told, and comes back with the last cursor it saw. */
function createClient(watches: Watches, key: string | null) {
  const known = new Map<string, string>();
  const cursors = new Set<string>();
  let cursor: string | null = null;
  let events: AsyncIterableIterator<WatchEvent<Detector>> | null = null;
  let next: Promise<IteratorResult<WatchEvent<Detector>>> | null = null;

  function hear({ kind, previous, item, ...event }: WatchEvent<Detector>): void {
    ({ cursor } = event);
    expect(cursors).not.toContain(cursor);
    cursors.add(cursor);
    const name = (item ?? previous)?.keyValue ?? '';
    if (kind === 'GAP') known.clear();
    else if (kind === 'SNAPSHOT') {
      expect(known.has(name)).toBe(false);
      if (item) known.set(name, item.stateName);
    } else {
      expect(kind).toBe(previous === null ? 'CREATED' : item === null ? 'DELETED' : 'UPDATED');
      expect(known.get(name)).toBe(previous?.stateName);
      if (item) known.set(name, item.stateName);
      else known.delete(name);
    }
  }

  return {
    known,
    async leave() {
      await events?.return?.();
      events = null;
      next = null;
    },
    /** Takes so many events at most, of those that are there. */
    async take(count: number) {
      events ??= watches.follow(detectorSource('motor'), {
        key,
        after: cursor === null ? null : decodeCursor(cursor),
        pollIntervalMs: INTERVAL_MS,
        needsDetail: false,
      });
      // Without a cursor it begins anew.
      if (cursor === null) known.clear();
      for (let taken = 0; taken < count; taken += 1) {
        next ??= events.next();
        const result = await Promise.race([next, settle()]);
        if (!result || result.done === true) return;
        next = null;
        hear(result.value);
      }
    },
  };
}

type Step =
  | { readonly do: 'put'; readonly key: string; readonly stateName: string }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'wait'; readonly intervals: number }
  | { readonly do: 'take'; readonly client: number; readonly count: number }
  | { readonly do: 'leave'; readonly client: number };

const client = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('put'), key: fc.constantFrom(...KEYS), stateName: fc.constantFrom('on', 'off', 'hot') }),
  fc.record({ do: fc.constant('delete'), key: fc.constantFrom(...KEYS) }),
  // The log keeps 8 intervals.
  fc.record({ do: fc.constant('wait'), intervals: fc.constantFrom(1, 1, 1, 2, 10) }),
  fc.record({ do: fc.constant('take'), client, count: fc.constantFrom(1, 2, 100) }),
  fc.record({ do: fc.constant('leave'), client }),
);

test('whatever happens upstream, however slow it is and whenever it comes back, a client ends up with what upstream has', async () => {
  const seen = { conflated: 0, gaps: 0, sweeps: 0, describes: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const { scheduler, model, watches } = createModelWatches(0, {
        resumeLogSize: 8,
        resumeLogAgeMs: 8 * INTERVAL_MS,
        maxBacklogEvents: 2,
      });
      const counting: Watches = {
        ...watches,
        follow: (source, request) => counted(watches.follow(source, request), seen),
      };
      const followed = [...KEYS, 'a', null, null];
      const clients = followed.map((key) => createClient(counting, key));
      for (const step of steps) {
        if (step.do === 'put') model.put(step.key, step.stateName);
        else if (step.do === 'delete') model.detectors.delete(step.key);
        else if (step.do === 'wait') await scheduler.advance(step.intervals * INTERVAL_MS);
        else if (step.do === 'take') await clients[step.client]?.take(step.count);
        else await clients[step.client]?.leave();
      }
      for (const client of clients) await client.take(100);
      await scheduler.advance(2 * INTERVAL_MS);
      for (const client of clients) await client.take(100);
      for (const [index, client] of clients.entries()) {
        const present = [...model.detectors.values()]
          .filter(({ keyValue }) => followed[index] === null || keyValue === followed[index])
          .map(({ keyValue, stateName }) => [keyValue, stateName]);
        expect(Object.fromEntries(client.known)).toEqual(Object.fromEntries(present));
        await client.leave();
      }
      seen.sweeps += watches.counters.sweeps;
      seen.describes += watches.counters.describes;
    }),
    { numRuns: 300 },
  );
  // It has met all that there is.
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});

/** The same events, counted by what is special in them. */
function counted<Item>(
  events: AsyncIterableIterator<WatchEvent<Item>>,
  seen: { conflated: number; gaps: number },
): AsyncIterableIterator<WatchEvent<Item>> {
  return {
    ...events,
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const result = await events.next();
      if (result.done !== true && result.value.conflated) seen.conflated += 1;
      if (result.done !== true && result.value.kind === 'GAP') seen.gaps += 1;
      return result;
    },
  };
}
