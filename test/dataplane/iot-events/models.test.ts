import {
  CreateAlarmModelCommand,
  type CreateAlarmModelCommandInput,
  CreateDetectorModelCommand,
  type CreateDetectorModelCommandInput,
  CreateInputCommand,
  DeleteAlarmModelCommand,
  DeleteDetectorModelCommand,
  DescribeAlarmModelCommand,
  DescribeDetectorModelCommand,
  ListAlarmModelsCommand,
  ListAlarmModelVersionsCommand,
  ListDetectorModelsCommand,
  ListDetectorModelVersionsCommand,
  UpdateAlarmModelCommand,
  UpdateDetectorModelCommand,
} from '@aws-sdk/client-iot-events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Quotas } from '../../../src/dataplane/runtime/quotas.ts';
import { awsQuotas } from '../test-settings.ts';
import { createRawClient } from '../wire/raw-http.ts';
import { withoutMetadata } from '../without-metadata.ts';
import { definitionOf, inputOf, type IotEventsPlane, roleArn, startIotEvents } from './start-client.ts';

let it: IotEventsPlane;
async function start(quotas: Quotas = awsQuotas) {
  it = await startIotEvents({ quotas });
  await it.client.send(new CreateInputCommand(inputOf('Sensor')));
}
beforeEach(() => start());
afterEach(() => it.close());

const detectorModelDefinition = definitionOf('Sensor');
const create = (members: Partial<CreateDetectorModelCommandInput> = {}) =>
  it.client.send(
    new CreateDetectorModelCommand({ detectorModelName: 'm', roleArn, detectorModelDefinition, key: 'id', ...members }),
  );
const update = (value: string) =>
  it.client.send(
    new UpdateDetectorModelCommand({
      detectorModelName: 'm',
      roleArn,
      detectorModelDefinition: definitionOf('Sensor', value),
    }),
  );
const describeVersion = async (detectorModelVersion?: string) =>
  (await it.client.send(new DescribeDetectorModelCommand({ detectorModelName: 'm', detectorModelVersion })))
    .detectorModel;

let messages = 0;
async function put(id: string): Promise<void> {
  const payload = Buffer.from(JSON.stringify({ id, value: 1 }));
  const message = { messageId: `m${++messages}`, inputName: 'Sensor', payload, timestampMs: null };
  expect(await it.dataplane.runtime.putMessages([message])).toEqual([null]);
}
async function detector(id: string) {
  const found = await it.dataplane.runtime.describeDetector('m', id);
  if (found === null || found === 'unknown-model') return found;
  return `${found.detectorModelVersion}: ${found.variables.map(({ value }) => value).join()}`;
}

