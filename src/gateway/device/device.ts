import type { DeviceKey } from '../upstream/upstream.ts';

/** A device as the resolvers see it: its identity. Every other field costs a call of its own. */
export type Device = DeviceKey;

/** One string for one device, for caches and watches. */
export function deviceKeyText(key: DeviceKey): string {
  return `${key.deviceFleetName}/${key.deviceName}`;
}
