import { isDeepStrictEqual } from 'node:util';
import { type JsonDocument } from '../protocol/shape.ts';
import { planOf, type PlanDocument } from '../sagemaker/deployment-plan.ts';
import {
  createDeploymentPlan,
  createDeploymentPlanRequest,
  deploymentPlanDocument,
  dropDeploymentPlan,
} from '../sagemaker/deployment-plans.ts';
import { startStage } from '../sagemaker/deployment-stages.ts';
import {
  createDeviceFleet,
  createDeviceFleetRequest,
  deviceFleetDocument,
  updateDeviceFleet,
} from '../sagemaker/device-fleets.ts';
import { changedDevice, registerDevice, registerDevicesRequest } from '../sagemaker/devices.ts';
import {
  createPackagingJob,
  createPackagingJobRequest,
  packagingJobDocument,
  putPackagingJob,
} from '../sagemaker/packaging-jobs.ts';
import { fromTags, nameOf, requireResource, type SagemakerTag } from '../sagemaker/resources.ts';
import { type ResourceRow } from '../store/store.ts';
import { defineKind, isStored, line } from './kind.ts';
import { type LoadContext, type Outcome } from './resource-file.ts';

/** CreateDeviceFleet. */
export const deviceFleet = defineKind({
  rank: 0,
  shape: createDeviceFleetRequest,
  namesOf: ({ DeviceFleetName }) => [nameOf('deviceFleet', DeviceFleetName)],
  async apply(context, request) {
    const text = nameOf('deviceFleet', request.DeviceFleetName);
    const before = await context.tx.getResource('deviceFleet', request.DeviceFleetName, null);
    if (before === null) {
      await createDeviceFleet(context, request);
      return line('created', text);
    }
    const document = deviceFleetDocument(request, JSON.parse(before.request) as JsonDocument);
    if (isStored(before, document, tagsOf(request))) return line('unchanged', text);
    await updateDeviceFleet(context, request);
    return line('updated', text);
  },
});

/** RegisterDevices; a device that is registered already is updated. */
export const devices = defineKind({
  rank: 1,
  shape: registerDevicesRequest,
  namesOf: ({ DeviceFleetName, Devices }) => Devices.map(({ DeviceName }) => `device ${DeviceFleetName}/${DeviceName}`),
  async apply(context, { DeviceFleetName, Devices }) {
    await requireResource(context, 'deviceFleet', DeviceFleetName);
    const counts = new Map<Outcome, number>();
    for (const device of Devices) {
      const outcome = await applyDevice(context, DeviceFleetName, device);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    const text = `devices in ${nameOf('deviceFleet', DeviceFleetName)}`;
    return Array.from(counts, ([part, count]) => ({ part, text, count }));
  },
});

async function applyDevice(
  context: LoadContext,
  fleetName: string,
  device: Parameters<typeof registerDevice>[2],
): Promise<Outcome> {
  const before = await context.tx.getDevice(fleetName, device.DeviceName);
  if (before === null) {
    await registerDevice(context, fleetName, device);
    return 'created';
  }
  const changed = changedDevice(before, device);
  if (isDeepStrictEqual({ ...changed }, { ...before })) return 'unchanged';
  await context.tx.putDevice(changed);
  return 'updated';
}

/** CreateEdgePackagingJob; one that exists is replaced. */
export const packagingJob = defineKind({
  rank: 0,
  shape: createPackagingJobRequest,
  namesOf: ({ EdgePackagingJobName }) => [nameOf('edgePackagingJob', EdgePackagingJobName)],
  async apply(context, request) {
    const { EdgePackagingJobName: name } = request;
    const text = nameOf('edgePackagingJob', name);
    const before = await context.tx.getResource('edgePackagingJob', name, null);
    if (before === null) {
      await createPackagingJob(context, request);
      return line('created', text);
    }
    if (isStored(before, packagingJobDocument(request), tagsOf(request))) return line('unchanged', text);
    await putPackagingJob(context, request, before);
    context.changedJobs.add(name);
    return line('updated', text);
  },
});

/**
 * CreateEdgeDeploymentPlan; stages are started too, unless the file says that they were not or are through. A plan that has
 * changed, or whose packaging jobs have, is made anew, so that its devices deploy again.
 */
export const deploymentPlan = defineKind({
  rank: 2,
  shape: createDeploymentPlanRequest,
  namesOf: ({ EdgeDeploymentPlanName }) => [nameOf('edgeDeploymentPlan', EdgeDeploymentPlanName)],
  async apply(context, request, json) {
    const { EdgeDeploymentPlanName: name } = request;
    const text = nameOf('edgeDeploymentPlan', name);
    const before = await context.tx.getResource('edgeDeploymentPlan', name, null);
    const isStale = request.ModelConfigs.some((config) => context.changedJobs.has(config.EdgePackagingJobName));
    if (before !== null && !isStale && isSamePlan(before, deploymentPlanDocument(request))) {
      return line('unchanged', text);
    }
    if (before !== null) await dropDeploymentPlan(context, name);
    await createDeploymentPlan(context, { ...request, Tags: request.Tags ?? toTags(before) });
    for (const stageName of stagesToStart(json)) await startStage(context, name, stageName);
    return line(before === null ? 'created' : 'updated', text);
  },
});

function isSamePlan(before: ResourceRow, plan: PlanDocument): boolean {
  const withoutStatus = ({ Stages, ...rest }: PlanDocument) => ({
    ...rest,
    Stages: Stages.map(({ DeploymentStatus: _, ...stage }) => stage),
  });
  return isDeepStrictEqual(withoutStatus(planOf(before)), withoutStatus(plan));
}

interface StageOfFile {
  readonly StageName: string;
  readonly DeploymentStatus?: { readonly StageStatus?: string };
}

function stagesToStart(json: JsonDocument): readonly string[] {
  const stages = (json['Stages'] ?? []) as readonly StageOfFile[];
  return stages
    .filter(({ DeploymentStatus }) => {
      return ['STARTING', 'INPROGRESS'].includes(DeploymentStatus?.StageStatus ?? 'STARTING');
    })
    .map(({ StageName }) => StageName);
}

function tagsOf({ Tags }: { readonly Tags: readonly SagemakerTag[] | null }) {
  return Tags === null ? null : fromTags(Tags);
}

function toTags(row: ResourceRow | null): readonly SagemakerTag[] | null {
  return row?.tags.map(({ key, value }) => ({ Key: key, Value: value })) ?? null;
}
