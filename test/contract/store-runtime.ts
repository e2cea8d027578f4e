import { describe, expect, test } from 'vitest';
import { type AlarmRow, type DetectorRow, type DueTimerRow } from '../../src/dataplane/store/store.ts';
import { type StorePlace, useStore } from './store-place.ts';

/** The duties of the store port towards alarms, timers, effects and dead letters, run against real stores. */
export function describeRuntimeStore(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(`${name}: the store's contract at run time`, () => {
    const { store, reopen } = useStore(createPlace);

    describe('alarms', () => {
      const alarmsOf = (afterKeyValue: string | null, limit: number) =>
        store.transact((tx) => tx.listAlarms({ alarmModelName: 'heat', afterKeyValue, limit }));

      test('an alarm is kept whole, with a key and without, and putting it again replaces every member', async () => {
        const changed = alarm({
          alarmModelVersion: '2',
          stateName: 'SNOOZE_DISABLED',
          creationTimeMs: 3,
          lastUpdateTimeMs: 4,
          nextTimerMs: 5,
          snapshot: '{"x":1}',
        });
        await store.transact(async (tx) => {
          await tx.putAlarm(alarm({}));
          await tx.putAlarm(alarm({ keyValue: null }));
          await tx.putAlarm(changed);
        });
        await reopen();
        await store.transact(async (tx) => {
          expect(await tx.getAlarm('heat', 'a')).toEqual(changed);
          expect(await tx.getAlarm('heat', null)).toEqual(alarm({ keyValue: null }));
          expect(await tx.getAlarm('heat', 'b')).toBeNull();
        });
      });

      test('alarms are listed as summaries in the order of their keys, page by page', async () => {
        const keys = ['b', 'A', 'a', 'a0'];
        await store.transact(async (tx) => {
          for (const keyValue of keys) await tx.putAlarm(alarm({ keyValue }));
          await tx.putAlarm(alarm({ alarmModelName: 'other', keyValue: 'c' }));
        });
        const [first, second] = await alarmsOf(null, 2);
        expect(first).toEqual({
          alarmModelName: 'heat',
          keyValue: 'A',
          alarmModelVersion: '1',
          stateName: 'NORMAL',
          creationTimeMs: 1_700_000_000_123,
          lastUpdateTimeMs: 1_700_000_000_456,
        });
        expect(second).toMatchObject({ keyValue: 'a' });
        expect(await alarmsOf('a', 9)).toMatchObject([{ keyValue: 'a0' }, { keyValue: 'b' }]);
      });

      test('one alarm and all alarms of a model can be deleted', async () => {
        await store.transact(async (tx) => {
          for (const keyValue of ['a', 'b', 'c', null]) await tx.putAlarm(alarm({ keyValue }));
          await tx.putAlarm(alarm({ alarmModelName: 'other' }));
          await tx.deleteAlarm('heat', 'a');
          await tx.deleteAlarm('heat', 'nope');
          expect(await tx.deleteAlarms('heat')).toBe(3);
          expect(await tx.getAlarm('other', 'a')).not.toBeNull();
        });
        expect(await alarmsOf(null, 9)).toEqual([]);
      });
    });

    describe('timers', () => {
      const next = () => store.transact((tx) => tx.getNextTimerMs());
      const due = (untilMs: number, limit = 9) => store.transact((tx) => tx.listDueTimers(untilMs, limit));
      const detectorAt = (keyValue: string | null, nextTimerMs: number | null) =>
        store.transact((tx) => tx.putDetector(detector({ keyValue, nextTimerMs })));
      const alarmAt = (keyValue: string | null, nextTimerMs: number | null) =>
        store.transact((tx) => tx.putAlarm(alarm({ keyValue, nextTimerMs })));
      const row = (kind: DueTimerRow['kind'], keyValue: string | null, nextTimerMs: number): DueTimerRow => ({
        kind,
        modelName: kind === 'detector' ? 'motor' : 'heat',
        keyValue,
        nextTimerMs,
      });

      test('without timers there is no next one', async () => {
        await detectorAt('a', null);
        await alarmAt('a', null);
        expect(await next()).toBeNull();
        expect(await due(Number.MAX_SAFE_INTEGER)).toEqual([]);
      });

      test('those of detectors and alarms that are due come in the order of expiry, no more than asked for', async () => {
        await detectorAt('late', 3000);
        await detectorAt(null, 1000);
        await alarmAt(null, 2000);
        await detectorAt('later', 4000);
        await alarmAt('first', 500);
        await reopen();
        expect(await next()).toBe(500);
        const all = [row('alarm', 'first', 500), row('detector', null, 1000), row('alarm', null, 2000)];
        expect(await due(2999)).toEqual(all);
        expect(await due(3000)).toEqual([...all, row('detector', 'late', 3000)]);
        expect(await due(9000, 2)).toEqual(all.slice(0, 2));
      });

      test('a timer goes with its detector, and putting the detector again replaces it', async () => {
        await detectorAt('a', 1000);
        await detectorAt('a', 2000);
        await detectorAt('b', 3000);
        expect(await next()).toBe(2000);
        await store.transact((tx) => tx.deleteDetector('motor', 'a'));
        expect(await next()).toBe(3000);
        await detectorAt('b', null);
        expect(await next()).toBeNull();
      });

      test('a timer can be put off without anything else being changed', async () => {
        await detectorAt('a', 1000);
        await alarmAt(null, 1000);
        await store.transact(async (tx) => {
          await tx.putNextTimer(row('detector', 'a', 5000));
          await tx.putNextTimer(row('alarm', null, 6000));
          expect(await tx.getDetector('motor', 'a')).toEqual(detector({ nextTimerMs: 5000 }));
          expect(await tx.getAlarm('heat', null)).toEqual(alarm({ keyValue: null, nextTimerMs: 6000 }));
        });
        expect(await next()).toBe(5000);
      });
    });

    describe('effects', () => {
      const add = (source: string, effect: string, hops = 0) =>
        store.transact((tx) => tx.addEffect({ source, effect, hops }));
      const effectsOf = (source: string, limit = 9) => store.transact((tx) => tx.listEffects(source, limit));
      const letters = (afterSequence = 0, limit = 9) =>
        store.transact((tx) => tx.listDeadLetters(afterSequence, limit));
      const sequenceOf = async (source: string, index: number) => (await effectsOf(source))[index]?.sequence ?? 0;

      test('the effects of a source come in the order in which they were added, across opening again', async () => {
        for (const effect of ['1', '2', '3']) await add('/a', effect);
        await add('/b', '4', 7);
        await reopen();
        expect(await effectsOf('/a', 2)).toMatchObject([
          { source: '/a', effect: '1', hops: 0, attempts: 0 },
          { effect: '2' },
        ]);
        expect(await effectsOf('/b')).toMatchObject([{ effect: '4', hops: 7 }]);
        expect([...(await store.transact((tx) => tx.listEffectSources()))].sort()).toEqual(['/a', '/b']);
      });

      test('a deleted effect is gone, and no later one takes its sequence', async () => {
        await add('/a', '1');
        const sequence = await sequenceOf('/a', 0);
        await store.transact((tx) => tx.deleteEffect(sequence));
        expect(await effectsOf('/a')).toEqual([]);
        await reopen();
        await add('/a', '2');
        expect(await sequenceOf('/a', 0)).toBeGreaterThan(sequence);
      });

      test('attempts are counted on the effect alone', async () => {
        await add('/a', '1');
        await add('/a', '2');
        const sequence = await sequenceOf('/a', 1);
        await store.transact((tx) => tx.putEffectAttempts(sequence, 3));
        expect(await effectsOf('/a')).toMatchObject([{ attempts: 0 }, { attempts: 3 }]);
      });

      test('a buried effect is a dead letter and no effect; revived it is the last effect, as new', async () => {
        for (const effect of ['1', '2', '3']) await add('/a', effect, 5);
        const sequence = await sequenceOf('/a', 0);
        await store.transact((tx) => tx.buryEffect(sequence, 4, 'HTTP 500', 99));
        await reopen();
        expect(await effectsOf('/a')).toMatchObject([{ effect: '2' }, { effect: '3' }]);
        const letter = { sequence, source: '/a', effect: '1', attempts: 4, reason: 'HTTP 500', diedAtMs: 99 };
        expect(await letters()).toEqual([letter]);
        expect(await store.transact((tx) => tx.reviveDeadLetter(sequence))).toBe('/a');
        expect(await store.transact((tx) => tx.reviveDeadLetter(sequence))).toBeNull();
        expect(await letters()).toEqual([]);
        expect(await effectsOf('/a')).toMatchObject([
          { effect: '2' },
          { effect: '3' },
          { effect: '1', hops: 0, attempts: 0 },
        ]);
      });

      test('dead letters come in their order, page by page, and the last one is known', async () => {
        expect(await store.transact((tx) => tx.getLastDeadLetter())).toBe(0);
        for (const effect of ['1', '2', '3']) await add(`/${effect}`, effect);
        const sequences = [await sequenceOf('/3', 0), await sequenceOf('/1', 0), await sequenceOf('/2', 0)];
        await store.transact(async (tx) => {
          for (const sequence of sequences) await tx.buryEffect(sequence, 1, 'x', 1);
        });
        const [first] = await letters(0, 1);
        expect(first).toMatchObject({ effect: '1' });
        expect(await letters(first?.sequence)).toMatchObject([{ effect: '2' }, { effect: '3' }]);
        expect(await store.transact((tx) => tx.getLastDeadLetter())).toBe(sequences[0]);
      });
    });

    describe('models that a message has not reached', () => {
      const accept = (nowMs: number, sinceMs: number) =>
        store.transact((tx) => tx.acceptMessage('A', 'm', nowMs, sinceMs));
      const put = (names: readonly string[]) => store.transact((tx) => tx.putMissedModels('A', 'm', names));
      const list = (messageId = 'm') => store.transact((tx) => tx.listMissedModels('A', messageId));

      test('are kept with the message, until it has reached them', async () => {
        await accept(1000, 0);
        expect(await list()).toEqual([]);
        await put(['one', 'two']);
        await reopen();
        expect(await accept(1001, 0)).toBe(false);
        expect(await list()).toEqual(['one', 'two']);
        await put([]);
        expect(await list()).toEqual([]);
        expect(await list('unknown')).toEqual([]);
      });

      test('are forgotten with the window of the message', async () => {
        await accept(1000, 0);
        await put(['one']);
        expect(await accept(2000, 1500)).toBe(true);
        expect(await list()).toEqual([]);
      });
    });
  });
}

function alarm(members: Partial<AlarmRow>): AlarmRow {
  return {
    alarmModelName: 'heat',
    keyValue: 'a',
    alarmModelVersion: '1',
    stateName: 'NORMAL',
    creationTimeMs: 1_700_000_000_123,
    lastUpdateTimeMs: 1_700_000_000_456,
    nextTimerMs: null,
    snapshot: '{}',
    ...members,
  };
}

function detector(members: Partial<DetectorRow>): DetectorRow {
  return {
    detectorModelName: 'motor',
    keyValue: 'a',
    detectorModelVersion: '1',
    stateName: 'Normal',
    creationTimeMs: 1,
    lastUpdateTimeMs: 2,
    nextTimerMs: null,
    snapshot: '{}',
    ...members,
  };
}
