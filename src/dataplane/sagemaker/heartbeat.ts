import { withoutNulls } from '../protocol/json-document.ts';
import { type JsonDocument } from '../protocol/shape.ts';
import { type DeviceWithHeartbeat } from '../store/store.ts';

/** What the control plane tells of a device's last heartbeat; times in epoch seconds, members as they came. */
export interface HeartbeatModel {
  readonly ModelName?: string;
  readonly ModelVersion?: string;
  readonly LatestSampleTime?: number;
  readonly LatestInference?: number;
}

interface Heartbeat {
  readonly AgentVersion: string;
  readonly Models: readonly HeartbeatModel[];
}

/** The last heartbeat, out of its SendHeartbeat request; null: the device has sent none. */
export function readHeartbeat({ heartbeat }: Pick<DeviceWithHeartbeat, 'heartbeat'>): Heartbeat | null {
  if (heartbeat === null) return null;
  const { AgentVersion, Models = [] } = withoutNulls(JSON.parse(heartbeat.request) as JsonDocument) as HeartbeatRequest;
  return { AgentVersion, Models };
}

type HeartbeatRequest = Omit<Heartbeat, 'Models'> & Partial<Heartbeat>;
