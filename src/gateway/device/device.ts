import type { DeviceAnswer, DeviceKey } from '../upstream/upstream.ts';

/** A device as the resolvers see it: its identity. What else is known of it is in the loaders. */
export type Device = DeviceKey;

/** A model on a device. When it was last used, only DescribeDevice tells. */
export interface DeviceModel extends Pick<DeviceAnswer['models'][number], 'modelName' | 'modelVersion'> {
  readonly device: Device;
}

/** One string for one device, for caches and watches. */
export function deviceKeyText(key: DeviceKey): string {
  return `${key.deviceFleetName}/${key.deviceName}`;
}
