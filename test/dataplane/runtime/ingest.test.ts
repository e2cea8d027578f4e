import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inputRequest, modelRequest, openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
});
afterEach(() => it.close());

/** True for every message: undefined equals nothing. */
const always = '$input.Sensor.never != $input.Sensor.never';

/** Keeps the last value for each `id`. */
const latest = modelRequest('latest', {
  key: 'id',
  condition: always,
  set: { last: '$input.Sensor.value' },
});
const sensor = inputRequest('Sensor', 'id', 'value', 'nested.declared', 'list');

describe('payloads (detector-engine.md, 3.1 to 3.3)', () => {
  beforeEach(() => it.load(sensor, latest));

  test('an unknown input is a ResourceNotFoundException with the text of AWS', async () => {
    const message = { messageId: 'm', inputName: 'No.Such', payload: Buffer.from('{}'), timestampMs: null };
    expect(await it.runtime.putMessages([message])).toEqual([
      { errorCode: 'ResourceNotFoundException', errorMessage: 'Input of name: No.Such not found' },
    ]);
  });

  test.each([
    ['text that is not JSON', 'pressure: 3'],
    ['nothing', ''],
    ['an array', '[{"id":"a"}]'],
    ['a number', '12'],
    ['null', 'null'],
    ['two objects', '{"id":"a"}{"id":"b"}'],
    ['a number beyond a double', '{"id":"a","value":1e999}'],
  ])('%s is an InvalidRequestException, and the text is not repeated', async (_, payload) => {
    const [outcome] = await it.runtime.putMessages([
      { messageId: 'm', inputName: 'Sensor', payload: Buffer.from(payload), timestampMs: null },
    ]);
    expect(outcome?.errorCode).toBe('InvalidRequestException');
    expect(outcome?.errorMessage).toMatch(/^Expected the payload to be a JSON object, got /);
    if (payload !== '' && payload !== 'null') expect(outcome?.errorMessage).not.toContain(payload);
  });

  test('bytes that are not UTF-8 are an InvalidRequestException', async () => {
    const payload = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const [outcome] = await it.runtime.putMessages([
      { messageId: 'm', inputName: 'Sensor', payload, timestampMs: null },
    ]);
    expect(outcome?.errorCode).toBe('InvalidRequestException');
  });

  test('the limit is one of bytes for each message, and it is inclusive', async () => {
    const ofBytes = (bytes: number) => `{"id":"a","text":"${'x'.repeat(bytes - 20)}"}`;
    expect(ofBytes(1024)).toHaveLength(1024);
    expect(await it.put('Sensor', ofBytes(1024))).toBeNull();
    expect(await it.put('Sensor', ofBytes(1025))).toBe('InvalidRequestException');
    expect(await it.put('Sensor', `{"id":"a","text":"${'ü'.repeat(510)}"}`)).toBe('InvalidRequestException');
  });

  test('one bad message spoils none of its batch, and outcomes keep the order', async () => {
    const messages = ['{"id":"a"}', 'x', '{"id":"b"}', '[]', '{"id":"c"}'].map((payload, index) => ({
      messageId: `m${index}`,
      inputName: index === 4 ? 'Nope' : 'Sensor',
      payload: Buffer.from(payload),
      timestampMs: 1,
    }));
    const outcomes = await it.runtime.putMessages(messages);
    expect(outcomes.map((outcome) => outcome?.errorCode ?? null)).toEqual([
      null,
      'InvalidRequestException',
      null,
      'InvalidRequestException',
      'ResourceNotFoundException',
    ]);
    expect(await it.state('latest', 'a')).not.toBeNull();
    expect(await it.state('latest', 'b')).not.toBeNull();
  });

  test('numbers keep their kind from the payload to the variable', async () => {
    for (const [id, text] of [
      ['integer', '20'],
      ['decimal', '20.0'],
      ['long', '9007199254740993'],
    ] as const) {
      await it.put('Sensor', `{"id":"${id}","value":${text}}`);
      expect((await it.state('latest', id))?.variables).toEqual({ last: text });
    }
  });

  test('a batch is performed in its order', async () => {
    const messages = Array.from({ length: 10 }, (_, index) => ({
      messageId: `m${index}`,
      inputName: 'Sensor',
      payload: Buffer.from(`{"id":"a","value":${index}}`),
      timestampMs: null,
    }));
    await it.runtime.putMessages(messages);
    expect((await it.state('latest', 'a'))?.variables).toEqual({ last: '9' });
  });
});

