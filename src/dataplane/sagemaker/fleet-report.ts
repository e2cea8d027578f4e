import { toEpochSeconds } from '../../clock.ts';
import { type Operation } from '../protocol/operation.ts';
import { type JsonDocument, structure } from '../protocol/shape.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { type DeviceWithHeartbeat } from '../store/store.ts';
import { type HeartbeatModel, readHeartbeat } from './heartbeat.ts';
import { arnOf, named, requireResource } from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { entityName } from './shapes.ts';

const readAtOnce = 1000;

/** GetDeviceFleetReport. Connected: heard of within the configured time. [ASSUMED W7] Source: wire.md, section 8. */
export function createFleetReportOperations(control: Control): readonly Operation[] {
  const fleetName = structure({ DeviceFleetName: entityName });
  return [
    sagemakerOperation(
      control,
      'GetDeviceFleetReport',
      fleetName,
      named.fleet,
      async (context, { DeviceFleetName }) => {
        const row = await requireResource(context, 'deviceFleet', DeviceFleetName);
        const { OutputConfig, Description } = JSON.parse(row.request) as JsonDocument;
        return {
          DeviceFleetArn: arnOf(context.account, 'deviceFleet', row.name),
          DeviceFleetName,
          OutputConfig,
          Description,
          ReportGenerated: toEpochSeconds(context.nowMs),
          ...(await countDevices(context, DeviceFleetName)),
        };
      },
    ),
  ];
}

interface ModelStat {
  readonly ModelName: string | undefined;
  readonly ModelVersion: string | undefined;
  OfflineDeviceCount: number;
  ConnectedDeviceCount: number;
  ActiveDeviceCount: number;
  SamplingDeviceCount: number;
}

async function countDevices({ tx, nowMs, connectedWithinMs }: ControlContext, deviceFleetName: string) {
  const stats = { ConnectedDeviceCount: 0, RegisteredDeviceCount: 0 };
  const agents = new Map<string, number>();
  const models = new Map<string, ModelStat>();
  const isRecent = (timeMs: number) => nowMs - timeMs <= connectedWithinMs;

  function count(device: DeviceWithHeartbeat): void {
    stats.RegisteredDeviceCount++;
    const heartbeat = readHeartbeat(device);
    if (heartbeat === null || device.heartbeat === null) return;
    const isConnected = isRecent(device.heartbeat.receivedAtMs);
    if (isConnected) stats.ConnectedDeviceCount++;
    agents.set(heartbeat.AgentVersion, (agents.get(heartbeat.AgentVersion) ?? 0) + 1);
    for (const model of heartbeat.Models) {
      const stat = statOf(models, model);
      if (isConnected) stat.ConnectedDeviceCount++;
      else stat.OfflineDeviceCount++;
      if (isRecent((model.LatestInference ?? 0) * 1000)) stat.ActiveDeviceCount++;
      if (isRecent((model.LatestSampleTime ?? 0) * 1000)) stat.SamplingDeviceCount++;
    }
  }

  let after: DeviceWithHeartbeat | null = null;
  do {
    const rows: readonly DeviceWithHeartbeat[] = await tx.listDevicesWithHeartbeat({
      deviceFleetName,
      after,
      limit: readAtOnce,
    });
    rows.forEach(count);
    after = rows.length < readAtOnce ? null : (rows.at(-1) ?? null);
  } while (after !== null);
  const AgentVersions = Array.from(agents, ([Version, AgentCount]) => ({ Version, AgentCount }));
  return { DeviceStats: stats, AgentVersions, ModelStats: [...models.values()] };
}

function statOf(models: Map<string, ModelStat>, { ModelName, ModelVersion }: HeartbeatModel): ModelStat {
  const key = JSON.stringify([ModelName, ModelVersion]);
  const known = models.get(key);
  if (known !== undefined) return known;
  const counts = { OfflineDeviceCount: 0, ConnectedDeviceCount: 0, ActiveDeviceCount: 0, SamplingDeviceCount: 0 };
  const stat = { ModelName, ModelVersion, ...counts };
  models.set(key, stat);
  return stat;
}
