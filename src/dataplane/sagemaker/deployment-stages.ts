import { toEpochSeconds } from '../../clock.ts';
import { AwsError } from '../protocol/errors.ts';
import { type Operation } from '../protocol/operation.ts';
import { boolean, type Infer, structure } from '../protocol/shape.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { type DeploymentRow } from '../store/store.ts';
import {
  checkStages,
  newStage,
  type PlanDocument,
  planOf,
  putPlan,
  requireStage,
  selectDevices,
  selectsByName,
  stages,
} from './deployment-plan.ts';
import { artifactOf } from './packaging-jobs.ts';
import { arnOf, deviceArn, named, pageAnswer, requireResource } from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { entityName, maxResults, nextToken } from './shapes.ts';

const stageName = structure({ EdgeDeploymentPlanName: entityName, StageName: entityName });

/** The operations on stages of edge deployment plans. [ASSUMED W7] Source: wire.md, section 8. */
export function createDeploymentStageOperations(control: Control): readonly Operation[] {
  const createRequest = structure({ EdgeDeploymentPlanName: entityName, Stages: stages });
  return [
    sagemakerOperation(control, 'CreateEdgeDeploymentStage', createRequest, named.plan, async (context, request) => {
      const row = await requireResource(context, 'edgeDeploymentPlan', request.EdgeDeploymentPlanName);
      const plan = planOf(row);
      const taken = plan.Stages.map(({ StageName }) => StageName);
      await checkStages(context, plan.DeviceFleetName, request.Stages, taken);
      await putPlan(context, row, { ...plan, Stages: [...plan.Stages, ...request.Stages.map(newStage)] });
      return undefined;
    }),
    sagemakerOperation(control, 'DeleteEdgeDeploymentStage', stageName, named.plan, deleteStage),
    sagemakerOperation(control, 'StartEdgeDeploymentStage', stageName, named.plan, async (context, request) => {
      await startStage(context, request.EdgeDeploymentPlanName, request.StageName);
      return undefined;
    }),
    sagemakerOperation(control, 'StopEdgeDeploymentStage', stageName, named.plan, stopStage),
    sagemakerOperation(control, 'ListStageDevices', listRequest, named.plan, listStageDevices),
  ];
}

type StageName = Infer<typeof stageName>;

/**
 * Gives every selected device its deployment, unless it waits for it or has it already; starting again so also takes devices
 * that have failed or are new. Throws AwsError ResourceNotFound if there is no such stage.
 */
export async function startStage(context: ControlContext, planName: string, name: string): Promise<void> {
  const { tx, nowMs } = context;
  const { row, plan, stage } = await requireStage(context, planName, name);
  const { DeviceFleetName: deviceFleetName } = plan;
  const definition = JSON.stringify({
    DeploymentName: planName,
    Type: 'Model',
    FailureHandlingPolicy: stage.DeploymentConfig.FailureHandlingPolicy,
    Definitions: await listDefinitions(context, plan),
  });
  const deployments = new Map((await tx.listDeployments(planName)).map((found) => [found.deviceName, found]));
  for (const deviceName of await selectFree(context, plan, name, deployments)) {
    const before = deployments.get(deviceName);
    if (before?.status === 'PENDING' || before?.status === 'DEPLOYED') continue;
    const device = { deviceFleetName, deviceName, deploymentName: planName, stageName: name };
    await tx.putDeployment({ ...device, definition, status: 'PENDING', statusMessage: null, creationTimeMs: nowMs });
  }
  const time = toEpochSeconds(nowMs);
  await putStageStatus(context, row, name, { StageStatus: 'INPROGRESS', EdgeDeploymentStageStartTime: time });
}

async function listDefinitions(context: ControlContext, plan: PlanDocument): Promise<readonly object[]> {
  const definitions: object[] = [];
  for (const { ModelHandle, EdgePackagingJobName } of plan.ModelConfigs) {
    const job = await requireResource(context, 'edgePackagingJob', EdgePackagingJobName);
    definitions.push({ ModelHandle, ...artifactOf(job), State: 'DEPLOY' });
  }
  return definitions;
}

/** The devices that the stage selects out of those that no other stage has. */
async function selectFree(
  { tx }: ControlContext,
  plan: PlanDocument,
  name: string,
  deployments: ReadonlyMap<string, DeploymentRow>,
): Promise<readonly string[]> {
  const stage = plan.Stages.find(({ StageName }) => StageName === name);
  if (stage === undefined) return [];
  const others = [...deployments.values()].filter((deployment) => deployment.stageName !== name);
  const deviceNames = (await tx.listDevices(plan.DeviceFleetName)).map(({ deviceName }) => deviceName);
  return selectDevices(stage, deviceNames, new Set(others.map(({ deviceName }) => deviceName)));
}

