import {
  CreateAlarmModelCommand,
  CreateDetectorModelCommand,
  CreateInputCommand,
  DeleteInputCommand,
  DescribeInputCommand,
  ListInputRoutingsCommand,
  ListInputsCommand,
  ListTagsForResourceCommand,
  ResourceAlreadyExistsException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateInputCommand,
} from '@aws-sdk/client-iot-events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awsQuotas } from '../test-settings.ts';
import { createRawClient } from '../wire/raw-http.ts';
import { definitionOf, inputOf, type IotEventsPlane, roleArn, startIotEvents } from './start-client.ts';

let it: IotEventsPlane;
beforeEach(async () => {
  it = await startIotEvents();
});
afterEach(() => it.close());

const create = (inputName: string, members: object = {}) =>
  it.client.send(new CreateInputCommand({ ...inputOf(inputName), ...members }));
const useInModels = async (inputName: string) => {
  const model = { detectorModelName: 'model', roleArn, detectorModelDefinition: definitionOf(inputName) };
  await it.client.send(new CreateDetectorModelCommand(model));
  const simpleRule = {
    inputProperty: `$input.${inputName}.value`,
    comparisonOperator: 'GREATER',
    threshold: '1',
  } as const;
  await it.client.send(new CreateAlarmModelCommand({ alarmModelName: 'alarm', roleArn, alarmRule: { simpleRule } }));
};