describe('a detector model', () => {
  test('is described as it was created, and takes effect at once', async () => {
    const createdAt = new Date(it.dataplane.clock.nowMs());
    const created = await create({ evaluationMethod: 'SERIAL', detectorModelDescription: 'd' });
    const configuration = {
      detectorModelName: 'm',
      detectorModelVersion: '1',
      detectorModelDescription: 'd',
      detectorModelArn: 'arn:aws:iotevents:us-east-1:123456789012:detectorModel/m',
      roleArn,
      creationTime: createdAt,
      lastUpdateTime: createdAt,
      status: 'ACTIVE',
      key: 'id',
      evaluationMethod: 'SERIAL',
    };
    expect(created.detectorModelConfiguration).toEqual(configuration);
    const described = { detectorModelConfiguration: configuration, detectorModelDefinition };
    expect(await describeVersion()).toEqual(described);
    await put('a');
    expect(await detector('a')).toBe('1: 1');
  });

  test('becomes the next version, whose detectors are made by new messages; older versions stay described', async () => {
    await create({ evaluationMethod: 'SERIAL', detectorModelDescription: 'd', tags: [{ key: 'a', value: 'b' }] });
    await put('a');
    it.dataplane.clock.advance(1000);
    const updated = await update('2');
    expect(updated.detectorModelConfiguration).toMatchObject({
      detectorModelVersion: '2',
      key: 'id',
      evaluationMethod: 'BATCH',
      status: 'ACTIVE',
    });
    expect(updated.detectorModelConfiguration).not.toHaveProperty('detectorModelDescription');
    expect(await detector('a')).toBeNull();
    await put('a');
    expect(await detector('a')).toBe('2: 2');
    expect(await describeVersion('1')).toMatchObject({
      detectorModelConfiguration: { detectorModelVersion: '1', status: 'INACTIVE', evaluationMethod: 'SERIAL' },
      detectorModelDefinition,
    });
    const versions = await it.client.send(new ListDetectorModelVersionsCommand({ detectorModelName: 'm' }));
    expect(
      versions.detectorModelVersionSummaries?.map(({ detectorModelVersion: version, status }) => [version, status]),
    ).toEqual([
      ['1', 'INACTIVE'],
      ['2', 'ACTIVE'],
    ]);
    for (const version of ['3', '0', 'x', '01', '1e0']) {
      await expect(describeVersion(version)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    }
  });

  test('is deleted with its detectors, and its name begins at version 1 again', async () => {
    await create();
    await update('2');
    await put('a');
    const deleted = await it.client.send(new DeleteDetectorModelCommand({ detectorModelName: 'm' }));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    expect(await detector('a')).toBe('unknown-model');
    await expect(describeVersion()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Detector model of name: m not found',
    });
    const created = await create();
    expect(created.detectorModelConfiguration?.detectorModelVersion).toBe('1');
    expect(await detector('a')).toBeNull();
  });

  test('that cannot run is refused with every reason, and changes nothing', async () => {
    await create();
    await put('a');
    const broken = definitionOf('Nope', 'not quoted');
    const request = { detectorModelName: 'm', roleArn, detectorModelDefinition: broken };
    await expect(it.client.send(new UpdateDetectorModelCommand(request))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(
        /^2 validation errors detected: .*SetVariableAction\.value must be an expression\. Failed to parse value 'not quoted'.*Input 'Nope' that does not exist\. \(detectorModelDefinition\.states\[0\]\.onInput\.events\[0\]\.condition\)/,
      ) as string,
    });
    await expect(create({ detectorModelName: 'n', roleArn: undefined })).rejects.toMatchObject({
      message:
        "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    });
    await expect(create()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    expect(await detector('a')).toBe('1: 1');
    const { detectorModelSummaries } = await it.client.send(new ListDetectorModelsCommand({}));
    expect(detectorModelSummaries?.map(({ detectorModelName }) => detectorModelName)).toEqual(['m']);
  });

  test('keeps within the quotas', async () => {
    await it.close();
    await start({ ...awsQuotas, maxDetectorModels: 2, maxDetectorModelsPerInput: 1, maxVersionsPerModel: 2 });
    await it.client.send(new CreateInputCommand(inputOf('Other')));
    await create();
    await expect(create({ detectorModelName: 'n' })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Expected at most 1 detector models on input Sensor, got 2',
      $metadata: { httpStatusCode: 410 },
    });
    const others = { detectorModelDefinition: definitionOf('Other') };
    await create({ detectorModelName: 'n', ...others });
    await expect(create({ detectorModelName: 'o', ...others })).rejects.toMatchObject({
      message: 'Expected at most 2 detector models, got 3',
    });
    await update('2');
    await expect(update('3')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Expected at most 2 versions of a model, got 3',
    });
  });

  test('of a definition that is too large is refused', async () => {
    await it.close();
    await start({ ...awsQuotas, maxDefinitionBytes: 100 });
    await expect(create()).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: expect.stringMatching(/^Expected a definition of at most 100 bytes, got \d+$/) as string,
    });
  });

  test('counts explicit nulls as absent', async () => {
    const raw = createRawClient(it.dataplane.url);
    const [state] = detectorModelDefinition.states;
    const states = [{ ...state, onEnter: null, onExit: { events: [] } }];
    const request = { detectorModelName: 'm', roleArn, key: null, tags: null, evaluationMethod: null };
    const body = { ...request, detectorModelDefinition: { ...detectorModelDefinition, states } };
    expect(await raw.send('POST', '/detector-models', JSON.stringify(body))).toMatchObject({ status: 200 });
    expect((await describeVersion())?.detectorModelDefinition).toEqual({
      initialStateName: 'Only',
      states: [{ ...state, onExit: { events: [] } }],
    });
    raw.close();
  });
});

