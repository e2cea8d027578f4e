import {
  CreateEdgeDeploymentPlanCommand,
  CreateEdgeDeploymentStageCommand,
  DeleteDeviceFleetCommand,
  DeleteEdgeDeploymentPlanCommand,
  DeleteEdgeDeploymentStageCommand,
  type DeploymentStage,
  DeregisterDevicesCommand,
  DescribeEdgeDeploymentPlanCommand,
  ListEdgeDeploymentPlansCommand,
  ListStageDevicesCommand,
  StartEdgeDeploymentStageCommand,
  StopEdgeDeploymentStageCommand,
} from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceNames, type SagemakerPlane, startSagemaker } from './start-client.ts';

let it: SagemakerPlane;
beforeEach(async () => {
  it = await startSagemaker();
});
afterEach(() => it.close());

const plan = { EdgeDeploymentPlanName: 'plan' };
const policy = { DeploymentConfig: { FailureHandlingPolicy: 'DO_NOTHING' } } as const;
const selection = (StageName: string, ...DeviceNames: string[]): DeploymentStage => ({
  StageName,
  DeviceSelectionConfig: { DeviceSubsetType: 'SELECTION', DeviceNames },
  ...policy,
});
const percentage = (StageName: string, Percentage: number): DeploymentStage => ({
  StageName,
  DeviceSelectionConfig: { DeviceSubsetType: 'PERCENTAGE', Percentage },
  ...policy,
});
const create = (...Stages: DeploymentStage[]) =>
  it.client.send(
    new CreateEdgeDeploymentPlanCommand({
      ...plan,
      DeviceFleetName: 'demo',
      ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'job' }],
      Stages,
    }),
  );
const start = (StageName: string) => it.client.send(new StartEdgeDeploymentStageCommand({ ...plan, StageName }));
const stop = (StageName: string) => it.client.send(new StopEdgeDeploymentStageCommand({ ...plan, StageName }));
const describePlan = (request = {}) => it.client.send(new DescribeEdgeDeploymentPlanCommand({ ...plan, ...request }));

async function answer(DeviceName: string, Status: 'SUCCESS' | 'FAIL', DeploymentStatusMessage?: string) {
  const DeploymentModels = [{ ModelHandle: 'handle', Status }];
  await it.heartbeat(DeviceName, {
    DeploymentResult: { DeploymentName: 'plan', DeploymentStatusMessage, DeploymentModels },
  });
}

/** Succeeded, pending and failed of the plan and of each stage, and the stages' status. */
async function counters() {
  const described = await describePlan();
  const stages = described.Stages?.map(({ DeploymentStatus: status }) => {
    const counts = [
      status?.EdgeDeploymentSuccessInStage,
      status?.EdgeDeploymentPendingInStage,
      status?.EdgeDeploymentFailedInStage,
    ];
    return `${counts.join(' ')} ${status?.StageStatus ?? ''}`;
  });
  const whole = [described.EdgeDeploymentSuccess, described.EdgeDeploymentPending, described.EdgeDeploymentFailed];
  return [whole.join(' '), ...(stages ?? [])];
}

async function stageDevices(StageName: string, request = {}) {
  const listed = await it.client.send(new ListStageDevicesCommand({ ...plan, StageName, ...request }));
  return listed.DeviceDeploymentSummaries?.map(
    ({ DeviceName = '', DeviceDeploymentStatus = '', DeployedStageName }) =>
      `${DeviceName} ${DeviceDeploymentStatus}${DeployedStageName === undefined ? '' : ` by ${DeployedStageName}`}`,
  );
}

const allGiven = async () =>
  (await Promise.all(deviceNames.map(async (name) => ((await it.given(name)).length > 0 ? name : '')))).join('');

