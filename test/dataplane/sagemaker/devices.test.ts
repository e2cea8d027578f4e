import {
  CreateDeviceFleetCommand,
  CreateEdgePackagingJobCommand,
  DeleteDeviceFleetCommand,
  DeregisterDevicesCommand,
  DescribeDeviceCommand,
  DescribeDeviceFleetCommand,
  DescribeEdgePackagingJobCommand,
  GetDeviceFleetReportCommand,
  ListDeviceFleetsCommand,
  type ListDeviceFleetsCommandInput,
  ListDevicesCommand,
  type ListDevicesCommandInput,
  ListEdgePackagingJobsCommand,
  RegisterDevicesCommand,
  ResourceInUse,
  ResourceNotFound,
  StopEdgePackagingJobCommand,
  UpdateDeviceFleetCommand,
  UpdateDevicesCommand,
} from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRawClient } from '../wire/raw-http.ts';
import { withoutMetadata } from '../without-metadata.ts';
import { deviceNames, jobRequest, roleArn, type SagemakerPlane, startSagemaker } from './start-client.ts';

let it: SagemakerPlane;
beforeEach(async () => {
  it = await startSagemaker();
});
afterEach(() => it.close());

const OutputConfig = { S3OutputLocation: 's3://bucket/output' };
const demo = { DeviceFleetName: 'demo' };
const describeFleet = async () => withoutMetadata(await it.client.send(new DescribeDeviceFleetCommand(demo)));
const describeDevice = async (DeviceName: string) =>
  withoutMetadata(await it.client.send(new DescribeDeviceCommand({ ...demo, DeviceName })));
const listDevices = async (request: ListDevicesCommandInput = {}) => {
  const answer = await it.client.send(new ListDevicesCommand(request));
  return { names: answer.DeviceSummaries?.map(({ DeviceName }) => DeviceName), next: answer.NextToken };
};

