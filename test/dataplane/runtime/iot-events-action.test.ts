import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inputRequest, modelRequest, openRuntime, stateRequest, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
});
afterEach(() => it.close());

const forward = (inputName: string, contentExpression: string) => ({
  iotEvents: { inputName, payload: { contentExpression, type: 'JSON' } },
});
const whenever = (inputName: string, ...actions: readonly object[]) => ({
  eventName: 'whenever',
  condition: `currentInput("${inputName}")`,
  actions,
});
const count = { setVariable: { variableName: 'count', value: '$variable.count + 1' } };
const startCount = {
  eventName: 'start',
  condition: 'isUndefined($variable.count)',
  actions: [{ setVariable: { variableName: 'count', value: '0' } }],
};
const SERIAL = { evaluationMethod: 'SERIAL' };

describe('iotEvents actions (detector-engine.md, 11.7)', () => {
  test('what one model sends to an input reaches the models that use it, numbers keeping their kind', async () => {
    const first = stateRequest('first', 'id', [
      whenever('In', forward('Middle', `'{"id": "\${$input.In.id}", "value": \${$input.In.value}}'`)),
    ]);
    const second = modelRequest('second', {
      key: 'id',
      condition: 'currentInput("Middle")',
      set: { got: '$input.Middle.value' },
    });
    await it.load(inputRequest('In', 'id', 'value'), inputRequest('Middle', 'id', 'value'), first, second);
    await it.put('In', '{"id": "a", "value": 20.0}');
    await it.settle();
    expect(await it.state('second', 'a')).toMatchObject({ variables: { got: '20.0' } });
    expect(await it.store.transact((tx) => tx.listEffectSources())).toEqual([]);
    expect(it.delivered).toEqual([]);
  });

  test('the same payload sent twice counts twice', async () => {
    const send = forward('Middle', `'{"id": "a"}'`);
    const first = { ...stateRequest('first', 'id', [whenever('In', send, send)]) };
    const second = { ...stateRequest('second', 'id', [startCount, whenever('Middle', count)]), ...SERIAL };
    await it.load(inputRequest('In', 'id'), inputRequest('Middle', 'id'), first, second);
    await it.put('In', { id: 'a' }, 'm1');
    await it.put('In', { id: 'a' }, 'm2');
    await it.settle();
    expect(await it.state('second', 'a')).toMatchObject({ variables: { count: '4' } });
  });

  test('a model that feeds itself is cut after 100 actions, and the last is a dead letter', async () => {
    const loop = {
      ...stateRequest('loop', 'id', [startCount, whenever('In', count, forward('In', `'{"id": "a"}'`))]),
      ...SERIAL,
    };
    await it.load(inputRequest('In', 'id'), loop);
    await it.put('In', { id: 'a' });
    for (let round = 0; round < 40; round++) await it.settle();
    expect(await it.state('loop', 'a')).toMatchObject({ variables: { count: '101' } });
    expect(await it.runtime.listDeadLetters(0, 9)).toMatchObject([
      { reason: 'Expected at most 100 iotEvents actions one after the other, got more', attempts: 1 },
    ]);
  });

  test.each([
    ['an input that does not exist', forward("'N' + 'ope'", `'{}'`), 'Input of name: Nope not found'],
    [
      'a payload that is no object',
      { iotEvents: { inputName: 'In', payload: { contentExpression: `'text'`, type: 'STRING' } } },
      'Expected the payload to be a JSON object, got something that is not JSON in UTF-8',
    ],
  ])('%s makes a dead letter at once', async (_, action, reason) => {
    await it.load(inputRequest('In', 'id'), stateRequest('first', 'id', [whenever('In', action)]));
    await it.put('In', { id: 'a' });
    await it.settle();
    expect(await it.runtime.listDeadLetters(0, 9)).toMatchObject([{ reason, attempts: 1 }]);
  });
});

describe('a message that reaches several models', () => {
  const latest = (name: string) => ({ ...stateRequest(name, 'id', [startCount, whenever('In', count)]), ...SERIAL });
  const counts = async () => [(await it.state('one', 'a'))?.variables, (await it.state('two', 'a'))?.variables];

  test('a model that cannot be evaluated takes no other with it; sent again, the message goes to that model alone', async () => {
    await it.load(inputRequest('In', 'id'), latest('one'), latest('two'));
    expect(await it.put('In', { id: 'a' }, 'm1')).toBeNull();
    const row = await it.store.transact((tx) => tx.getDetector('one', 'a'));
    if (row === null) throw new Error('Expected a detector');
    await it.store.transact((tx) => tx.putDetector({ ...row, snapshot: 'damaged' }));
    expect(await it.put('In', { id: 'a' }, 'm2')).toBe('InternalFailureException');
    expect(await it.put('In', { id: 'a' }, 'm2')).toBe('InternalFailureException');
    expect(await it.put('In', { id: 'b' }, 'm3')).toBeNull();
    await it.store.transact((tx) => tx.putDetector(row));
    expect(await counts()).toEqual([{ count: '1' }, { count: '2' }]);
    expect(await it.put('In', { id: 'a' }, 'm2')).toBeNull();
    expect(await it.put('In', { id: 'a' }, 'm2')).toBeNull();
    expect(await counts()).toEqual([{ count: '2' }, { count: '2' }]);
    expect(it.errors).toMatchObject([
      { inputName: 'In', messageId: 'm2', detectorModelName: 'one', keyValue: 'a', err: { type: 'SyntaxError' } },
      { messageId: 'm2', detectorModelName: 'one' },
    ]);
  });
});
