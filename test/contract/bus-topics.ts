import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bus, createUniqueName, type ObjectChange, type Position, type Signal } from '../../src/fanout/bus.ts';
import {
  begin,
  type CreateBusPlace,
  gone,
  hear,
  leaseOf,
  LONG_MS,
  put,
  reading,
  SHORT_MS,
  useReplicas,
} from './bus-place.ts';

/** A reading of one of two replicas, after which a third follows or lags. */
const arbitraryStep = fc.record({
  replica: fc.nat(1),
  changes: fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), text: fc.option(fc.constantFrom('1', '2')) }),
    { selector: ({ key }) => key },
  ),
  follows: fc.boolean(),
});

interface Known {
  readonly position: Position;
  readonly objects: Map<string, string>;
}

/** What a follower knows after it has looked. */
async function catchUp(bus: Bus, topic: string, known: Known): Promise<Known> {
  const told = await bus.changesAfter(topic, known.position);
  if (told === null) {
    const present = await bus.read(topic);
    return present ? { position: present.position, objects: new Map(present.objects) } : known;
  }
  const objects = new Map(known.objects);
  for (const { key, previous, text } of told.changes) {
    expect(objects.get(key) ?? null).toBe(previous);
    if (text === null) objects.delete(key);
    else objects.set(key, text);
  }
  return { position: told.position, objects };
}

