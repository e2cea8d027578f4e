import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InvalidRequestError } from '../../../src/dataplane/runtime/runtime.ts';
import { inputRequest, modelRequest, openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
  const remembers = {
    condition: '$input.Sensor.value > 0 || currentInput("Poke")',
    set: { seen: '$input.Sensor.value' },
  };
  await it.load(
    inputRequest('Sensor', 'id', 'value'),
    inputRequest('Poke', 'id'),
    modelRequest('keyed', { key: 'id', ...remembers }),
    modelRequest('single', remembers),
  );
  for (const id of ['a', 'b', 'c']) await it.put('Sensor', { id, value: 1 });
});
afterEach(() => it.close());

const state = (members: object = {}) => ({ stateName: 'Other', variables: [], timers: [], ...members });
const entry = (keyValue: string | null, members: object = {}, detectorModelName = 'keyed') => ({
  detectorModelName,
  keyValue,
  ...state(members),
});

describe('updateDetectors (detector-engine.md, 14.1)', () => {
  test('a detector is put into the state, with literals of every kind, timers that start now, and nothing else', async () => {
    it.nowMs += 1500;
    const variables = Object.entries({ int: '22', dec: '1.0', text: '"\\"x\\""' }).map(([name, value]) => ({
      name,
      value,
    }));
    const update = entry('a', { variables, timers: [{ name: 't 1', seconds: 90 }] });
    expect(await it.runtime.updateDetectors([update])).toEqual([null]);
    expect(await it.runtime.describeDetector('keyed', 'a')).toMatchObject({
      detectorModelName: 'keyed',
      keyValue: 'a',
      detectorModelVersion: '1',
      stateName: 'Other',
      variables: [
        { name: 'int', value: '22' },
        { name: 'dec', value: '1.0' },
        { name: 'text', value: '"\\"x\\""' },
      ],
      timers: [{ name: 't 1', timestampMs: Math.floor((it.nowMs + 90_000) / 1000) * 1000 }],
      creationTimeMs: it.nowMs - 1500,
      lastUpdateTimeMs: it.nowMs,
    });
  });

  test('remembered inputs are cleared as well', async () => {
    await it.runtime.updateDetectors([entry('a', { stateName: 'Only' })]);
    await it.put('Poke', { id: 'a' });
    expect((await it.state('keyed', 'a'))?.variables).toEqual({});
    await it.put('Poke', { id: 'b' });
    expect((await it.state('keyed', 'b'))?.variables).toEqual({ seen: '1' });
  });

  test('an unknown model, detector or state is the error of its entry, and the other entries apply', async () => {
    const outcomes = await it.runtime.updateDetectors([
      entry('a'),
      entry('a', {}, 'nope'),
      entry('nope'),
      entry('b', { stateName: 'Nope' }),
      entry(null),
      entry('c'),
    ]);
    expect(outcomes.map((outcome) => outcome?.errorCode ?? null)).toEqual([
      null,
      'ResourceNotFoundException',
      'ResourceNotFoundException',
      'InvalidRequestException',
      'ResourceNotFoundException',
      null,
    ]);
    const states = await Promise.all(['a', 'b', 'c'].map(async (key) => (await it.state('keyed', key))?.stateName));
    expect(states).toEqual(['Other', 'Only', 'Other']);
  });

  test('too many variables refuse the whole request with the text of AWS', async () => {
    const variables = ['v1', 'v2', 'v3', 'v4'].map((name) => ({ name, value: '1' }));
    const update = it.runtime.updateDetectors([entry('a'), entry('b', { variables })]);
    await expect(update).rejects.toEqual(
      new InvalidRequestError('Number of variables in the detector exceeds the limit 3'),
    );
    expect(await it.state('keyed', 'a')).toMatchObject({ stateName: 'Only' });
  });

  test('the only detector of a model without key is found without one', async () => {
    expect(await it.runtime.updateDetectors([entry(null, {}, 'single')])).toEqual([null]);
    expect(await it.state('single', null)).toMatchObject({ stateName: 'Other' });
  });
});

describe('deleteDetectors (detector-engine.md, 14.2)', () => {
  test('a deleted detector is gone until the next message makes it anew', async () => {
    it.nowMs += 1000;
    const outcomes = await it.runtime.deleteDetectors([
      { detectorModelName: 'keyed', keyValue: 'a' },
      { detectorModelName: 'keyed', keyValue: 'a' },
      { detectorModelName: 'nope', keyValue: 'a' },
      { detectorModelName: 'single', keyValue: null },
    ]);
    expect(outcomes.map((outcome) => outcome?.errorCode ?? null)).toEqual([
      null,
      'ResourceNotFoundException',
      'ResourceNotFoundException',
      null,
    ]);
    expect(await it.state('keyed', 'a')).toBeNull();
    expect(await it.state('single', null)).toBeNull();
    await it.put('Poke', { id: 'a' });
    expect(await it.runtime.describeDetector('keyed', 'a')).toMatchObject({ creationTimeMs: it.nowMs, variables: [] });
  });
});

describe('reading', () => {
  test('an unknown model is told from an unknown detector', async () => {
    const page = { stateName: null, afterKeyValue: null, limit: 10 };
    expect(await it.runtime.describeDetector('nope', 'a')).toBe('unknown-model');
    expect(await it.runtime.describeDetector('keyed', 'nope')).toBeNull();
    expect(await it.runtime.listDetectors({ detectorModelName: 'nope', ...page })).toBe('unknown-model');
    expect(await it.runtime.listDetectors({ detectorModelName: 'keyed', ...page, stateName: 'Other' })).toEqual([]);
  });

  test('a list is in the order of the keys, by state where asked for', async () => {
    await it.runtime.updateDetectors([entry('b')]);
    const list = async (stateName: string | null, afterKeyValue: string | null) => {
      const rows = await it.runtime.listDetectors({ detectorModelName: 'keyed', stateName, afterKeyValue, limit: 2 });
      return rows === 'unknown-model' ? rows : rows.map(({ keyValue }) => keyValue);
    };
    expect(await list(null, null)).toEqual(['a', 'b']);
    expect(await list(null, 'b')).toEqual(['c']);
    expect(await list('Only', null)).toEqual(['a', 'c']);
  });
});

describe('versions (detector-engine.md, 13.2)', () => {
  test('a detector of an older version counts as absent and is replaced by the next message', async () => {
    const row = await it.store.transact((tx) => tx.getDetector('keyed', 'a'));
    if (row === null) throw new Error('Expected a detector');
    await it.store.transact((tx) => tx.putDetector({ ...row, detectorModelVersion: '0', stateName: 'Gone' }));
    expect(await it.runtime.describeDetector('keyed', 'a')).toBeNull();
    expect(await it.runtime.updateDetectors([entry('a')])).toMatchObject([{ errorCode: 'ResourceNotFoundException' }]);
    await it.put('Sensor', { id: 'a', value: 2 });
    expect(await it.state('keyed', 'a')).toEqual({
      detectorModelVersion: '1',
      stateName: 'Only',
      variables: { seen: '2' },
    });
  });
});