test('a plan is described as it was created, and deploys nothing before a stage is started', async () => {
  const { EdgeDeploymentPlanArn } = await create(selection('first', 'd0', 'd1'), {
    StageName: 'second',
    DeviceSelectionConfig: { DeviceSubsetType: 'NAMECONTAINS', DeviceNameContains: '3' },
  });
  expect(EdgeDeploymentPlanArn).toBe('arn:aws:sagemaker:us-east-1:123456789012:edge-deployment/plan');
  expect(await describePlan()).toMatchObject({
    EdgeDeploymentPlanArn,
    ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'job' }],
    DeviceFleetName: 'demo',
    Stages: [
      selection('first', 'd0', 'd1'),
      { StageName: 'second', DeploymentConfig: { FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE' } },
    ],
  });
  expect(await counters()).toEqual(['0 0 0', '0 0 0 READYTODEPLOY', '0 0 0 READYTODEPLOY']);
  expect(await stageDevices('first')).toEqual(['d0 READYTODEPLOY', 'd1 READYTODEPLOY']);
  expect(await allGiven()).toBe('');
  const page = await describePlan({ MaxResults: 1 });
  expect(page.Stages).toHaveLength(1);
  expect((await describePlan({ NextToken: page.NextToken })).Stages).toMatchObject([{ StageName: 'second' }]);
});

test('the results of devices end their deployments and move the counters, each once', async () => {
  await create(selection('first', 'd0', 'd1'));
  await start('first');
  expect(await allGiven()).toBe('d0d1');
  expect(await counters()).toEqual(['0 2 0', '0 2 0 INPROGRESS']);
  expect(await stageDevices('first')).toEqual(['d0 INPROGRESS', 'd1 INPROGRESS']);
  await answer('d0', 'SUCCESS');
  await answer('d0', 'FAIL');
  expect(await counters()).toEqual(['1 1 0', '1 1 0 INPROGRESS']);
  await answer('d1', 'FAIL', 'no room');
  expect(await counters()).toEqual(['1 0 1', '1 0 1 FAILED']);
  expect(await stageDevices('first')).toEqual(['d0 DEPLOYED by first', 'd1 FAILED']);
  const listed = await it.client.send(new ListStageDevicesCommand({ ...plan, StageName: 'first' }));
  expect(listed.DeviceDeploymentSummaries?.[1]).toMatchObject({
    DeviceArn: 'arn:aws:sagemaker:us-east-1:123456789012:device-fleet/demo/device/d1',
    DeviceDeploymentStatusMessage: 'no room',
    DeploymentStartTime: new Date(it.dataplane.clock.nowMs()),
  });
  // Starting again takes those that have failed.
  await start('first');
  expect(await allGiven()).toBe('d1');
  await answer('d1', 'SUCCESS');
  expect(await counters()).toEqual(['2 0 0', '2 0 0 DEPLOYED']);
});

test('stages select by percentage of the fleet, name and selection, and none takes what another has', async () => {
  await create(percentage('canary', 10), percentage('half', 50), selection('rest', 'd0', 'd4'));
  await start('canary');
  expect(await allGiven()).toBe('d0');
  await answer('d0', 'SUCCESS');
  await start('half');
  expect(await allGiven()).toBe('d1d2d3');
  await start('rest');
  expect(await allGiven()).toBe('d1d2d3d4');
  expect(await counters()).toEqual(['1 4 0', '1 0 0 DEPLOYED', '0 3 0 INPROGRESS', '0 1 0 INPROGRESS']);
  expect(await stageDevices('rest')).toEqual(['d0 DEPLOYED by canary', 'd4 INPROGRESS']);
  expect(await stageDevices('rest', { ExcludeDevicesDeployedInOtherStage: true })).toEqual(['d4 INPROGRESS']);
});