/** Nobody waits any more for devices that have not answered; a stage that is through stays as it is. */
async function stopStage(context: ControlContext, request: StageName): Promise<undefined> {
  const { EdgeDeploymentPlanName: planName, StageName: name } = request;
  const { row, stage } = await requireStage(context, planName, name);
  const waiting = await listWaiting(context, planName, name);
  if (waiting.length === 0) return;
  for (const deployment of waiting) await context.tx.putDeployment({ ...deployment, status: 'STOPPED' });
  await putStageStatus(context, row, name, { ...stage.DeploymentStatus, StageStatus: 'STOPPED' });
}

async function deleteStage(context: ControlContext, request: StageName): Promise<undefined> {
  const { EdgeDeploymentPlanName: planName, StageName: name } = request;
  const { row, plan } = await requireStage(context, planName, name);
  const waiting = await listWaiting(context, planName, name);
  if (waiting.length > 0) {
    const message = `Expected stage ${name} not to be in progress, got ${waiting.length} devices that wait`;
    throw new AwsError('ResourceInUse', message);
  }
  await context.tx.deleteDeployments(planName, name);
  await putPlan(context, row, { ...plan, Stages: plan.Stages.filter(({ StageName }) => StageName !== name) });
}

async function listWaiting({ tx }: ControlContext, planName: string, name: string): Promise<readonly DeploymentRow[]> {
  const deployments = await tx.listDeployments(planName);
  return deployments.filter((deployment) => deployment.stageName === name && deployment.status === 'PENDING');
}

async function putStageStatus(
  context: ControlContext,
  row: Parameters<typeof putPlan>[1],
  name: string,
  DeploymentStatus: PlanDocument['Stages'][number]['DeploymentStatus'],
): Promise<void> {
  const plan = planOf(row);
  const Stages = plan.Stages.map((stage) => (stage.StageName === name ? { ...stage, DeploymentStatus } : stage));
  await putPlan(context, row, { ...plan, Stages });
}

const listRequest = structure(
  { EdgeDeploymentPlanName: entityName, StageName: entityName },
  { ExcludeDevicesDeployedInOtherStage: boolean, NextToken: nextToken, MaxResults: maxResults },
);

const deviceStatus = { PENDING: 'INPROGRESS', DEPLOYED: 'DEPLOYED', FAILED: 'FAILED', STOPPED: 'STOPPED' } as const;

/** Before a stage is started: the devices that it would take. */
async function listStageDevices(context: ControlContext, request: Infer<typeof listRequest>): Promise<object> {
  const { EdgeDeploymentPlanName, StageName, ExcludeDevicesDeployedInOtherStage: excludesOthers } = request;
  const { plan, stage } = await requireStage(context, EdgeDeploymentPlanName, StageName);
  const deployments = new Map(
    (await context.tx.listDeployments(EdgeDeploymentPlanName)).map((found) => [found.deviceName, found]),
  );
  const isStarted = stage.DeploymentStatus.StageStatus !== 'READYTODEPLOY';
  const selected = isStarted ? [] : await selectFree(context, plan, StageName, deployments);
  const deployed = [...deployments.values()].filter((deployment) => {
    if (deployment.stageName === StageName) return true;
    return excludesOthers !== true && deployment.status === 'DEPLOYED' && selectsByName(stage, deployment.deviceName);
  });
  const deviceNames = [...new Set([...selected, ...deployed.map(({ deviceName }) => deviceName)])];
  const { entries, next } = pageAnswer(deviceNames, (deviceName) => [deviceName], request);
  const DeviceDeploymentSummaries: object[] = [];
  for (const deviceName of entries) {
    const device = await context.tx.getDevice(plan.DeviceFleetName, deviceName);
    DeviceDeploymentSummaries.push({
      EdgeDeploymentPlanArn: arnOf(context.account, 'edgeDeploymentPlan', EdgeDeploymentPlanName),
      EdgeDeploymentPlanName,
      StageName,
      DeviceFleetName: plan.DeviceFleetName,
      DeviceName: deviceName,
      DeviceArn: deviceArn(context.account, { deviceFleetName: plan.DeviceFleetName, deviceName }),
      Description: device?.description ?? undefined,
      ...deploymentSummary(deployments.get(deviceName)),
    });
  }
  return { DeviceDeploymentSummaries, ...next };
}

function deploymentSummary(deployment: DeploymentRow | undefined): object {
  if (deployment === undefined) return { DeviceDeploymentStatus: 'READYTODEPLOY' };
  return {
    DeployedStageName: deployment.status === 'DEPLOYED' ? deployment.stageName : undefined,
    DeviceDeploymentStatus: deviceStatus[deployment.status],
    DeviceDeploymentStatusMessage: deployment.statusMessage ?? undefined,
    DeploymentStartTime: toEpochSeconds(deployment.creationTimeMs),
  };
}
