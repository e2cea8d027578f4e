import {
  GetDeploymentsCommand,
  GetDeviceRegistrationCommand,
  SagemakerEdgeClient,
  SendHeartbeatCommand,
} from '@aws-sdk/client-sagemaker-edge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';

let dataplane: TestDataplane;
let client: SagemakerEdgeClient;
beforeAll(async () => {
  dataplane = await startTestDataplane();
  client = new SagemakerEdgeClient({
    endpoint: dataplane.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await dataplane.close();
});

const d0 = { DeviceFleetName: 'demo', DeviceName: 'd0' };
const unknown = { DeviceFleetName: 'demo', DeviceName: 'nobody' };

test('GetDeviceRegistration tells a registered device from another one', async () => {
  expect(await client.send(new GetDeviceRegistrationCommand(d0))).toMatchObject({
    DeviceRegistration: 'Registered',
    CacheTTL: '3600',
  });
  expect(await client.send(new GetDeviceRegistrationCommand(unknown))).toMatchObject({
    DeviceRegistration: 'NotRegistered',
    CacheTTL: '3600',
  });
});

test('a deployment is pending until the heartbeat that has its result', async () => {
  const { Deployments } = await client.send(new GetDeploymentsCommand(d0));
  expect(Deployments).toEqual([
    {
      DeploymentName: 'rollout',
      Type: 'Model',
      FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE',
      Definitions: [
        {
          ModelHandle: 'handle',
          S3Url: 's3://bucket/models/anomaly-1.0.tar.gz',
          Checksum: { Type: 'SHA1', Sum: 'a41afb43fec956768913512bd173e6d3dec45eef' },
          State: 'DEPLOY',
        },
      ],
    },
  ]);

  const heartbeat = { ...d0, AgentVersion: '1.2' };
  await client.send(new SendHeartbeatCommand(heartbeat));
  expect((await client.send(new GetDeploymentsCommand(d0))).Deployments).toHaveLength(1);

  const DeploymentResult = { DeploymentName: 'rollout', DeploymentStatus: 'SUCCESS' };
  await client.send(new SendHeartbeatCommand({ ...heartbeat, DeploymentResult }));
  expect((await client.send(new GetDeploymentsCommand(d0))).Deployments).toEqual([]);
});

test('a heartbeat is kept as it was sent, and so is its time', async () => {
  const at = new Date(1_557_520_274_000);
  const metric = { Dimension: 'a/b', MetricName: 'CpuUsage', Value: 12.5, Timestamp: at };
  const model = { ModelName: 'anomaly', ModelVersion: '1.0', LatestSampleTime: at, ModelMetrics: [metric] };
  const answer = await client.send(
    new SendHeartbeatCommand({ ...d0, AgentVersion: '1.3', AgentMetrics: [metric], Models: [model] }),
  );
  expect(answer.$metadata.httpStatusCode).toBe(200);

  const kept = await dataplane.store.transact((tx) => tx.getHeartbeat('demo', 'd0'));
  expect(kept?.receivedAtMs).toBe(dataplane.clock.nowMs());
  const seconds = { Timestamp: 1_557_520_274 };
  expect(JSON.parse(kept?.request ?? '')).toMatchObject({
    AgentVersion: '1.3',
    AgentMetrics: [{ ...metric, ...seconds }],
    Models: [{ ModelName: 'anomaly', LatestSampleTime: 1_557_520_274, ModelMetrics: [{ ...metric, ...seconds }] }],
  });
});

test('a heartbeat of an unknown device is a ValidationException', async () => {
  await expect(client.send(new SendHeartbeatCommand({ ...unknown, AgentVersion: '1' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Device nobody is not registered in device fleet demo',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a name that breaks the model is a ValidationException that says how', async () => {
  const names = { DeviceName: '-d', DeviceFleetName: 'f'.repeat(64) };
  await expect(client.send(new GetDeploymentsCommand(names))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(
      /^2 validation errors detected: Value '-d' at 'DeviceName' failed .*; Value 'f{64}' at 'DeviceFleetName' failed to satisfy constraint: Member must have length less than or equal to 63$/,
    ) as string,
  });
});