test('stopping a stage ends it for devices that still wait', async () => {
  await create(selection('first', 'd0', 'd1'));
  await start('first');
  await answer('d0', 'SUCCESS');
  await stop('first');
  expect(await allGiven()).toBe('');
  expect(await counters()).toEqual(['1 0 0', '1 0 0 STOPPED']);
  expect(await stageDevices('first')).toEqual(['d0 DEPLOYED by first', 'd1 STOPPED']);
  await answer('d1', 'SUCCESS');
  expect(await counters()).toEqual(['1 0 0', '1 0 0 STOPPED']);
  await start('first');
  expect(await counters()).toEqual(['1 1 0', '1 1 0 INPROGRESS']);
});

test('a stage or plan in progress cannot be deleted, one that is through can', async () => {
  await create(selection('first', 'd0'), selection('second', 'd1'));
  await start('first');
  const removeStage = (StageName: string) =>
    it.client.send(new DeleteEdgeDeploymentStageCommand({ ...plan, StageName }));
  const removePlan = () => it.client.send(new DeleteEdgeDeploymentPlanCommand(plan));
  await expect(removeStage('first')).rejects.toMatchObject({ name: 'ResourceInUse' });
  await expect(removePlan()).rejects.toMatchObject({ name: 'ResourceInUse' });
  await removeStage('second');
  await it.client.send(new CreateEdgeDeploymentStageCommand({ ...plan, Stages: [percentage('third', 100)] }));
  expect(await counters()).toEqual(['0 1 0', '0 1 0 INPROGRESS', '0 0 0 READYTODEPLOY']);
  const again = new CreateEdgeDeploymentStageCommand({ ...plan, Stages: [percentage('third', 100)] });
  await expect(it.client.send(again)).rejects.toMatchObject({ name: 'ValidationException' });
  await answer('d0', 'SUCCESS');
  await removeStage('first');
  expect(await counters()).toEqual(['0 0 0', '0 0 0 READYTODEPLOY']);
  await removePlan();
  await expect(describePlan()).rejects.toMatchObject({ name: 'ResourceNotFound' });
});

test('a fleet with a plan cannot be deleted, and a device that goes is no longer waited for', async () => {
  await create(selection('first', 'd0'));
  await start('first');
  await it.client.send(new DeregisterDevicesCommand({ DeviceFleetName: 'demo', DeviceNames: deviceNames }));
  expect(await counters()).toEqual(['0 0 0', '0 0 0 DEPLOYED']);
  await expect(it.client.send(new DeleteDeviceFleetCommand({ DeviceFleetName: 'demo' }))).rejects.toMatchObject({
    message: 'Expected device fleet demo to have no devices and no plans, got edge deployment plan plan',
  });
});

test('a plan that refers to nothing is refused with every reason', async () => {
  const request = {
    ...plan,
    DeviceFleetName: 'nope',
    ModelConfigs: [{ ModelHandle: 'h', EdgePackagingJobName: 'none' }],
  };
  await expect(it.client.send(new CreateEdgeDeploymentPlanCommand(request))).rejects.toMatchObject({
    name: 'ResourceNotFound',
    message:
      'Expected device fleet nope, got none (DeviceFleetName); ' +
      'Expected edge packaging job none, got none (ModelConfigs[0].EdgePackagingJobName)',
  });
  await expect(start('first')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  await create();
  await expect(start('first')).rejects.toMatchObject({ message: expect.stringContaining('stage first') as string });
  await expect(create()).rejects.toMatchObject({ name: 'ResourceInUse' });
});

test('plans are listed with their counters', async () => {
  await create(percentage('all', 100));
  await start('all');
  await answer('d2', 'FAIL');
  const list = async (request = {}) =>
    (await it.client.send(new ListEdgeDeploymentPlansCommand(request))).EdgeDeploymentPlanSummaries;
  expect(await list({ DeviceFleetNameContains: 'dem', SortBy: 'DEVICE_FLEET_NAME' })).toMatchObject([
    { ...plan, DeviceFleetName: 'demo', EdgeDeploymentPending: 4, EdgeDeploymentFailed: 1, EdgeDeploymentSuccess: 0 },
  ]);
  expect(await list({ DeviceFleetNameContains: 'nope' })).toEqual([]);
});
