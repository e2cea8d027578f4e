import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DetectorRow, type Store, StoreError } from '../../src/dataplane/store/store.ts';
import { type StorePlace, useStore } from './store-place.ts';

/** The duties of the store port, run against real stores. `createPlace` gives an empty place for every test. */
export function describeStore(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(`${name}: the store's contract`, () => {
    const { store, reopen } = useStore(createPlace);
    const getDetector = (detectorModelName: string, keyValue: string | null) =>
      store.transact((tx) => tx.getDetector(detectorModelName, keyValue));

    describe('transactions', () => {
      test('what a transaction has written is there after the store was closed and opened', async () => {
        await store.transact((tx) => tx.putDetector(detector({ keyValue: 'a' })));
        await reopen();
        expect(await getDetector('motor', 'a')).toEqual(detector({ keyValue: 'a' }));
      });

      test('a transaction answers what its work answers', async () => {
        expect(await store.transact(() => Promise.resolve(7))).toBe(7);
      });

      test('a transaction sees its own writes and those of earlier ones that are still under way', async () => {
        const seen = await Promise.all([
          store.transact(async (tx) => {
            await tx.putDetector(detector({ keyValue: 'a' }));
            return tx.getDetector('motor', 'a');
          }),
          store.transact((tx) => tx.getDetector('motor', 'a')),
        ]);
        expect(seen).toEqual([detector({ keyValue: 'a' }), detector({ keyValue: 'a' })]);
      });

      test('work that throws leaves nothing, rejects with its own error and takes no other with it', async () => {
        const failure = new Error('on purpose');
        const outcomes = await Promise.allSettled([
          store.transact((tx) => tx.putDetector(detector({ keyValue: 'before' }))),
          store.transact(async (tx) => {
            await tx.putDetector(detector({ keyValue: 'broken' }));
            await tx.deleteDetector('motor', 'before');
            throw failure;
          }),
          store.transact((tx) => tx.putDetector(detector({ keyValue: 'after' }))),
        ]);
        expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(outcomes[1]).toMatchObject({ reason: failure });
        await reopen();
        expect(await keysOf(store, { limit: 10 })).toEqual(['after', 'before']);
      });

      test('work that throws before it awaits rejects as well', async () => {
        const work = () => {
          throw new Error('on purpose');
        };
        await expect(store.transact(work)).rejects.toThrow('on purpose');
        expect(await store.transact(() => Promise.resolve('next'))).toBe('next');
      });

      test('a thousand transactions at once are performed in the order of their calls', async () => {
        const counted = Array.from({ length: 1000 }, () =>
          store.transact(async (tx) => {
            const next = Number((await tx.getDetector('motor', null))?.snapshot ?? 0) + 1;
            await tx.putDetector(detector({ keyValue: null, snapshot: String(next) }));
            return next;
          }),
        );
        expect(await Promise.all(counted)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
      });

      test('close waits for the transactions under way and refuses later ones', async () => {
        const written = store.transact((tx) => tx.putDetector(detector({ keyValue: 'a' })));
        const closed = store.close();
        await expect(store.transact((tx) => tx.listResources('input'))).rejects.toBeInstanceOf(StoreError);
        await Promise.all([written, closed]);
        await reopen();
        expect(await keysOf(store, { limit: 10 })).toEqual(['a']);
      });
    });

    describe('detectors', () => {
      test('a detector that is absent reads as null', async () => {
        expect(await getDetector('motor', 'a')).toBeNull();
        expect(await getDetector('motor', null)).toBeNull();
      });

      test('putting a detector again replaces every member', async () => {
        const changed = detector({
          keyValue: 'a',
          detectorModelVersion: '2',
          stateName: 'Hot',
          creationTimeMs: 3,
          lastUpdateTimeMs: 4,
          snapshot: '{"text":"\\u0000 ü 😀"}',
        });
        await store.transact((tx) => tx.putDetector(detector({ keyValue: 'a' })));
        await store.transact((tx) => tx.putDetector(changed));
        expect(await getDetector('motor', 'a')).toEqual(changed);
        expect(await keysOf(store, { stateName: 'Hot', limit: 10 })).toEqual(['a']);
        expect(await keysOf(store, { stateName: 'Normal', limit: 10 })).toEqual([]);
      });

      test('the detector without key is another one than any detector with a key', async () => {
        const keys = [null, 'null', '0', '-', ':'];
        for (const keyValue of keys) await store.transact((tx) => tx.putDetector(detector({ keyValue })));
        for (const keyValue of keys) expect(await getDetector('motor', keyValue)).toEqual(detector({ keyValue }));
        expect(await store.transact((tx) => tx.deleteDetector('motor', null))).toBe(true);
        expect(await keysOf(store, { limit: 10 })).toEqual(['-', '0', ':', 'null']);
      });

      test('deleting tells whether there was one, and how many there were of a model', async () => {
        for (const keyValue of ['a', 'b', 'c']) await store.transact((tx) => tx.putDetector(detector({ keyValue })));
        await store.transact((tx) => tx.putDetector(detector({ detectorModelName: 'motor2', keyValue: 'a' })));
        expect(await store.transact((tx) => tx.deleteDetector('motor', 'a'))).toBe(true);
        expect(await store.transact((tx) => tx.deleteDetector('motor', 'a'))).toBe(false);
        expect(await store.transact((tx) => tx.deleteDetectors('motor'))).toBe(2);
        expect(await store.transact((tx) => tx.deleteDetectors('motor'))).toBe(0);
        expect(await getDetector('motor2', 'a')).not.toBeNull();
      });

      test('pages are in the order of the UTF-8 bytes of the key and miss nothing', async () => {
        const keys = ['Z', 'a', 'B', '10', '9', 'a:', 'a-', 'a0', '_', 'aa', 'A'];
        for (const keyValue of keys) await store.transact((tx) => tx.putDetector(detector({ keyValue })));
        await store.transact((tx) => tx.putDetector(detector({ detectorModelName: 'other', keyValue: 'b' })));
        const paged: (string | null)[] = [];
        for (;;) {
          const page = await keysOf(store, { afterKeyValue: paged.at(-1) ?? null, limit: 3 });
          paged.push(...page);
          if (page.length < 3) break;
        }
        expect(paged).toEqual(['10', '9', 'A', 'B', 'Z', '_', 'a', 'a-', 'a0', 'a:', 'aa']);
      });

      test('a page after a key that is gone goes on behind it', async () => {
        for (const keyValue of ['a', 'c']) await store.transact((tx) => tx.putDetector(detector({ keyValue })));
        expect(await keysOf(store, { afterKeyValue: 'b', limit: 10 })).toEqual(['c']);
      });

      test('a state filter is exact and pages like the whole list', async () => {
        for (let index = 0; index < 10; index++) {
          const stateName = index % 2 === 0 ? 'Hot' : 'hot';
          await store.transact((tx) => tx.putDetector(detector({ keyValue: `k${index}`, stateName })));
        }
        expect(await keysOf(store, { stateName: 'Hot', limit: 3 })).toEqual(['k0', 'k2', 'k4']);
        expect(await keysOf(store, { stateName: 'Hot', afterKeyValue: 'k4', limit: 3 })).toEqual(['k6', 'k8']);
        expect(await keysOf(store, { stateName: 'Cold', limit: 3 })).toEqual([]);
      });

      test('any puts and deletes, many at a time, read page by page as those of a map', async () => {
        const keyValue = fc.string({ unit: fc.constantFrom('a', 'B', '0', '_', ':', '-'), minLength: 1, maxLength: 2 });
        const change = fc.record({ keyValue, stateName: fc.constantFrom('Hot', 'Cold', null) });
        const law = fc.asyncProperty(fc.array(change), fc.integer({ min: 1, max: 5 }), async (changes, limit) => {
          await store.transact((tx) => tx.deleteDetectors('motor'));
          const expected = new Map<string, string>();
          const expectedDeletions: boolean[] = [];
          const deletions: Promise<boolean>[] = [];
          for (const { keyValue, stateName } of changes) {
            if (stateName === null) {
              expectedDeletions.push(expected.delete(keyValue));
              deletions.push(store.transact((tx) => tx.deleteDetector('motor', keyValue)));
            } else {
              expected.set(keyValue, stateName);
              void store.transact((tx) => tx.putDetector(detector({ keyValue, stateName })));
            }
          }
          expect(await Promise.all(deletions)).toEqual(expectedDeletions);
          for (const filter of [{}, { stateName: 'Hot' }, { stateName: 'Cold' }]) {
            const listed: (string | null)[] = [];
            for (let size = limit; size === limit;) {
              const page = await keysOf(store, { ...filter, afterKeyValue: listed.at(-1) ?? null, limit });
              listed.push(...page);
              size = page.length;
            }
            const { stateName } = { stateName: null, ...filter };
            const keys = [...expected.keys()].filter((key) => stateName === null || expected.get(key) === stateName);
            // These keys are ASCII: code units are bytes.
            expect(listed).toEqual(keys.sort());
          }
        });
        await fc.assert(law, { numRuns: 30 });
      });

      test('a list has summaries without snapshots', async () => {
        const { snapshot, nextTimerMs, ...summary } = detector({ keyValue: 'a' });
        await store.transact((tx) => tx.putDetector({ ...summary, nextTimerMs, snapshot }));
        const page = { detectorModelName: 'motor', stateName: null, afterKeyValue: null, limit: 10 };
        expect(await store.transact((tx) => tx.listDetectors(page))).toEqual([summary]);
      });
    });

    describe('accepted messages', () => {
      const accept = (inputName: string, messageId: string, nowMs: number, sinceMs: number) =>
        store.transact((tx) => tx.acceptMessage(inputName, messageId, nowMs, sinceMs));

      test('a message is accepted once in a window, for each input, across opening again', async () => {
        expect(await accept('A', 'm', 1000, 0)).toBe(true);
        expect(await accept('A', 'm', 1001, 1)).toBe(false);
        expect(await accept('B', 'm', 1002, 2)).toBe(true);
        await reopen();
        expect(await accept('A', 'm', 2000, 1000)).toBe(false);
      });

      test('a window begins with the accepted message and no duplicate extends it', async () => {
        await accept('A', 'm', 1000, 0);
        expect(await accept('A', 'm', 1900, 900)).toBe(false);
        expect(await accept('A', 'm', 2001, 1001)).toBe(true);
        expect(await accept('A', 'm', 2500, 1500)).toBe(false);
      });

      test('a message whose transaction fails was not accepted', async () => {
        const failing = store.transact(async (tx) => {
          await tx.acceptMessage('A', 'm', 1000, 0);
          throw new Error('on purpose');
        });
        await expect(failing).rejects.toThrow('on purpose');
        expect(await accept('A', 'm', 1001, 0)).toBe(true);
      });

      test('forgetting takes the oldest, no more than asked for, and none that is not older', async () => {
        for (let index = 0; index < 5; index++) await accept('A', `m${index}`, 1000 + index, 0);
        expect(await store.transact((tx) => tx.forgetMessages(1004, 3))).toBe(3);
        expect(await accept('A', 'm2', 1010, 0)).toBe(true);
        expect(await accept('A', 'm3', 1010, 0)).toBe(false);
        expect(await store.transact((tx) => tx.forgetMessages(1004, 3))).toBe(1);
        expect(await accept('A', 'm4', 1010, 0)).toBe(false);
      });
    });
  });
}

function detector(members: Partial<DetectorRow>): DetectorRow {
  return {
    detectorModelName: 'motor',
    keyValue: 'a',
    detectorModelVersion: '1',
    stateName: 'Normal',
    nextTimerMs: null,
    creationTimeMs: 1_700_000_000_123,
    lastUpdateTimeMs: 1_700_000_000_456,
    snapshot: '{}',
    ...members,
  };
}

async function keysOf(
  store: Store,
  page: { stateName?: string; afterKeyValue?: string | null; limit: number },
): Promise<(string | null)[]> {
  const whole = { detectorModelName: 'motor', stateName: null, afterKeyValue: null, ...page };
  const rows = await store.transact((tx) => tx.listDetectors(whole));
  return rows.map(({ keyValue }) => keyValue);
}
