import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
  const deployment = {
    deviceFleetName: 'demo',
    deviceName: 'd1',
    stageName: 'first',
    definition: '{}',
    status: 'PENDING',
    statusMessage: null,
    creationTimeMs: 1,
  } as const;
  await it.store.transact(async (tx) => {
    const device = { deviceFleetName: 'demo', description: null, iotThingName: null, registrationTimeMs: 1 };
    await tx.putDevice({ ...device, deviceName: 'd1' });
    await tx.putDevice({ ...device, deviceName: 'd2' });
    await tx.putDeployment({ ...deployment, deploymentName: 'p1' });
    await tx.putDeployment({ ...deployment, deploymentName: 'p2' });
    await tx.putDeployment({ ...deployment, deploymentName: 'p1', deviceName: 'd2' });
  });
});
afterEach(() => it.close());

const heartbeat = (members: object = {}) =>
  JSON.stringify({ AgentVersion: '1.0', DeviceName: 'd1', DeviceFleetName: 'demo', ...members });
const pending = async (deviceName: string) =>
  (await it.runtime.listPendingDeployments('demo', deviceName)).map(({ deploymentName }) => deploymentName);
const status = async (deploymentName: string) =>
  (await it.store.transact((tx) => tx.getDeployment('demo', 'd1', deploymentName)))?.status;

test('the last heartbeat is kept whole, with its time', async () => {
  const metrics = { AgentMetrics: [{ Dimension: 'd', MetricName: 'used', Value: 20.0, Timestamp: 1.5 }], Other: null };
  expect(await it.runtime.sendHeartbeat('demo', 'd1', heartbeat())).toBe('ok');
  expect(await it.runtime.sendHeartbeat('demo', 'd1', heartbeat(metrics))).toBe('ok');
  expect(await it.store.transact((tx) => tx.getHeartbeat('demo', 'd1'))).toEqual({
    deviceFleetName: 'demo',
    deviceName: 'd1',
    request: heartbeat(metrics),
    receivedAtMs: it.nowMs,
  });
});

test('a heartbeat of an unknown device is refused and not kept', async () => {
  expect(await it.runtime.sendHeartbeat('demo', 'nope', heartbeat())).toBe('unknown-device');
  expect(await it.runtime.sendHeartbeat('nope', 'd1', heartbeat())).toBe('unknown-device');
  expect(await it.store.transact((tx) => tx.getHeartbeat('demo', 'nope'))).toBeNull();
});

test.each([
  ['DEPLOYED', { DeploymentStatus: 'SUCCESS', DeploymentModels: [{ Status: 'SUCCESS' }] }],
  ['DEPLOYED', {}],
  ['DEPLOYED', { DeploymentStatus: 'NO-FAILURE', DeploymentModels: null }],
  ['FAILED', { DeploymentStatus: 'SUCCESS', DeploymentModels: [{ Status: 'SUCCESS' }, { Status: 'FAIL' }] }],
  ['FAILED', { DeploymentStatus: 'Failed' }],
  ['FAILED', { DeploymentStatus: 'error-17' }],
])('a result settles the pending deployment of its name and device as %s: %j', async (expected, result) => {
  await it.runtime.sendHeartbeat('demo', 'd1', heartbeat({ DeploymentResult: { DeploymentName: 'p1', ...result } }));
  expect(await status('p1')).toBe(expected);
  expect(await pending('d1')).toEqual(['p2']);
  expect(await pending('d2')).toEqual(['p1']);
});

test('a result of an unknown name, or of a deployment that is settled, changes no deployment', async () => {
  const send = (result: object) => it.runtime.sendHeartbeat('demo', 'd1', heartbeat({ DeploymentResult: result }));
  expect(await send({ DeploymentName: 'nope' })).toBe('ok');
  expect(await send({ DeploymentStatus: 'FAIL' })).toBe('ok');
  expect(await pending('d1')).toEqual(['p1', 'p2']);
  await send({ DeploymentName: 'p1', DeploymentStatus: 'FAIL' });
  await send({ DeploymentName: 'p1', DeploymentStatus: 'SUCCESS' });
  expect(await status('p1')).toBe('FAILED');
});