describe('repeated messages (detector-engine.md, 3.5)', () => {
  const tally = modelRequest('tally', {
    set: { first: '$input.Sensor.value' },
    condition: 'isUndefined($variable.first) || $input.Sensor.value > $variable.first',
  });
  beforeEach(() => it.load(sensor, inputRequest('Twin', 'value'), tally));
  const first = async () => (await it.state('tally', null))?.variables['first'];

  test('an id that was used within five minutes is ignored silently', async () => {
    expect(await it.put('Sensor', { value: 1 }, 'same')).toBeNull();
    it.nowMs += 5 * 60_000;
    expect(await it.put('Sensor', { value: 2 }, 'same')).toBeNull();
    expect(await first()).toBe('1');
  });

  test('the window is not extended by a message that is ignored', async () => {
    await it.put('Sensor', { value: 1 }, 'same');
    it.nowMs += 4 * 60_000;
    await it.put('Sensor', { value: 2 }, 'same');
    it.nowMs += 60_001;
    await it.put('Sensor', { value: 3 }, 'same');
    expect(await first()).toBe('3');
  });

  test('an id counts within its input, and the window survives opening the store again', async () => {
    await it.put('Twin', { value: 1 }, 'same');
    await it.put('Sensor', { value: 2 }, 'same');
    await it.reopen();
    await it.put('Sensor', { value: 3 }, 'same');
    expect(await first()).toBe('2');
  });

  test('a message that was refused has not used its id', async () => {
    expect(await it.put('Sensor', 'no JSON', 'same')).toBe('InvalidRequestException');
    await it.put('Sensor', { value: 4 }, 'same');
    expect(await first()).toBe('4');
  });

  test('of two messages with one id in a batch the first counts', async () => {
    const message = { messageId: 'same', inputName: 'Sensor', timestampMs: null };
    await it.runtime.putMessages([
      { ...message, payload: Buffer.from('{"value":5}') },
      { ...message, payload: Buffer.from('{"value":6}') },
    ]);
    expect(await first()).toBe('5');
  });

  test('ids whose window is over are forgotten as messages come in', async () => {
    for (let index = 0; index < 200; index++) await it.put('Sensor', { value: 0 }, `old${index}`);
    it.nowMs += 5 * 60_000 + 1;
    for (let index = 0; index < 100; index++) await it.put('Sensor', { value: 0 }, `new${index}`);
    expect(await it.store.transact((tx) => tx.forgetMessages(it.nowMs, 1000))).toBe(0);
  });
});

