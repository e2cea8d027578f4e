import {
  BatchAcknowledgeAlarmCommand,
  BatchDisableAlarmCommand,
  BatchEnableAlarmCommand,
  BatchPutMessageCommand,
  BatchResetAlarmCommand,
  BatchSnoozeAlarmCommand,
  DescribeAlarmCommand,
  InvalidRequestException,
  IoTEventsDataClient,
  ListAlarmsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot-events-data';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';
import { createRawClient } from './raw-http.ts';

const single = {
  alarmModelName: 'single',
  roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
  alarmRule: {
    simpleRule: { inputProperty: '$input.Temp.value', comparisonOperator: 'GREATER_OR_EQUAL', threshold: '90' },
  },
  alarmCapabilities: { initializationConfiguration: { disabledOnInitialization: false } },
};
const resources = [
  { inputName: 'Temp', inputDefinition: { attributes: [{ jsonPath: 'id' }, { jsonPath: 'value' }] } },
  single,
  { ...single, alarmModelName: 'overheat', key: 'id', severity: 2 },
];

let dataplane: TestDataplane;
let client: IoTEventsDataClient;
beforeEach(async () => {
  dataplane = await startTestDataplane({ resources });
  client = new IoTEventsDataClient({
    endpoint: dataplane.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await dataplane.close();
});

let messages = 0;
async function put(value: number, ...ids: string[]): Promise<void> {
  const entries = ids.map((id) => {
    const payload = Buffer.from(JSON.stringify({ id, value }));
    return { messageId: `m${messages++}`, inputName: 'Temp', payload };
  });
  const answer = await client.send(new BatchPutMessageCommand({ messages: entries }));
  expect(answer.BatchPutMessageErrorEntries).toEqual([]);
}

async function describeAlarm(keyValue?: string, alarmModelName = 'overheat') {
  const { alarm } = await client.send(new DescribeAlarmCommand({ alarmModelName, keyValue }));
  return alarm;
}

const request = { requestId: 'r1', alarmModelName: 'overheat', keyValue: 'a', note: 'by hand' };

test('DescribeAlarm tells all of an alarm', async () => {
  const createdAt = new Date(dataplane.clock.nowMs());
  await put(80, 'a');
  dataplane.clock.advance(1_405);
  await put(95.5, 'a');
  expect(await describeAlarm('a')).toEqual({
    alarmModelName: 'overheat',
    alarmModelVersion: '1',
    keyValue: 'a',
    severity: 2,
    creationTime: createdAt,
    lastUpdateTime: new Date(dataplane.clock.nowMs()),
    alarmState: {
      stateName: 'ACTIVE',
      ruleEvaluation: {
        simpleRuleEvaluation: { inputPropertyValue: '95.5', operator: 'GREATER_OR_EQUAL', thresholdValue: '90' },
      },
    },
  });
});

test('the alarm of a model without key and severity has neither', async () => {
  await put(95, 'a');
  const alarm = await describeAlarm(undefined, 'single');
  expect(alarm).toMatchObject({ alarmModelName: 'single', alarmState: { stateName: 'ACTIVE' } });
  expect(alarm).not.toHaveProperty('keyValue');
  expect(alarm).not.toHaveProperty('severity');
});

test('each of the five actions is 202 and moves the alarm, which tells who did it', async () => {
  await put(95, 'a');
  const steps = [
    [new BatchAcknowledgeAlarmCommand({ acknowledgeActionRequests: [request] }), 'ACKNOWLEDGED', 'ACKNOWLEDGE'],
    [new BatchResetAlarmCommand({ resetActionRequests: [request] }), 'NORMAL', 'RESET'],
    [new BatchDisableAlarmCommand({ disableActionRequests: [request] }), 'DISABLED', 'DISABLE'],
    [new BatchEnableAlarmCommand({ enableActionRequests: [request] }), 'NORMAL', 'ENABLE'],
    [
      new BatchSnoozeAlarmCommand({ snoozeActionRequests: [{ ...request, snoozeDuration: 60 }] }),
      'SNOOZE_DISABLED',
      'SNOOZE',
    ],
  ] as const;
  for (const [command, stateName, actionName] of steps) {
    const { $metadata, errorEntries } = await client.send(command as BatchResetAlarmCommand);
    expect([$metadata.httpStatusCode, errorEntries]).toEqual([202, []]);
    const configuration = { note: 'by hand', ...(actionName === 'SNOOZE' && { snoozeDuration: 60 }) };
    expect((await describeAlarm('a'))?.alarmState).toMatchObject({
      stateName,
      customerAction: { actionName, [`${actionName.toLowerCase()}ActionConfiguration`]: configuration },
    });
  }
});

test('entries that cannot be done are error entries of their own', async () => {
  await put(80, 'a');
  const { errorEntries } = await client.send(
    new BatchAcknowledgeAlarmCommand({
      acknowledgeActionRequests: [request, { ...request, requestId: 'r2', keyValue: 'nope' }],
    }),
  );
  expect(errorEntries).toEqual([
    {
      requestId: 'r1',
      errorCode: 'InvalidRequestException',
      errorMessage: 'Expected an alarm in one of the states ACTIVE, LATCHED for ACKNOWLEDGE, got NORMAL',
    },
    { requestId: 'r2', errorCode: 'ResourceNotFoundException', errorMessage: 'Alarm of key nope not found: overheat' },
  ]);
});

test('ListAlarms pages through the summaries by key', async () => {
  await put(95, 'c', 'a', 'b');
  const page = { alarmModelName: 'overheat', maxResults: 2 };
  const first = await client.send(new ListAlarmsCommand(page));
  expect(first.alarmSummaries).toMatchObject([
    { alarmModelName: 'overheat', alarmModelVersion: '1', keyValue: 'a', stateName: 'ACTIVE' },
    { keyValue: 'b' },
  ]);
  expect(first.alarmSummaries?.[0]?.creationTime).toEqual(new Date(dataplane.clock.nowMs()));
  const second = await client.send(new ListAlarmsCommand({ ...page, nextToken: first.nextToken }));
  expect(second.alarmSummaries).toMatchObject([{ keyValue: 'c' }]);
  expect(second.nextToken).toBeUndefined();
  const wrong = client.send(new ListAlarmsCommand({ ...page, nextToken: 'nonsense!' }));
  await expect(wrong).rejects.toBeInstanceOf(InvalidRequestException);
});

test('an alarm that does not exist is a ResourceNotFoundException', async () => {
  const refused = describeAlarm('nope');
  await expect(refused).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(refused).rejects.toThrow('Alarm of key nope not found: overheat');
});

test('times on the wire are epoch seconds', async () => {
  await put(95, 'a');
  const raw = createRawClient(dataplane.url);
  const { json } = await raw.send('GET', '/alarms/overheat/keyValues/?keyValue=a');
  const nowS = dataplane.clock.nowMs() / 1000;
  expect(json).toMatchObject({ alarm: { creationTime: nowS, lastUpdateTime: nowS } });
  raw.close();
});