describe('an alarm model', () => {
  const simpleRule = {
    inputProperty: '$input.Sensor.value',
    comparisonOperator: 'GREATER_OR_EQUAL',
    threshold: '1',
  } as const;
  const request: CreateAlarmModelCommandInput = {
    alarmModelName: 'a',
    alarmModelDescription: 'd',
    roleArn,
    key: 'id',
    severity: 3,
    alarmRule: { simpleRule },
    alarmNotification: {
      notificationActions: [
        {
          action: { lambdaAction: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' } },
          smsConfigurations: [{ recipients: [{ ssoIdentity: { identityStoreId: 'store', userId: 'user' } }] }],
        },
      ],
    },
    alarmEventActions: { alarmActions: [{ sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:t' } }] },
    alarmCapabilities: {
      initializationConfiguration: { disabledOnInitialization: false },
      acknowledgeFlow: { enabled: true },
    },
  };
  const describeAlarmModel = async (alarmModelVersion?: string) =>
    withoutMetadata(await it.client.send(new DescribeAlarmModelCommand({ alarmModelName: 'a', alarmModelVersion })));

  test('is described as it was created, flat, and takes effect at once', async () => {
    const created = withoutMetadata(await it.client.send(new CreateAlarmModelCommand(request)));
    const createdAt = new Date(it.dataplane.clock.nowMs());
    const identity = {
      alarmModelArn: 'arn:aws:iotevents:us-east-1:123456789012:alarmModel/a',
      alarmModelVersion: '1',
      creationTime: createdAt,
      lastUpdateTime: createdAt,
      status: 'ACTIVE',
    };
    expect(created).toEqual(identity);
    expect(await describeAlarmModel()).toEqual({ ...request, ...identity });
    await put('x');
    expect(await it.dataplane.runtime.describeAlarm('a', 'x')).toMatchObject({ stateName: 'ACTIVE' });
  });

  test('becomes the next version, whose alarms are made by new messages, and is deleted with them', async () => {
    await it.client.send(new CreateAlarmModelCommand(request));
    await put('x');
    const { alarmModelName, alarmRule } = request;
    const changed = new UpdateAlarmModelCommand({ alarmModelName, roleArn, alarmRule, severity: 7 });
    const updated = await it.client.send(changed);
    expect(updated.alarmModelVersion).toBe('2');
    expect(await it.dataplane.runtime.describeAlarm('a', 'x')).toBeNull();
    const described = await describeAlarmModel();
    expect(described).toMatchObject({ severity: 7, key: 'id' });
    expect(described).not.toHaveProperty('alarmModelDescription');
    expect(await describeAlarmModel('1')).toMatchObject({ severity: 3, status: 'INACTIVE' });
    const versions = await it.client.send(new ListAlarmModelVersionsCommand({ alarmModelName: 'a' }));
    expect(versions.alarmModelVersionSummaries?.map(({ alarmModelVersion }) => alarmModelVersion)).toEqual(['1', '2']);
    const { alarmModelSummaries } = await it.client.send(new ListAlarmModelsCommand({}));
    expect(alarmModelSummaries).toEqual([{ alarmModelName: 'a', creationTime: new Date(it.dataplane.clock.nowMs()) }]);
    const deleted = await it.client.send(new DeleteAlarmModelCommand({ alarmModelName: 'a' }));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    expect(await it.dataplane.runtime.describeAlarm('a', 'x')).toBe('unknown-model');
    await expect(describeAlarmModel()).rejects.toMatchObject({ message: 'Alarm model of name: a not found' });
  });

  test('that cannot run is refused', async () => {
    const rule = { simpleRule: { ...simpleRule, inputProperty: '$input.Nope.value' } };
    await expect(it.client.send(new CreateAlarmModelCommand({ ...request, alarmRule: rule }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining("reference to Input 'Nope' that does not exist") as string,
    });
  });
});
