import { describe, expect, test } from 'vitest';
import { type CreateBusPlace, hear, leaseOf, LONG_MS, put, reading, SHORT_MS, useReplicas } from './bus-place.ts';

/** The duties of the bus port towards those who ask for a time: what is not asked for anew is forgotten. */
export function describeLimits(name: string, createPlace: CreateBusPlace): void {
  describe(`${name}: the contract for limits and what expires`, () => {
    const { replicas, pass } = useReplicas(createPlace, { keepMs: 1000, maxChanges: 4 });

    test('a record without a lease is forgotten, and the next begins under another epoch', async () => {
      const [one, two] = replicas();
      const lost = await leaseOf(one, 't', SHORT_MS);
      await one.append(lost, 0, reading([put('a', '1')]), SHORT_MS);
      await pass(1001);
      expect(await two.read('t')).toBeNull();
      expect(await one.append(lost, 1, reading([]), SHORT_MS)).toBeNull();
      const lease = await leaseOf(two, 't');
      expect(await two.append(lease, 0, reading([]), LONG_MS)).toEqual({ epoch: lease.epoch, sequence: 1 });
      expect(await two.changesAfter('t', { epoch: lost.epoch, sequence: 1 })).toBeNull();
    });

    describe('what is wanted', () => {
      test('the keys of all replicas are one set, and a new one is told', async () => {
        const [one, two, three] = replicas();
        const holder = hear(one, 't');
        await one.wanted('t');
        await two.want('t', ['a', 'b'], LONG_MS);
        expect(await holder.next()).toBe('WANTED');
        await two.want('t', ['b'], LONG_MS);
        await three.want('t', ['b', 'c'], LONG_MS);
        expect(await holder.next()).toBe('WANTED');
        expect(await one.wanted('t')).toEqual(new Set(['a', 'b', 'c']));
        expect(await one.wanted('another')).toEqual(new Set());
      });

      test('a key that nobody asks for anew is wanted no longer', async () => {
        const [one, two, three] = replicas();
        await two.want('t', ['a', 'b'], SHORT_MS);
        await three.want('t', ['b'], LONG_MS);
        await two.want('t', ['b'], SHORT_MS);
        await pass(SHORT_MS + 1);
        expect(await one.wanted('t')).toEqual(new Set(['b']));
      });
    });

    describe('limits', () => {
      const rate = { limit: 3, windowMs: LONG_MS };

      test('replicas spend the same rate, and who is refused learns how long to wait', async () => {
        const [one, two, three] = replicas();
        expect(await one.spend('ann', 2, rate)).toBe(0);
        expect(await two.spend('ann', 1, rate)).toBe(0);
        const waitMs = await three.spend('ann', 1, rate);
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(LONG_MS / 3);
        expect(await three.spend('bob', 3, rate)).toBe(0);
      });

      test('a rate is refilled with the time', async () => {
        const [one, two] = replicas();
        const fast = { limit: 2, windowMs: SHORT_MS };
        expect(await one.spend('ann', 2, fast)).toBe(0);
        await pass(SHORT_MS);
        expect(await two.spend('ann', 2, fast)).toBe(0);
        expect(await two.spend('ann', 3, fast)).toBeGreaterThan(0);
      });

      test('the shares of all replicas stay within the limit, and a share is given back', async () => {
        const [one, two, three] = replicas();
        expect(await one.holdShare('ann', 2, 3, LONG_MS)).toBe(true);
        expect(await two.holdShare('ann', 1, 3, LONG_MS)).toBe(true);
        expect(await two.holdShare('ann', 2, 3, LONG_MS)).toBe(false);
        expect(await one.holdShare('ann', 1, 3, LONG_MS)).toBe(true);
        expect(await two.holdShare('ann', 2, 3, LONG_MS)).toBe(true);
        expect(await one.holdShare('ann', 0, 3, LONG_MS)).toBe(true);
        expect(await three.holdShare('ann', 1, 3, LONG_MS)).toBe(true);
        expect(await three.holdShare('bob', 3, 3, LONG_MS)).toBe(true);
      });

      test('a share is kept when the limit is lowered below it, and cannot grow', async () => {
        const [one] = replicas();
        await one.holdShare('ann', 3, 3, LONG_MS);
        expect(await one.holdShare('ann', 3, 2, LONG_MS)).toBe(true);
        expect(await one.holdShare('ann', 4, 2, LONG_MS)).toBe(false);
      });

      test('the share of a replica that died comes back', async () => {
        const [one, two] = replicas();
        await one.holdShare('ann', 3, 3, LONG_MS);
        expect(await two.holdShare('ann', 1, 3, LONG_MS)).toBe(false);
        await one.holdShare('ann', 3, 3, SHORT_MS);
        one.close();
        await pass(SHORT_MS + 1);
        expect(await two.holdShare('ann', 3, 3, LONG_MS)).toBe(true);
      });

      test('of many that ask for the last share at once one gets it', async () => {
        const [one, two, three] = replicas();
        const asked = await Promise.all([one, two, three].map((bus) => bus.holdShare('ann', 2, 3, LONG_MS)));
        expect(asked.filter((answer) => answer)).toHaveLength(1);
      });
    });
  });
}