describe('an input', () => {
  test('is created with 201, described as it was created, and updated whole', async () => {
    const createdAt = new Date(it.dataplane.clock.nowMs());
    const created = await create('Sensor', { inputDescription: 'first' });
    expect(created.$metadata.httpStatusCode).toBe(201);
    const configuration = {
      inputName: 'Sensor',
      inputDescription: 'first',
      inputArn: 'arn:aws:iotevents:us-east-1:123456789012:input/Sensor',
      creationTime: createdAt,
      lastUpdateTime: createdAt,
      status: 'ACTIVE',
    };
    expect(created.inputConfiguration).toEqual(configuration);
    const described = await it.client.send(new DescribeInputCommand({ inputName: 'Sensor' }));
    expect(described.input).toEqual({
      inputConfiguration: configuration,
      inputDefinition: inputOf('Sensor').inputDefinition,
    });
    it.dataplane.clock.advance(1500);
    const inputDefinition = { attributes: [{ jsonPath: 'other.`a b`' }] };
    await it.client.send(new UpdateInputCommand({ inputName: 'Sensor', inputDefinition }));
    const updated = await it.client.send(new DescribeInputCommand({ inputName: 'Sensor' }));
    expect(updated.input).toEqual({
      inputConfiguration: {
        ...configuration,
        inputDescription: undefined,
        lastUpdateTime: new Date(createdAt.getTime() + 1500),
      },
      inputDefinition,
    });
  });

  test('of a name that is taken is refused with its ARN, and 20 at once make one', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => create('Sensor')));
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(reasons).toHaveLength(19);
    expect(reasons[0]).toBeInstanceOf(ResourceAlreadyExistsException);
    expect(reasons[0]).toMatchObject({
      resourceId: 'Sensor',
      resourceArn: 'arn:aws:iotevents:us-east-1:123456789012:input/Sensor',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('that models use cannot be deleted; others are gone', async () => {
    await create('Sensor');
    await create('Unused');
    await useInModels('Sensor');
    await expect(it.client.send(new DeleteInputCommand({ inputName: 'Sensor' }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Expected an input that no model uses, got Sensor, used by model, alarm',
      $metadata: { httpStatusCode: 409 },
    });
    await it.client.send(new DeleteInputCommand({ inputName: 'Unused' }));
    const unknown = { inputName: 'Unused' };
    for (const act of [
      () => it.client.send(new DescribeInputCommand(unknown)),
      () => it.client.send(new DeleteInputCommand(unknown)),
      () => it.client.send(new UpdateInputCommand(inputOf('Unused'))),
    ]) {
      await expect(act()).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Input of name: Unused not found',
      });
    }
  });

  test('is refused with all that breaks the model', async () => {
    const inputDefinition = { attributes: [{ jsonPath: 'a..b' }, { jsonPath: '' }] };
    await expect(create('1st', { inputDefinition, inputDescription: 'd'.repeat(1025) })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(
        /^4 validation errors detected: Value '1st' at 'inputName' .*; Value 'a\.\.b' at 'inputDefinition\.attributes\.1\.member\.jsonPath' /,
      ) as string,
    });
  });

  test('lists with pages, each entry once, also while others come and go', async () => {
    for (const name of ['b', 'd', 'a', 'c']) await create(name);
    const page = async (nextToken?: string) => {
      const answer = await it.client.send(new ListInputsCommand({ maxResults: 2, nextToken }));
      return { names: answer.inputSummaries?.map(({ inputName }) => inputName), nextToken: answer.nextToken };
    };
    const first = await page();
    expect(first.names).toEqual(['a', 'b']);
    await it.client.send(new DeleteInputCommand({ inputName: 'b' }));
    await create('aa');
    expect(await page(first.nextToken)).toEqual({ names: ['c', 'd'], nextToken: undefined });
    await expect(page('never given')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  test('routes to the models that use it', async () => {
    await create('Sensor');
    await useInModels('Sensor');
    const inputIdentifier = { iotEventsInputIdentifier: { inputName: 'Sensor' } };
    const routed = await it.client.send(new ListInputRoutingsCommand({ inputIdentifier }));
    expect(routed.routedResources).toEqual([
      { name: 'alarm', arn: 'arn:aws:iotevents:us-east-1:123456789012:alarmModel/alarm' },
      { name: 'model', arn: 'arn:aws:iotevents:us-east-1:123456789012:detectorModel/model' },
    ]);
    const property = { assetModelId: 'a', propertyId: 'p' };
    const siteWise = { iotSiteWiseInputIdentifier: { iotSiteWiseAssetModelPropertyIdentifier: property } };
    const ofSiteWise = new ListInputRoutingsCommand({ inputIdentifier: siteWise });
    await expect(it.client.send(ofSiteWise)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });
});

describe('tags', () => {
  test('are given, merged, listed and removed', async () => {
    const created = await create('Sensor', { tags: [{ key: 'a', value: '1' }] });
    const resourceArn = created.inputConfiguration?.inputArn ?? '';
    const list = async () => (await it.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
    const tags = [
      { key: 'a', value: '2' },
      { key: 'b c', value: '' },
      { key: 'd:/=+', value: 'ü' },
    ];
    await it.client.send(new TagResourceCommand({ resourceArn, tags }));
    expect(await list()).toEqual(tags);
    await it.client.send(new UpdateInputCommand(inputOf('Sensor')));
    expect(await list()).toEqual(tags);
    await it.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['b c', 'd:/=+', 'none'] }));
    expect(await list()).toEqual([{ key: 'a', value: '2' }]);
  });

  test('are at most as many as the quota says, and need their resource', async () => {
    const created = await create('Sensor');
    const resourceArn = created.inputConfiguration?.inputArn ?? '';
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(it.client.send(new TagResourceCommand({ resourceArn, tags }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Expected at most 50 tags on a resource, got 51',
      $metadata: { httpStatusCode: 410 },
    });
    for (const arn of [`${resourceArn}x`, 'x', resourceArn.replace('123456789012', '999999999999')]) {
      const command = new ListTagsForResourceCommand({ resourceArn: arn });
      await expect(it.client.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    }
  });
});

describe('routes', () => {
  test('an input may be called messages, and the methods tell the operations apart', async () => {
    await create('messages');
    const raw = createRawClient(it.dataplane.url);
    const describe = await raw.send('GET', '/inputs/messages');
    expect(describe).toMatchObject({ status: 200, json: { input: { inputConfiguration: { inputName: 'messages' } } } });
    expect(await raw.send('DELETE', '/inputs/messages')).toMatchObject({ status: 200, json: undefined });
    expect(await raw.send('DELETE', '/inputs/messages')).toMatchObject({ status: 404 });
    expect(await raw.send('PATCH', '/inputs')).toMatchObject({ status: 405, headers: { allow: 'POST, GET' } });
    raw.close();
  });
});

test('too many inputs are refused without the error that CreateInput does not model', async () => {
  await it.close();
  it = await startIotEvents({ quotas: { ...awsQuotas, maxInputs: 1 } });
  await create('First');
  await expect(create('Second')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'Expected at most 1 inputs, got 2',
  });
});
