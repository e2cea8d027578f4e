import { type Infer } from '../protocol/shape.ts';
import { type deploymentPlan, type packagingJob } from './shapes.ts';

type Plan = Infer<typeof deploymentPlan>;
type PackagingJob = Infer<typeof packagingJob>;
type Stage = NonNullable<Plan['Stages']>[number];

/** One device's part in a plan; `definition` is the EdgeDeployment that GetDeployments answers. */
export interface PlannedDeployment {
  readonly deviceName: string;
  readonly definition: object;
}

/**
 * One deployment for each selected device, as if every stage had been started; the first stage that selects a device has
 * it. `deviceNames` are the fleet's, in order; `jobs` the packaging jobs by name. [ASSUMED W7] Source: wire.md, 8.2, 9.11.
 */
export function planDeployments(
  plan: Plan,
  deviceNames: readonly string[],
  jobs: ReadonlyMap<string, PackagingJob>,
): readonly PlannedDeployment[] {
  const planned = new Map<string, PlannedDeployment>();
  const Definitions = plan.ModelConfigs.map(({ ModelHandle, EdgePackagingJobName }) => {
    const job = jobs.get(EdgePackagingJobName);
    if (job === undefined)
      throw new Error(`Expected edge packaging job ${EdgePackagingJobName} to be loaded, got none`);
    const sum = sha1Of(job);
    const checksum = sum === null ? {} : { Checksum: { Type: 'SHA1', Sum: sum } };
    return { ModelHandle, S3Url: artifactOf(job), ...checksum, State: 'DEPLOY' };
  });
  for (const stage of plan.Stages ?? []) {
    const definition = {
      DeploymentName: plan.EdgeDeploymentPlanName,
      Type: 'Model',
      // Rolling back is the default of the API.
      FailureHandlingPolicy: stage.DeploymentConfig?.FailureHandlingPolicy ?? 'ROLLBACK_ON_FAILURE',
      Definitions,
    };
    for (const deviceName of selectDevices(stage, deviceNames, planned))
      planned.set(deviceName, { deviceName, definition });
  }
  return [...planned.values()];
}

/** The text of the tag `fleetgraph:sha1`, the SHA-1 of the artifact in lower-case hex; null: not known. */
export function sha1Of(job: PackagingJob): string | null {
  return job.Tags?.find(({ Key }) => Key === 'fleetgraph:sha1')?.Value ?? null;
}

function artifactOf(job: PackagingJob): string {
  const location = job.OutputConfig.S3OutputLocation;
  const endsInFile = /^s3:\/\/[^/]+\/(?:.*\/)?[^/]+\.[^/]+$/.test(location);
  return endsInFile ? location : `${location.replace(/\/$/, '')}/${job.ModelName}-${job.ModelVersion}.tar.gz`;
}

function selectDevices(
  { DeviceSelectionConfig: config }: Stage,
  deviceNames: readonly string[],
  taken: ReadonlyMap<string, unknown>,
): readonly string[] {
  const free = deviceNames.filter((deviceName) => !taken.has(deviceName));
  switch (config.DeviceSubsetType) {
    case 'PERCENTAGE':
      return free.slice(0, Math.ceil((deviceNames.length * (config.Percentage ?? 0)) / 100));
    case 'SELECTION':
      return free.filter((deviceName) => config.DeviceNames?.includes(deviceName));
    case 'NAMECONTAINS':
      return free.filter((deviceName) => deviceName.includes(config.DeviceNameContains ?? ''));
  }
}