describe('routing (detector-engine.md, 4)', () => {
  test('a message goes to every model that refers to its input, and to no other', async () => {
    const byA = modelRequest('byA', { key: 'id', condition: '$input.A.id == "x"' });
    const byBoth = modelRequest('byBoth', { key: 'id', condition: '$input.A.id == "x" && currentInput("B")' });
    const byB = modelRequest('byB', { key: 'id', condition: '$input.B.id == "x"' });
    await it.load(inputRequest('A', 'id'), inputRequest('B', 'id'), byA, byBoth, byB);
    expect(await it.put('A', { id: 'x' })).toBeNull();
    expect(await it.state('byA', 'x')).not.toBeNull();
    expect(await it.state('byBoth', 'x')).not.toBeNull();
    expect(await it.state('byB', 'x')).toBeNull();
  });

  test('a message of an input that no model uses is accepted', async () => {
    await it.load(inputRequest('Unused', 'id'));
    expect(await it.put('Unused', { id: 'x' })).toBeNull();
  });

  test('the key is taken from the raw payload, declared or not, numbers and Booleans as text', async () => {
    const deep = modelRequest('deep', { key: 'where.id', condition: '$input.A.id == "x"' });
    await it.load(inputRequest('A', 'id'), deep);
    for (const id of ['k', 12, true]) expect(await it.put('A', { where: { id } })).toBeNull();
    const page = { detectorModelName: 'deep', stateName: null, afterKeyValue: null, limit: 10 };
    const rows = await it.runtime.listDetectors(page);
    expect(rows).toMatchObject([{ keyValue: '12' }, { keyValue: 'k' }, { keyValue: 'true' }]);
  });

  test.each([
    [{}],
    [{ id: null }],
    [{ id: {} }],
    [{ id: [1] }],
    [{ id: '' }],
    [{ id: 'a b' }],
    [{ id: 'x'.repeat(129) }],
  ])('a message whose key is unusable is accepted, creates nothing and is logged: %j', async (payload) => {
    await it.load(sensor, latest);
    expect(await it.put('Sensor', payload, 'unusable')).toBeNull();
    expect(
      await it.runtime.listDetectors({ detectorModelName: 'latest', stateName: null, afterKeyValue: null, limit: 1 }),
    ).toEqual([]);
    expect(it.errors).toMatchObject([{ inputName: 'Sensor', messageId: 'unusable', detectorModelName: 'latest' }]);
  });

  test('a model without key has one detector', async () => {
    await it.load(sensor, modelRequest('single', { condition: always, set: { last: '$input.Sensor.value' } }));
    await it.put('Sensor', { id: 'a', value: 1 });
    await it.put('Sensor', { id: 'b', value: 2 });
    expect(await it.state('single', null)).toMatchObject({ variables: { last: '2' } });
    expect(
      await it.runtime.listDetectors({ detectorModelName: 'single', stateName: null, afterKeyValue: null, limit: 9 }),
    ).toMatchObject([{ keyValue: null }]);
  });
});

describe('steps', () => {
  test('a detector keeps its time of creation and takes the time of its last cycle', async () => {
    await it.load(sensor, latest);
    await it.put('Sensor', { id: 'a' });
    it.nowMs += 1234;
    await it.put('Sensor', { id: 'a' });
    const times = { creationTimeMs: it.nowMs - 1234, lastUpdateTimeMs: it.nowMs };
    expect(await it.runtime.describeDetector('latest', 'a')).toMatchObject(times);
  });

  test('an action that fails is logged with its place, and its detector goes on', async () => {
    await it.load(
      sensor,
      modelRequest('failing', { key: 'id', condition: always, set: { bad: '$input.Sensor.value / 0', good: '1' } }),
    );
    expect(await it.put('Sensor', { id: 'a', value: 1 }, 'm')).toBeNull();
    expect(await it.state('failing', 'a')).toMatchObject({ variables: { good: '1' } });
    expect(it.errors).toMatchObject([
      {
        detectorModelName: 'failing',
        keyValue: 'a',
        messageId: 'm',
        path: 'detectorModelDefinition.states[0].onInput.events[0].actions[0].setVariable.value',
      },
    ]);
  });

  test('a detector that cannot be evaluated is an InternalFailureException of its message, which may come again', async () => {
    await it.load(sensor, latest);
    await it.put('Sensor', { id: 'broken', value: 1 });
    const row = await it.store.transact((tx) => tx.getDetector('latest', 'broken'));
    if (row === null) throw new Error('Expected a detector');
    await it.store.transact((tx) => tx.putDetector({ ...row, snapshot: 'damaged' }));
    const payloads = [
      { id: 'broken', value: 2 },
      { id: 'whole', value: 3 },
    ];
    const messages = payloads.map((payload, index) => ({
      messageId: `again${index}`,
      inputName: 'Sensor',
      payload: Buffer.from(JSON.stringify(payload)),
      timestampMs: null,
    }));
    const outcomes = await it.runtime.putMessages(messages);
    expect(outcomes).toEqual([
      { errorCode: 'InternalFailureException', errorMessage: 'The message could not be processed' },
      null,
    ]);
    expect(it.errors).toMatchObject([{ messageId: 'again0', err: { type: 'SyntaxError' } }]);
    await it.store.transact((tx) => tx.putDetector(row));
    await it.runtime.putMessages(messages);
    expect(await it.state('latest', 'broken')).toMatchObject({ variables: { last: '2' } });
  });

  test('with a store that is closed nothing is acknowledged', async () => {
    await it.load(sensor, latest);
    await it.store.close();
    expect(await it.put('Sensor', { id: 'a' })).toBe('InternalFailureException');
  });
});
