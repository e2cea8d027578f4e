import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { getLoggingOptions } from '../iot-events/logging.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { countersOf, planOf, stageStatus } from '../sagemaker/deployment-plan.ts';
import { type ResourceKind, type ResourceRow } from '../store/store.ts';

/** Where each kind goes, below the directory. */
const folders = {
  input: 'inputs',
  detectorModel: 'detector-models',
  alarmModel: 'alarm-models',
  deviceFleet: 'device-fleets',
  edgePackagingJob: 'edge-packaging-jobs',
  edgeDeploymentPlan: 'edge-deployment-plans',
} as const satisfies Partial<Record<ResourceKind, string>>;

/** A resource as the request that makes it. */
export interface ExportedFile {
  /** Below the directory. */
  readonly path: string;
  readonly request: object;
}

/** Every resource, models in their current version, as files that change nothing when they are loaded. */
export async function exportResources(control: Control): Promise<readonly ExportedFile[]> {
  return control.transact(listFiles);
}

/** Writes the files as JSON, over those that are there. Rejects if one cannot be written or is not below the directory. */
export async function writeFiles(files: readonly ExportedFile[], directory: string): Promise<void> {
  const outside = files.find(({ path }) => relative(directory, join(directory, path)).startsWith('..'));
  if (outside !== undefined) throw new Error(`Expected files below ${directory}, got ${outside.path}`);
  for (const { path, request } of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(request, null, 2)}\n`);
  }
}

async function listFiles(context: ControlContext): Promise<readonly ExportedFile[]> {
  const files: ExportedFile[] = [];
  for (const [kind, folder] of Object.entries(folders) as [keyof typeof folders, string][]) {
    for (const row of await context.tx.listResources(kind)) {
      files.push({ path: join(folder, `${row.name}.json`), request: await requestOf(context, row) });
    }
  }
  const logging = await getLoggingOptions(context);
  if (logging !== null) {
    files.push({ path: 'logging-options.json', request: { loggingOptions: JSON.parse(logging.request) as object } });
  }
  return [...files, ...(await listDeviceFiles(context))];
}

async function requestOf(context: ControlContext, row: ResourceRow): Promise<object> {
  const tagged = { ...(JSON.parse(row.request) as object), ...tagsOf(row) };
  if (row.kind !== 'edgeDeploymentPlan') return tagged;
  const counts = await context.tx.countDeployments(row.name);
  const Stages = planOf(row).Stages.map((stage) => {
    const StageStatus = stageStatus(stage, countersOf(counts, stage.StageName));
    return { ...stage, DeploymentStatus: { ...stage.DeploymentStatus, StageStatus } };
  });
  return { ...tagged, Stages };
}

/** Sagemaker's tags have capital members. */
function tagsOf({ kind, tags }: ResourceRow): object {
  if (tags.length === 0) return {};
  const isIotEvents = kind === 'input' || kind === 'detectorModel' || kind === 'alarmModel';
  return isIotEvents ? { tags } : { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}

async function listDeviceFiles({ tx }: ControlContext): Promise<readonly ExportedFile[]> {
  const files: ExportedFile[] = [];
  for (const { name: DeviceFleetName } of await tx.listResources('deviceFleet')) {
    const Devices = (await tx.listDevices(DeviceFleetName)).map(({ deviceName, description, iotThingName }) => ({
      DeviceName: deviceName,
      ...(description !== null && { Description: description }),
      ...(iotThingName !== null && { IotThingName: iotThingName }),
    }));
    if (Devices.length === 0) continue;
    files.push({ path: join('devices', `${DeviceFleetName}.json`), request: { DeviceFleetName, Devices } });
  }
  return files;
}
