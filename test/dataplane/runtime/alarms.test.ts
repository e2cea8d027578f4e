import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AlarmActionEntry } from '../../../src/dataplane/runtime/runtime.ts';
import { inputRequest, openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
  await it.load(inputRequest('Temp', 'id', 'value'), overheat, single);
});
afterEach(() => it.close());

const single = {
  alarmModelName: 'single',
  roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
  severity: 2,
  alarmRule: {
    simpleRule: { inputProperty: '$input.Temp.value', comparisonOperator: 'GREATER', threshold: '90' },
  },
  alarmCapabilities: { initializationConfiguration: { disabledOnInitialization: false } },
};
const overheat = {
  ...single,
  alarmModelName: 'overheat',
  key: 'id',
  alarmEventActions: { alarmActions: [{ sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:alert' } }] },
};

type ActionName = AlarmActionEntry['action']['actionName'];
let requests = 0;
const entry = (
  keyValue: string | null,
  actionName: ActionName,
  snoozeDuration: number | null = null,
  alarmModelName = 'overheat',
): AlarmActionEntry => ({
  requestId: `r${++requests}`,
  alarmModelName,
  keyValue,
  action: { actionName, note: 'by hand', snoozeDuration },
});
const act = async (...args: Parameters<typeof entry>) => {
  const [outcome] = await it.runtime.actOnAlarms([entry(...args)]);
  return outcome?.errorCode ?? null;
};
const put = (value: number, id = 'a') => it.put('Temp', { id, value });
const describeAlarm = async (keyValue: string | null = 'a', alarmModelName = 'overheat') => {
  const found = await it.runtime.describeAlarm(alarmModelName, keyValue);
  if (found === null || found === 'unknown-model') throw new Error('Expected an alarm');
  return found;
};
const stateName = async () => (await describeAlarm()).stateName;

test('a message creates the alarm of its key and evaluates it, and of a model without key the only one', async () => {
  await put(95);
  expect(await describeAlarm()).toMatchObject({
    alarmModelName: 'overheat',
    keyValue: 'a',
    alarmModelVersion: '1',
    stateName: 'ACTIVE',
    creationTimeMs: it.nowMs,
    lastUpdateTimeMs: it.nowMs,
    severity: 2,
    alarmState: {
      stateName: 'ACTIVE',
      ruleEvaluation: {
        simpleRuleEvaluation: { inputPropertyValue: '95', operator: 'GREATER', thresholdValue: '90' },
      },
    },
  });
  expect(await describeAlarm(null, 'single')).toMatchObject({ keyValue: null, stateName: 'ACTIVE' });
});

test('each change of state performs the actions, and a message that changes nothing does not', async () => {
  for (const value of [95, 96, 50]) await put(value);
  await act('a', 'ACKNOWLEDGE');
  await it.settle();
  const states = it.delivered.map(({ source, effect }) => [
    source,
    (JSON.parse(effect.payload) as { alarmState: { stateName: string } }).alarmState.stateName,
  ]);
  const source = '/alarms/overheat/keyValues/?keyValue=a';
  expect(states).toEqual([
    [source, 'ACTIVE'],
    [source, 'LATCHED'],
    [source, 'NORMAL'],
  ]);
});

test('a snooze ends at its time, across a restart, and says so', async () => {
  await put(95);
  expect(await act('a', 'SNOOZE', 120)).toBeNull();
  await put(96);
  await it.advance(60_000);
  await it.reopen();
  await it.advance(59_999);
  expect(await stateName()).toBe('SNOOZE_DISABLED');
  await it.advance(1);
  expect((await describeAlarm()).alarmState).toMatchObject({
    stateName: 'NORMAL',
    systemEvent: { eventType: 'STATE_CHANGE', stateChangeConfiguration: { triggerType: 'SNOOZE_TIMEOUT' } },
  });
});

test('a snooze that was ended by hand does not end again', async () => {
  await put(50);
  await act('a', 'SNOOZE', 60);
  await act('a', 'ENABLE');
  await put(95);
  await it.advance(600_000);
  expect(await stateName()).toBe('ACTIVE');
});

test('an unknown model or alarm and an action that the state does not allow are errors of their entries alone', async () => {
  await put(95);
  const outcomes = await it.runtime.actOnAlarms([
    entry('a', 'SNOOZE', 0),
    entry('nope', 'DISABLE'),
    entry('a', 'DISABLE', null, 'nope'),
    entry(null, 'DISABLE'),
    entry('a', 'ENABLE'),
    entry('a', 'DISABLE'),
  ]);
  expect(outcomes).toMatchObject([
    { errorCode: 'InvalidRequestException', errorMessage: 'Expected a snoozeDuration of at least 1 second, got 0' },
    { errorCode: 'ResourceNotFoundException', errorMessage: 'Alarm of key nope not found: overheat' },
    { errorCode: 'ResourceNotFoundException', errorMessage: 'Alarm model of name: nope not found' },
    { errorCode: 'ResourceNotFoundException', errorMessage: 'Alarm without a key not found: overheat' },
    { errorCode: 'InvalidRequestException' },
    null,
  ]);
  expect((await describeAlarm()).alarmState).toMatchObject({
    stateName: 'DISABLED',
    customerAction: { actionName: 'DISABLE', disableActionConfiguration: { note: 'by hand' } },
  });
});

test('alarms are listed by key, page by page', async () => {
  for (const id of ['c', 'a', 'b']) await put(50, id);
  const list = (afterKeyValue: string | null) =>
    it.runtime.listAlarms({ alarmModelName: 'overheat', afterKeyValue, limit: 2 });
  expect(await list(null)).toMatchObject([{ keyValue: 'a', stateName: 'NORMAL' }, { keyValue: 'b' }]);
  expect(await list('b')).toMatchObject([{ keyValue: 'c' }]);
  expect(await it.runtime.listAlarms({ alarmModelName: 'nope', afterKeyValue: null, limit: 2 })).toBe('unknown-model');
});

test('a new version of the model has no alarms until messages come', async () => {
  await put(95);
  await act('a', 'SNOOZE', 60);
  await it.load({ ...overheat, severity: 3 });
  expect(await it.runtime.describeAlarm('overheat', 'a')).toBeNull();
  await it.advance(120_000);
  await put(50);
  expect(await describeAlarm()).toMatchObject({ alarmModelVersion: '2', stateName: 'NORMAL', severity: 3 });
});

test('an alarm that cannot be evaluated is told to the sender and blocks no other', async () => {
  await put(50);
  const row = await it.store.transact((tx) => tx.getAlarm('overheat', 'a'));
  if (row === null) throw new Error('Expected an alarm');
  await it.store.transact((tx) => tx.putAlarm({ ...row, snapshot: 'damaged', nextTimerMs: it.nowMs }));
  expect(await it.put('Temp', { id: 'a', value: 95 }, 'm')).toBe('InternalFailureException');
  expect(await describeAlarm(null, 'single')).toMatchObject({ stateName: 'ACTIVE' });
  expect(await act('a', 'DISABLE')).toBe('InternalFailureException');
  await it.store.transact((tx) => tx.putAlarm(row));
  expect(await it.put('Temp', { id: 'a', value: 95 }, 'm')).toBeNull();
  expect(await stateName()).toBe('ACTIVE');
});
