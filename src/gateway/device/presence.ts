import { type DevicePresence } from '../generated/resolvers.ts';

/** How many heartbeats in a row have to be missed. */
const MISSED_WHEN_LATE = 2;
const MISSED_WHEN_OFFLINE = 3;

/**
 * How lately a device was heard of that is to send a heartbeat every `heartbeatIntervalMs`: LATE once two in a row have not come,
 * OFFLINE once three have not. A heartbeat of a clock ahead of ours counts as one of now.
 */
export function presenceOf(latestHeartbeat: Date | null, heartbeatIntervalMs: number, nowMs: number): DevicePresence {
  if (latestHeartbeat === null) return 'NEVER_SEEN';
  const silentMs = nowMs - latestHeartbeat.getTime();
  if (silentMs > MISSED_WHEN_OFFLINE * heartbeatIntervalMs) return 'OFFLINE';
  return silentMs > MISSED_WHEN_LATE * heartbeatIntervalMs ? 'LATE' : 'ONLINE';
}
