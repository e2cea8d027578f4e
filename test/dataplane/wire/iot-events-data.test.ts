import {
  BatchAcknowledgeAlarmCommand,
  BatchDeleteDetectorCommand,
  BatchDisableAlarmCommand,
  BatchEnableAlarmCommand,
  BatchPutMessageCommand,
  BatchResetAlarmCommand,
  BatchSnoozeAlarmCommand,
  BatchUpdateDetectorCommand,
  DescribeAlarmCommand,
  DescribeDetectorCommand,
  type Detector,
  InvalidRequestException,
  IoTEventsDataClient,
  ListAlarmsCommand,
  ListDetectorsCommand,
  type Message,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot-events-data';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';
import { createRawClient } from './raw-http.ts';

let dataplane: TestDataplane;
let client: IoTEventsDataClient;
beforeEach(async () => {
  dataplane = await startTestDataplane();
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
function reading(keyValue: string, pressure: number): Message {
  const payload = Buffer.from(JSON.stringify({ motorid: keyValue, sensorData: { pressure } }));
  return { messageId: `m${messages++}`, inputName: 'PressureInput', payload };
}

async function put(...entries: Message[]): Promise<void> {
  const answer = await client.send(new BatchPutMessageCommand({ messages: entries }));
  expect(answer.BatchPutMessageErrorEntries).toEqual([]);
}

async function describeKey(keyValue?: string, detectorModelName = 'motor'): Promise<Detector | undefined> {
  const { detector } = await client.send(new DescribeDetectorCommand({ detectorModelName, keyValue }));
  return detector;
}

describe('messages', () => {
  test('move the detector of their key, and DescribeDetector tells all of it', async () => {
    const createdAt = new Date(dataplane.clock.nowMs());
    await put(reading('a:1', 80));
    dataplane.clock.advance(1_405);
    await put(reading('a:1', 60));
    expect(await describeKey('a:1')).toEqual({
      detectorModelName: 'motor',
      keyValue: 'a:1',
      detectorModelVersion: '1',
      state: {
        stateName: 'Dangerous',
        variables: [{ name: 'pressureThresholdBreached', value: '2' }],
        timers: [],
      },
      creationTime: createdAt,
      lastUpdateTime: new Date(createdAt.getTime() + 1_405),
    });
  });

  test('that are bad are error entries; the others take effect', async () => {
    const nobodys = { ...reading('a', 80), inputName: 'None.x' };
    const broken = { ...reading('a', 80), payload: Buffer.from('not json') };
    const answer = await client.send(
      new BatchPutMessageCommand({ messages: [reading('good', 80), nobodys, broken, reading('good', 60)] }),
    );
    expect(answer.BatchPutMessageErrorEntries).toMatchObject([
      {
        messageId: nobodys.messageId,
        errorCode: 'ResourceNotFoundException',
        errorMessage: 'Input of name: None.x not found',
      },
      { messageId: broken.messageId, errorCode: 'InvalidRequestException' },
    ]);
    expect((await describeKey('good'))?.state?.variables).toEqual([{ name: 'pressureThresholdBreached', value: '2' }]);
  });

  test.each([
    ['eleven', Array.from({ length: 11 }, () => reading('whole', 80)), /'messages' .* less than or equal to 10$/],
    [
      'one id twice',
      [reading('whole', 80), reading('whole', 80)].map((entry) => ({ ...entry, messageId: 'm' })),
      /'m'/,
    ],
    [
      'a bad id',
      [reading('whole', 80), { ...reading('whole', 80), messageId: 'ü' }],
      /'messages\.2\.member\.messageId'/,
    ],
  ])('%s refuse the whole batch', async (_what, entries, message) => {
    const refused = client.send(new BatchPutMessageCommand({ messages: entries }));
    await expect(refused).rejects.toBeInstanceOf(InvalidRequestException);
    await expect(refused).rejects.toThrow(message);
    await expect(describeKey('whole')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('may carry their JSON as it is, and a timestamp up to 2^63-1', async () => {
    const raw = createRawClient(dataplane.url);
    const entry = `"inputName":"PressureInput","payload":"{\\"motorid\\":\\"text\\",\\"sensorData\\":{\\"pressure\\":80}}"`;
    const send = (timeInMillis: string) =>
      raw.send(
        'POST',
        '/inputs/messages',
        `{"messages":[{"messageId":"t",${entry},"timestamp":{"timeInMillis":${timeInMillis}}}]}`,
      );
    expect(await send('9223372036854775807')).toMatchObject({ status: 200, json: { BatchPutMessageErrorEntries: [] } });
    expect((await describeKey('text'))?.state?.stateName).toBe('Dangerous');
    expect(await send('9223372036854775808')).toMatchObject({ status: 400 });
    raw.close();
  });
});

describe('detectors', () => {
  test('a model without key has one detector, without keyValue', async () => {
    const payload = Buffer.from('{"motorid":"x","sensorData":{"pressure":1}}');
    await put({ messageId: 'single', inputName: 'PressureInput', payload });
    expect(await describeKey(undefined, 'single')).not.toHaveProperty('keyValue');
    const { detectorSummaries } = await client.send(new ListDetectorsCommand({ detectorModelName: 'single' }));
    expect(detectorSummaries).toEqual([expect.not.objectContaining({ keyValue: expect.anything() as unknown })]);
    await expect(describeKey('x', 'single')).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('an update sets state, variables and timers, and what is bad is an error entry', async () => {
    await put(reading('a', 20));
    const state = {
      stateName: 'Dangerous',
      variables: [{ name: 'v', value: '1.0' }],
      timers: [{ name: 't', seconds: 120 }],
    };
    const answer = await client.send(
      new BatchUpdateDetectorCommand({
        detectors: [
          { messageId: 'ok', detectorModelName: 'motor', keyValue: 'a', state },
          { messageId: 'model', detectorModelName: 'none', keyValue: 'a', state },
          { messageId: 'key', detectorModelName: 'motor', keyValue: 'none', state },
          { messageId: 'state', detectorModelName: 'motor', keyValue: 'a', state: { ...state, stateName: 'None' } },
        ],
      }),
    );
    expect(answer.batchUpdateDetectorErrorEntries).toMatchObject([
      { messageId: 'model', errorCode: 'ResourceNotFoundException' },
      { messageId: 'key', errorCode: 'ResourceNotFoundException' },
      { messageId: 'state', errorCode: 'InvalidRequestException' },
    ]);
    expect((await describeKey('a'))?.state).toEqual({
      stateName: 'Dangerous',
      variables: [{ name: 'v', value: '1.0' }],
      timers: [{ name: 't', timestamp: new Date(Math.floor(dataplane.clock.nowMs() / 1000 + 120) * 1000) }],
    });
  });

  test('too many variables refuse the whole update', async () => {
    await put(reading('a', 20));
    const variables = Array.from({ length: 51 }, (_, index) => ({ name: `v${index}`, value: '1' }));
    const refused = client.send(
      new BatchUpdateDetectorCommand({
        detectors: [
          {
            messageId: 'm',
            detectorModelName: 'motor',
            keyValue: 'a',
            state: { stateName: 'Dangerous', variables, timers: [] },
          },
        ],
      }),
    );
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Number of variables in the detector exceeds the limit 50',
    });
    expect((await describeKey('a'))?.state?.stateName).toBe('Normal');
  });

  test('a deleted detector is gone from Describe and List', async () => {
    await put(reading('a', 20), reading('b', 20));
    const answer = await client.send(
      new BatchDeleteDetectorCommand({
        detectors: [
          { messageId: '1', detectorModelName: 'motor', keyValue: 'a' },
          { messageId: '2', detectorModelName: 'motor', keyValue: 'none' },
        ],
      }),
    );
    expect(answer.batchDeleteDetectorErrorEntries).toMatchObject([
      { messageId: '2', errorCode: 'ResourceNotFoundException' },
    ]);
    await expect(describeKey('a')).rejects.toBeInstanceOf(ResourceNotFoundException);
    const { detectorSummaries } = await client.send(new ListDetectorsCommand({ detectorModelName: 'motor' }));
    expect(detectorSummaries?.map(({ keyValue }) => keyValue)).toEqual(['b']);
  });

  test('pages lead to every detector once, in the order of their keys, and the last one has no nextToken', async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `k:${String(index).padStart(2, '0')}`);
    for (let at = 0; at < keys.length; at += 10) {
      await put(...keys.slice(at, at + 10).map((key, index) => reading(key, index % 2 === 0 ? 80 : 20)));
    }
    for (const [maxResults, pages] of [
      [1, 25],
      [7, 4],
      [25, 1],
      [undefined, 1],
    ] as const) {
      const found: (string | undefined)[] = [];
      let nextToken: string | undefined;
      let count = 0;
      do {
        const page = await client.send(new ListDetectorsCommand({ detectorModelName: 'motor', maxResults, nextToken }));
        found.push(...(page.detectorSummaries ?? []).map(({ keyValue }) => keyValue));
        nextToken = page.nextToken;
        count++;
      } while (nextToken !== undefined);
      expect(found).toEqual(keys);
      expect(count).toBe(pages);
    }
    const filter = { detectorModelName: 'motor', stateName: 'Dangerous', maxResults: 250 };
    const { detectorSummaries } = await client.send(new ListDetectorsCommand(filter));
    expect(detectorSummaries).toHaveLength(13);
  });

  test('of an unknown model are not found', async () => {
    await expect(describeKey('a', 'none')).rejects.toThrow('Detector model of name: none not found');
    const list = client.send(new ListDetectorsCommand({ detectorModelName: 'none' }));
    await expect(list).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('alarms', () => {
  const action = { requestId: 'r', alarmModelName: 'none', keyValue: 'k', note: 'n' };

  test.each([
    new BatchAcknowledgeAlarmCommand({ acknowledgeActionRequests: [action] }),
    new BatchDisableAlarmCommand({ disableActionRequests: [action] }),
    new BatchEnableAlarmCommand({ enableActionRequests: [action] }),
    new BatchResetAlarmCommand({ resetActionRequests: [action] }),
    new BatchSnoozeAlarmCommand({ snoozeActionRequests: [{ ...action, snoozeDuration: 60 }] }),
  ])('an action on an unknown alarm model is 202 with an error entry: $constructor.name', async (command) => {
    const answer = await client.send(command as BatchResetAlarmCommand);
    expect(answer.$metadata.httpStatusCode).toBe(202);
    expect(answer.errorEntries).toEqual([
      { requestId: 'r', errorCode: 'ResourceNotFoundException', errorMessage: 'Alarm model of name: none not found' },
    ]);
  });

  test('an action that breaks the model is refused', async () => {
    const note = 'n'.repeat(257);
    const refused = client.send(new BatchResetAlarmCommand({ resetActionRequests: [{ ...action, note }] }));
    await expect(refused).rejects.toThrow(/'resetActionRequests\.1\.member\.note' .* less than or equal to 256$/);
  });

  test('of an unknown model are not found', async () => {
    const alarmModelName = 'none';
    const one = client.send(new DescribeAlarmCommand({ alarmModelName, keyValue: 'k' }));
    await expect(one).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(client.send(new ListAlarmsCommand({ alarmModelName }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });
});
