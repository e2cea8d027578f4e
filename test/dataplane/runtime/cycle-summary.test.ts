import { afterEach, beforeEach, expect, test } from 'vitest';
import { putLoggingOptions } from '../../../src/dataplane/iot-events/logging.ts';
import { inputRequest, openRuntime, stateRequest, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
  await it.load(inputRequest('Sensor', 'id', 'celsius'), stateRequest('oven', 'id', events, [hot]));
});
afterEach(() => it.close());

const set = (variableName: string, value: string) => ({ setVariable: { variableName, value } });
const events = [
  { eventName: 'read', actions: [set('celsius', '$input.Sensor.celsius'), set('count', '7')] },
  { eventName: 'compare', condition: '$input.Sensor.limit > 1', actions: [] },
];
const hot = {
  stateName: 'Hot',
  onEnter: {
    events: [{ eventName: 'wait', actions: [{ setTimer: { timerName: 'cool', durationExpression: '60' } }] }],
  },
  onInput: {
    events: [],
    transitionEvents: [{ eventName: 'cooled', condition: 'timeout("cool")', actions: [], nextState: 'Only' }],
  },
};

type LoggingOptions = Partial<Parameters<typeof putLoggingOptions>[1]['loggingOptions']>;

const putOptions = ({ level = 'DEBUG', enabled = true, detectorDebugOptions = null }: LoggingOptions, isKept = true) =>
  it.runtime.control.publish(async (context) => {
    await putLoggingOptions(context, {
      loggingOptions: { roleArn: 'arn:aws:iam::123456789012:role/r', level, enabled, detectorDebugOptions },
    });
    if (!isKept) throw new Error('on purpose');
  });
const ovens = (...keyValues: readonly (string | null)[]) => ({
  detectorDebugOptions: keyValues.map((keyValue) => ({ detectorModelName: 'oven', keyValue })),
});
const all = ovens(null);
const put = (id: string, messageId?: string) =>
  it.put('Sensor', `{"id": "${id}", "celsius": 20.5, "undeclared": 1}`, messageId);
const keys = () => it.infos.splice(0).map(({ keyValue }) => keyValue);

test('the summary of a message that creates a detector has its members and no other', async () => {
  await putOptions(all);
  await put('a', 'first');
  const entry = { state: 'Only', lifeCycle: 'OnInput', hasTransition: false };
  expect(it.infos).toEqual([
    {
      level: 30,
      timestamp: '2023-11-14T22:13:20.000Z',
      logMessage: 'Summary of message evaluation',
      context: 'MessageEvaluation',
      status: 'Success',
      messageId: 'first',
      keyValue: 'a',
      detectorModelName: 'oven',
      initialState: 'Only',
      initialVariables: {},
      finalState: 'Only',
      finalVariables: { celsius: 20.5, count: 7 },
      message: '{"id": "a", "celsius": 20.5, "undeclared": 1}',
      messageType: 'CUSTOMER_MESSAGE',
      conditionEvaluationResults: [
        { ...entry, result: 'True', eventName: 'read' },
        { ...entry, result: 'False', eventName: 'compare', resultDetails: expect.any(String) as string },
      ],
    },
  ]);
});

test('the summary of a timer has no message, and tells which transition was taken', async () => {
  await putOptions(all);
  await put('a');
  const timers = [{ name: 'cool', seconds: 60 }];
  const detector = { detectorModelName: 'oven', keyValue: 'a' };
  await it.runtime.updateDetectors([{ ...detector, stateName: 'Hot', variables: [], timers }]);
  it.infos.length = 0;
  await it.advance(60_000);
  expect(it.infos).toEqual([
    {
      level: 30,
      timestamp: '2023-11-14T22:14:20.000Z',
      logMessage: 'Summary of message evaluation',
      context: 'MessageEvaluation',
      status: 'Success',
      keyValue: 'a',
      detectorModelName: 'oven',
      initialState: 'Hot',
      initialVariables: {},
      finalState: 'Only',
      finalVariables: {},
      messageType: 'TIMER_MESSAGE',
      conditionEvaluationResults: [
        { result: 'True', eventName: 'cooled', state: 'Hot', lifeCycle: 'OnInput', hasTransition: true },
      ],
    },
  ]);
});

test('a cycle that is not kept has no summary', async () => {
  await putOptions(all);
  await it.store.transact((tx) => tx.putDetector({ ...corrupt, nextTimerMs: null }));
  expect(await put('a')).toBe('InternalFailureException');
  expect(it.infos).toEqual([]);
  expect(it.errors).toMatchObject([{ msg: 'detector not evaluated' }]);
});

const corrupt = {
  detectorModelName: 'oven',
  keyValue: 'a',
  detectorModelVersion: '1',
  stateName: 'Gone',
  creationTimeMs: 0,
  lastUpdateTimeMs: 0,
  snapshot: '{"stateName":"Gone"}',
};

test.each<[string, LoggingOptions, readonly string[]]>([
  ['of all detectors of a model', all, ['a', 'b']],
  ['of one key', ovens('b'), ['b']],
  ['of two keys', ovens('b', 'a'), ['a', 'b']],
  ['of all, whatever keys are named besides', ovens('x', null, 'y'), ['a', 'b']],
  ['of another model', { detectorDebugOptions: [{ detectorModelName: 'stove', keyValue: null }] }, []],
  ['of nothing', {}, []],
  ['with level INFO', { ...all, level: 'INFO' }, []],
  ['with enabled false', { ...all, enabled: false }, []],
])(
  'logging options %s ask for the summaries of just those, until they are replaced',
  async (_of, options, expected) => {
    await put('before');
    await putOptions(options);
    for (const id of ['a', 'b']) await put(id);
    expect(keys()).toEqual(expected);
    await putOptions(ovens('c'));
    for (const id of ['a', 'b', 'c']) await put(id);
    expect(keys()).toEqual(['c']);
  },
);

test('logging options outlive the program, and those that were not put change nothing', async () => {
  await putOptions(all);
  await expect(putOptions({ enabled: false }, false)).rejects.toThrow('on purpose');
  await put('a');
  await it.reopen();
  await put('b');
  expect(keys()).toEqual(['a', 'b']);
});