describe('device fleets', () => {
  test('are described as they were created, and updated in what is given', async () => {
    const createdAt = new Date(it.dataplane.clock.nowMs());
    const fleet = {
      DeviceFleetArn: 'arn:aws:sagemaker:us-east-1:123456789012:device-fleet/demo',
      DeviceFleetName: 'demo',
      CreationTime: createdAt,
      LastModifiedTime: createdAt,
      OutputConfig,
      RoleArn: roleArn,
      Description: 'a demo',
    };
    expect(await describeFleet()).toEqual(fleet);
    it.dataplane.clock.advance(2500);
    const changed = { OutputConfig: { S3OutputLocation: 's3://other' }, Description: 'second' };
    await it.client.send(new UpdateDeviceFleetCommand({ ...demo, ...changed }));
    const LastModifiedTime = new Date(createdAt.getTime() + 2500);
    expect(await describeFleet()).toEqual({ ...fleet, ...changed, LastModifiedTime });
  });

  test('with devices cannot be deleted; empty ones are gone', async () => {
    const remove = () => it.client.send(new DeleteDeviceFleetCommand(demo));
    await expect(remove()).rejects.toBeInstanceOf(ResourceInUse);
    await it.client.send(new DeregisterDevicesCommand({ ...demo, DeviceNames: [...deviceNames, 'unknown'] }));
    await remove();
    await expect(describeFleet()).rejects.toBeInstanceOf(ResourceNotFound);
    await expect(describeFleet()).rejects.toMatchObject({
      message: 'Expected device fleet demo, got none',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('are listed by name and time, in either order, page by page', async () => {
    const times: Record<string, Date> = {};
    for (const DeviceFleetName of ['b', 'c-x', 'a-x']) {
      it.dataplane.clock.advance(1000);
      times[DeviceFleetName] = new Date(it.dataplane.clock.nowMs());
      await it.client.send(new CreateDeviceFleetCommand({ DeviceFleetName, OutputConfig }));
    }
    const list = async (request: ListDeviceFleetsCommandInput) => {
      const answer = await it.client.send(new ListDeviceFleetsCommand(request));
      const names = answer.DeviceFleetSummaries?.map(({ DeviceFleetName }) => DeviceFleetName);
      return { names, next: answer.NextToken };
    };
    expect(await list({})).toEqual({ names: ['a-x', 'b', 'c-x', 'demo'], next: undefined });
    expect(await list({ NameContains: '-x' })).toMatchObject({ names: ['a-x', 'c-x'] });
    expect(await list({ CreationTimeAfter: times['b'] })).toMatchObject({ names: ['a-x', 'c-x'] });
    expect(await list({ LastModifiedTimeBefore: times['c-x'] })).toMatchObject({ names: ['b', 'demo'] });
    const sorted = { SortBy: 'CREATION_TIME', SortOrder: 'Descending', MaxResults: 3 } as const;
    const first = await list(sorted);
    expect(first.names).toEqual(['a-x', 'c-x', 'b']);
    expect(await list({ ...sorted, NextToken: first.next })).toEqual({ names: ['demo'], next: undefined });
    await expect(list({ NextToken: 'never given' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('of a name that is taken, or of one that breaks the pattern, are refused', async () => {
    const create = (DeviceFleetName: string) =>
      it.client.send(new CreateDeviceFleetCommand({ DeviceFleetName, OutputConfig }));
    await expect(create('demo')).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: 'Expected a new name, got that of device fleet demo, which exists',
    });
    await expect(create('a_b')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/^1 validation error detected: Value 'a_b' at 'DeviceFleetName' /) as string,
    });
  });
});

describe('devices', () => {
  test('are described, and updated in what is given', async () => {
    const device = { DeviceName: 'd0', Description: 'first', IotThingName: 'thing' };
    await it.client.send(new UpdateDevicesCommand({ ...demo, Devices: [device] }));
    await it.client.send(new UpdateDevicesCommand({ ...demo, Devices: [{ DeviceName: 'd0', Description: 'second' }] }));
    expect(await describeDevice('d0')).toEqual({
      DeviceArn: 'arn:aws:sagemaker:us-east-1:123456789012:device-fleet/demo/device/d0',
      ...demo,
      ...device,
      Description: 'second',
      RegistrationTime: new Date(it.dataplane.clock.nowMs()),
    });
  });

  test('a request with one bad device changes none', async () => {
    const Devices = [{ DeviceName: 'd9' }, { DeviceName: 'd0' }];
    await expect(it.client.send(new RegisterDevicesCommand({ ...demo, Devices }))).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: 'Expected a new device in device fleet demo, got d0, which is registered',
    });
    await expect(describeDevice('d9')).rejects.toBeInstanceOf(ResourceNotFound);
    const changed = [{ DeviceName: 'd0', Description: 'changed' }, { DeviceName: 'd9' }];
    await expect(it.client.send(new UpdateDevicesCommand({ ...demo, Devices: changed }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
    expect(await describeDevice('d0')).not.toHaveProperty('Description');
    const elsewhere = { DeviceFleetName: 'nope', Devices };
    await expect(it.client.send(new RegisterDevicesCommand(elsewhere))).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  test('show their last heartbeat as it came', async () => {
    const model = { ModelName: 'anomaly-2', ModelVersion: '1.0' };
    const sampled = new Date(1_700_000_000_000);
    await it.heartbeat('d1', {
      AgentVersion: 'v'.repeat(64),
      Models: [{ ...model, LatestSampleTime: sampled, LatestInference: sampled, ModelMetrics: [] }],
    });
    const beatAt = new Date(it.dataplane.clock.nowMs());
    expect(await describeDevice('d1')).toMatchObject({
      AgentVersion: 'v'.repeat(64),
      LatestHeartbeat: beatAt,
      Models: [{ ...model, LatestSampleTime: sampled, LatestInference: sampled }],
    });
    const { DeviceSummaries } = await it.client.send(new ListDevicesCommand({ ModelName: model.ModelName }));
    expect(DeviceSummaries).toMatchObject([{ DeviceName: 'd1', LatestHeartbeat: beatAt, Models: [model] }]);
    it.dataplane.clock.advance(1000);
    const bare = { AgentVersion: '1', DeviceName: 'd3', DeviceFleetName: 'demo', Models: [{ LatestSampleTime: null }] };
    await it.dataplane.runtime.sendHeartbeat('demo', 'd3', JSON.stringify(bare));
    expect((await describeDevice('d3')).Models).toEqual([{}]);
    expect(await listDevices({ LatestHeartbeatAfter: beatAt })).toEqual({ names: ['d3'], next: undefined });
    await it.client.send(new DeregisterDevicesCommand({ ...demo, DeviceNames: ['d1'] }));
    await it.client.send(new RegisterDevicesCommand({ ...demo, Devices: [{ DeviceName: 'd1' }] }));
    expect(await describeDevice('d1')).not.toHaveProperty('LatestHeartbeat');
  });

  test('are listed over all fleets or in one, page by page, also with a filter', async () => {
    await it.client.send(new CreateDeviceFleetCommand({ DeviceFleetName: 'a', OutputConfig }));
    await it.client.send(new RegisterDevicesCommand({ DeviceFleetName: 'a', Devices: [{ DeviceName: 'z' }] }));
    const all = ['z', ...deviceNames];
    const paged = [];
    let next: string | undefined;
    do {
      const page = await listDevices({ MaxResults: 2, NextToken: next });
      paged.push(...(page.names ?? []));
      next = page.next;
    } while (next !== undefined);
    expect(paged).toEqual(all);
    expect(await listDevices({ ...demo, MaxResults: 5 })).toEqual({ names: deviceNames, next: undefined });
    for (const name of ['d1', 'd4']) await it.heartbeat(name);
    const recent = { LatestHeartbeatAfter: new Date(it.dataplane.clock.nowMs() - 1000), MaxResults: 1 };
    const first = await listDevices(recent);
    expect(first.names).toEqual(['d1']);
    expect(await listDevices({ ...recent, NextToken: first.next })).toEqual({ names: ['d4'], next: undefined });
    expect(await listDevices({ DeviceFleetName: 'nope' })).toEqual({ names: [], next: undefined });
    await expect(listDevices({ NextToken: 'WzFd' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('are counted in the report of their fleet', async () => {
    const now = () => new Date(it.dataplane.clock.nowMs());
    const model = (ModelName: string, members = {}) => ({ ModelName, ModelVersion: '1', ...members });
    await it.heartbeat('d0', { AgentVersion: 'old', Models: [model('vision'), model('anomaly')] });
    // Connected are those heard of within a minute.
    it.dataplane.clock.advance(60_001);
    await it.heartbeat('d1', { Models: [model('vision', { LatestInference: now() })] });
    await it.heartbeat('d2', { Models: [model('vision', { LatestSampleTime: now() })] });
    const report = withoutMetadata(await it.client.send(new GetDeviceFleetReportCommand(demo)));
    const counts = { OfflineDeviceCount: 1, ConnectedDeviceCount: 0, ActiveDeviceCount: 0, SamplingDeviceCount: 0 };
    expect(report).toEqual({
      DeviceFleetArn: 'arn:aws:sagemaker:us-east-1:123456789012:device-fleet/demo',
      ...demo,
      OutputConfig,
      Description: 'a demo',
      ReportGenerated: now(),
      DeviceStats: { ConnectedDeviceCount: 2, RegisteredDeviceCount: 5 },
      AgentVersions: [
        { Version: 'old', AgentCount: 1 },
        { Version: '1.0', AgentCount: 2 },
      ],
      ModelStats: [
        model('vision', { ...counts, ConnectedDeviceCount: 2, ActiveDeviceCount: 1, SamplingDeviceCount: 1 }),
        model('anomaly', counts),
      ],
    });
  });
});

describe('packaging jobs', () => {
  const describeJob = (EdgePackagingJobName: string) =>
    it.client.send(new DescribeEdgePackagingJobCommand({ EdgePackagingJobName }));
  const create = (members: object) => it.client.send(new CreateEdgePackagingJobCommand({ ...jobRequest, ...members }));

  test('are completed at once, with the artifact where it was said to be', async () => {
    expect(await describeJob('job')).toMatchObject({
      EdgePackagingJobArn: 'arn:aws:sagemaker:us-east-1:123456789012:edge-packaging-job/job',
      EdgePackagingJobStatus: 'COMPLETED',
      ModelArtifact: 's3://bucket/output/anomaly-1.0.tar.gz',
      ModelName: 'anomaly',
      OutputConfig,
    });
    const location = 's3://bucket/models/x.tar.gz';
    await create({ EdgePackagingJobName: 'file', OutputConfig: { S3OutputLocation: location } });
    expect(await describeJob('file')).toMatchObject({ ModelArtifact: location });
    await it.client.send(new StopEdgePackagingJobCommand({ EdgePackagingJobName: 'job' }));
    expect(await describeJob('job')).toMatchObject({ EdgePackagingJobStatus: 'COMPLETED' });
  });

  test('are listed by model and status', async () => {
    await create({ EdgePackagingJobName: 'a', ModelName: 'vision' });
    const list = async (request: object) => {
      const answer = await it.client.send(new ListEdgePackagingJobsCommand(request));
      return answer.EdgePackagingJobSummaries?.map(({ EdgePackagingJobName }) => EdgePackagingJobName);
    };
    expect(await list({ SortBy: 'MODEL_NAME' })).toEqual(['job', 'a']);
    expect(await list({ ModelNameContains: 'vis', StatusEquals: 'COMPLETED' })).toEqual(['a']);
    expect(await list({ StatusEquals: 'FAILED' })).toEqual([]);
  });

  test('of a name that is taken, of an artifact out of reach and of a wrong checksum are refused', async () => {
    await expect(create({})).rejects.toMatchObject({ name: 'ResourceInUse' });
    const elsewhere = { EdgePackagingJobName: 'b', OutputConfig: { S3OutputLocation: 'https://host/x.tar' } };
    await expect(create(elsewhere)).rejects.toMatchObject({ name: 'ValidationException' });
    const Tags = [{ Key: 'fleetgraph:sha1', Value: 'ABC' }];
    await expect(create({ EdgePackagingJobName: 'b', Tags })).rejects.toMatchObject({
      message: expect.stringContaining('40 characters of lower-case hex') as string,
    });
  });
});

test('answers are json 1.1 with a request id, errors included', async () => {
  const raw = createRawClient(it.dataplane.url);
  const send = (target: string, body: string) => raw.send('POST', '/', body, { 'x-amz-target': target });
  for (const answer of [
    await send('SageMaker.ListDevices', '{}'),
    await send('SageMaker.DescribeDevice', '{}'),
    await send('SageMaker.DescribeDeviceFleet', '{"DeviceFleetName":7}'),
  ]) {
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  }
  const missing = await send('SageMaker.DescribeDevice', '{"DeviceFleetName":"demo","DeviceName":"nope"}');
  const text = 'Expected device nope in device fleet demo, got none';
  expect(missing).toMatchObject({
    status: 400,
    json: { __type: 'ResourceNotFound', message: text, Message: text },
  });
  expect(await send('SageMaker.NoSuchOperation', '{}')).toMatchObject({ status: 404 });
  raw.close();
});