/** The duties of the bus port towards those who share topics, with three replicas on a real bus. */
export function describeTopics(name: string, createPlace: CreateBusPlace): void {
  describe(`${name}: the contract for topics`, () => {
    const { replicas, pass } = useReplicas(createPlace);

    describe('leases', () => {
      test('of many that ask at once one gets the lease, and the others learn how long it lasts', async () => {
        const [one, two, three] = replicas();
        const asked = await Promise.all([one, two, three].map((bus) => bus.acquire('t', LONG_MS)));
        const refused = asked.filter((answer) => answer.lease === null);
        expect(refused).toHaveLength(2);
        for (const { expiresInMs } of refused) {
          expect(expiresInMs).toBeGreaterThan(0);
          expect(expiresInMs).toBeLessThanOrEqual(LONG_MS);
        }
      });

      test('a lease that is not renewed is free once its time is up', async () => {
        const [one, two] = replicas();
        await leaseOf(one, 't', SHORT_MS);
        const asked = await two.acquire('t', LONG_MS);
        await pass(asked.lease === null ? asked.expiresInMs + 1 : 0);
        expect((await two.acquire('t', LONG_MS)).lease).not.toBeNull();
      });

      test('a lease that is renewed, or written with, stays', async () => {
        const [one, two] = replicas();
        const renewed = await leaseOf(one, 'renewed', SHORT_MS);
        const written = await leaseOf(one, 'written', SHORT_MS);
        expect(await one.renew(renewed, LONG_MS)).toBe(true);
        await one.append(written, 0, reading([]), LONG_MS);
        await pass(SHORT_MS + 1);
        expect((await two.acquire('renewed', LONG_MS)).lease).toBeNull();
        expect((await two.acquire('written', LONG_MS)).lease).toBeNull();
      });

      test('a lease that is released is free at once, and those who wait hear of it', async () => {
        const [one, two] = replicas();
        const lease = await leaseOf(one, 't');
        const waiting = hear(two, 't');
        await two.acquire('t', LONG_MS);
        await one.release(lease);
        expect(await waiting.next()).toBe('RELEASED');
        expect((await two.acquire('t', LONG_MS)).lease).not.toBeNull();
      });

      test('a holder that wakes up after its lease was taken can neither write, renew nor release', async () => {
        const [one, two, three] = replicas();
        const frozen = await begin(one, 't', [put('a', '1')]);
        await one.renew(frozen, SHORT_MS);
        await pass(SHORT_MS + 1);
        const next = await leaseOf(two, 't');
        expect(await one.append(frozen, 1, reading([put('a', 'stale')]), LONG_MS)).toBeNull();
        expect(await one.renew(frozen, LONG_MS)).toBe(false);
        await one.release(frozen);
        expect(await two.append(next, 1, reading([put('a', '2')]), LONG_MS)).not.toBeNull();
        expect((await three.read('t'))?.objects).toEqual(new Map([['a', '2']]));
      });

      test('a replica that takes its own lease anew can no longer write with the old one', async () => {
        const [one] = replicas();
        const old = await leaseOf(one, 't');
        const now = await leaseOf(one, 't');
        expect(await one.append(old, 0, reading([]), LONG_MS)).toBeNull();
        expect(await one.append(now, 0, reading([]), LONG_MS)).not.toBeNull();
      });

      test('leases of a hundred topics are independent', async () => {
        const [one, two] = replicas();
        const topics = Array.from({ length: 100 }, (_, index) => `topic ${index}`);
        await Promise.all(topics.map((topic) => leaseOf(one, topic)));
        const asked = await Promise.all(topics.map((topic) => two.acquire(topic, LONG_MS)));
        expect(asked.every(({ lease }) => lease === null)).toBe(true);
      });
    });

    describe('the record', () => {
      test('the first reading is the state that changes begin from', async () => {
        const [one, two] = replicas();
        const lease = await begin(one, 't', [put('a', '1'), put('__proto__', '2')]);
        const position = { epoch: lease.epoch, sequence: 1 };
        const state = { position, observedAtMs: 1000, fault: null };
        const objects = new Map([
          ['a', '1'],
          ['__proto__', '2'],
        ]);
        expect(await two.read('t')).toEqual({ ...state, objects });
        expect(await two.changesAfter('t', position)).toEqual({ ...state, changes: [] });
        expect(await two.changesAfter('t', { ...position, sequence: 0 })).toBeNull();
      });

      test('a change is told with the object before and after, and the state is that after it', async () => {
        const [one, two] = replicas();
        const { epoch, topic } = await begin(one, 't', [put('a', '1'), put('b', '1')]);
        const after = await one.append(
          { epoch, topic },
          1,
          reading([put('a', '2'), gone('b'), put('c', ''), gone('d')], 2000),
          LONG_MS,
        );
        expect(after).toEqual({ epoch, sequence: 4 });
        const state = { position: { epoch, sequence: 4 }, observedAtMs: 2000, fault: null };
        expect(await two.changesAfter('t', { epoch, sequence: 1 })).toEqual({
          ...state,
          changes: [
            { epoch, sequence: 2, atMs: 2000, key: 'a', previous: '1', text: '2' },
            { epoch, sequence: 3, atMs: 2000, key: 'b', previous: '1', text: null },
            { epoch, sequence: 4, atMs: 2000, key: 'c', previous: null, text: '' },
          ],
        });
        expect((await two.changesAfter('t', { epoch, sequence: 3 }))?.changes).toHaveLength(1);
        const objects = new Map([
          ['a', '2'],
          ['c', ''],
        ]);
        expect(await two.read('t')).toEqual({ ...state, objects });
      });

      test('a writer that does not know the newest state writes nothing', async () => {
        const [one, two] = replicas();
        const lease = await begin(one, 't', [put('a', '1')]);
        expect(await one.append(lease, 0, reading([put('a', '2')]), LONG_MS)).toBeNull();
        expect(await one.append(lease, 2, reading([put('a', '2')]), LONG_MS)).toBeNull();
        expect((await two.read('t'))?.objects).toEqual(new Map([['a', '1']]));
      });

      test('readers never see half of what is written at once', async () => {
        const [one, two] = replicas();
        const lease = await begin(one, 't', [put('a', '1'), put('b', '1')]);
        const write = async () => {
          for (let sequence = 1; sequence < 41; sequence += 2) {
            const text = String(sequence);
            await one.append(lease, sequence, reading([put('a', text), put('b', text)]), LONG_MS);
          }
        };
        const check = async () => {
          for (let times = 0; times < 40; times += 1) {
            const present = await two.read('t');
            expect(present?.objects.get('a')).toBe(present?.objects.get('b'));
          }
        };
        await Promise.all([write(), check()]);
        expect((await two.read('t'))?.position.sequence).toBe(41);
      });

      test('the next holder goes on with the sequence under its own epoch, and positions of both are known', async () => {
        const [one, two, three] = replicas();
        const first = await begin(one, 't', []);
        await one.append(first, 1, reading([put('a', '1')]), LONG_MS);
        await one.release(first);
        const second = await leaseOf(two, 't');
        await two.append(second, 2, reading([put('a', '2')]), LONG_MS);
        const told = await three.changesAfter('t', { epoch: first.epoch, sequence: 1 });
        expect(told?.changes.map(({ epoch, sequence }) => [epoch, sequence])).toEqual([
          [first.epoch, 2],
          [second.epoch, 3],
        ]);
        expect((await three.changesAfter('t', { epoch: first.epoch, sequence: 2 }))?.changes).toHaveLength(1);
      });

      test('a position that never was, or not under this epoch, is not known', async () => {
        const [one, two] = replicas();
        const { epoch } = await begin(one, 't', []);
        expect(await two.changesAfter('t', { epoch, sequence: 2 })).toBeNull();
        expect(await two.changesAfter('t', { epoch: 'another', sequence: 1 })).toBeNull();
        expect(await two.changesAfter('nothing', { epoch, sequence: 1 })).toBeNull();
      });

      test('the log keeps its newest changes, and those of one reading whole', async () => {
        const [one, two] = replicas();
        const lease = await begin(one, 't', []);
        const { epoch } = lease;
        for (let sequence = 1; sequence <= 6; sequence += 1) {
          await one.append(lease, sequence, reading([put('a', String(sequence))]), LONG_MS);
        }
        expect((await two.changesAfter('t', { epoch, sequence: 3 }))?.changes).toHaveLength(4);
        expect(await two.changesAfter('t', { epoch, sequence: 2 })).toBeNull();
        const many = Array.from({ length: 10 }, (_, index) => put(`new ${index}`, 'x'));
        await one.append(lease, 7, reading(many), LONG_MS);
        expect((await two.changesAfter('t', { epoch, sequence: 7 }))?.changes).toHaveLength(10);
        expect(await two.changesAfter('t', { epoch, sequence: 6 })).toBeNull();
      });

      test('the log forgets changes that are too old', async () => {
        const [one, two] = replicas();
        const lease = await begin(one, 't', []);
        const { epoch } = lease;
        await one.append(lease, 1, reading([put('a', '1')], 10_000), LONG_MS);
        await one.append(lease, 2, reading([put('a', '2')], 20_000), LONG_MS);
        await one.append(lease, 3, reading([], 15_000 + LONG_MS), LONG_MS);
        expect(await two.changesAfter('t', { epoch, sequence: 1 })).toBeNull();
        expect((await two.changesAfter('t', { epoch, sequence: 2 }))?.changes).toHaveLength(1);
        await one.append(lease, 3, reading([], 100_000 + LONG_MS), LONG_MS);
        expect(await two.changesAfter('t', { epoch, sequence: 2 })).toBeNull();
        expect((await two.changesAfter('t', { epoch, sequence: 3 }))?.changes).toEqual([]);
      });

      test('a fault is told until a reading without one, and leaves the time of the last that had none', async () => {
        const [one, two] = replicas();
        const lease = await leaseOf(one, 't');
        await one.append(lease, 0, { changes: [], atMs: 500, fault: 'NOT_FOUND' }, LONG_MS);
        expect(await two.read('t')).toMatchObject({ observedAtMs: null, fault: 'NOT_FOUND' });
        await one.append(lease, 0, reading([put('a', '1')]), LONG_MS);
        await one.append(lease, 1, { changes: [gone('a')], atMs: 2000, fault: 'NOT_FOUND' }, LONG_MS);
        expect(await two.changesAfter('t', { epoch: lease.epoch, sequence: 1 })).toMatchObject({
          observedAtMs: 1000,
          fault: 'NOT_FOUND',
          changes: [{ key: 'a', text: null }],
        });
      });

      test('there is nothing to read of a topic that nobody has had', async () => {
        const [one] = replicas();
        expect(await one.read('t')).toBeNull();
      });

      test('ten thousand objects are read at once', async () => {
        const [one, two] = replicas();
        const all = Array.from({ length: 10_000 }, (_, index) => put(`key ${index}`, `text ${index}`));
        const lease = await begin(one, 't', all);
        expect((await two.read('t'))?.objects).toEqual(new Map(all.map(({ key, text }) => [key, text])));
        const next = all.map(({ key }) => put(key, 'next'));
        await one.append(lease, 1, reading(next), LONG_MS);
        expect((await two.changesAfter('t', { epoch: lease.epoch, sequence: 1 }))?.changes).toHaveLength(10_000);
      });

      test('a follower that applies what it is told, and reads anew where that does not reach, ends with the same state', () =>
        fc.assert(
          fc.asyncProperty(fc.array(arbitraryStep, { maxLength: 20 }), async (steps) => {
            const [one, two, three] = replicas();
            const topic = createUniqueName();
            let known: Known = { position: { epoch: '', sequence: 0 }, objects: new Map() };
            for (const { replica, changes, follows } of steps) {
              const writer = [one, two][replica] ?? one;
              const lease = await leaseOf(writer, topic);
              const sequence = (await writer.read(topic))?.position.sequence ?? -1;
              expect(await writer.append(lease, sequence, reading(changes), LONG_MS)).not.toBeNull();
              await writer.release(lease);
              if (follows) known = await catchUp(three, topic, known);
            }
            const { objects, position } = await catchUp(three, topic, known);
            const present = await one.read(topic);
            expect(objects).toEqual(present?.objects ?? new Map());
            expect(position).toEqual(present?.position ?? known.position);
          }),
          { numRuns: 25 },
        ));
    });

    describe('signals', () => {
      test('changes, a first reading and another fault are told; a reading that found nothing new is not', async () => {
        const [one, two] = replicas();
        const follower = hear(two, 't');
        const lease = await leaseOf(one, 't');
        // Asked after the subscription and answered: from here on everything is heard.
        await two.read('t');
        const append = async (after: number, changes: readonly ObjectChange[]) => {
          expect(await one.append(lease, after, reading(changes), LONG_MS)).not.toBeNull();
        };
        await append(0, []);
        expect(await follower.next()).toBe('CHANGED');
        await append(1, []);
        await append(1, [gone('nothing')]);
        await one.release(lease);
        expect(await follower.next()).toBe('RELEASED');
        const next = await leaseOf(two, 't');
        await two.append(next, 1, { changes: [], atMs: 1000, fault: 'DOWN' }, LONG_MS);
        expect(await follower.next()).toBe('CHANGED');
        await two.append(next, 1, { changes: [], atMs: 1000, fault: 'DOWN' }, LONG_MS);
        await two.append(next, 1, reading([put('a', '1')]), LONG_MS);
        expect(await follower.next()).toBe('CHANGED');
        await two.release(next);
        expect(await follower.next()).toBe('RELEASED');
      });

      test('who left hears nothing more, whoever else of the replica stays', async () => {
        const [one, two] = replicas();
        const heard: Signal[] = [];
        const leave = two.subscribe('t', (signal) => heard.push(signal));
        const stays = hear(two, 't');
        leave();
        await two.read('t');
        await begin(one, 't', []);
        expect(await stays.next()).toBe('CHANGED');
        stays.leave();
        expect(heard).toEqual([]);
      });
    });
  });
}
