import type DataLoader from 'dataloader';
import { createReadLoader } from '../read-loader.ts';
import {
  type DeploymentAnswer,
  type DeviceKey,
  type DeviceRegistrationAnswer,
  type Upstream,
  type UpstreamCall,
} from '../upstream/upstream.ts';
import { deviceKeyText } from './device.ts';

/** What one operation reads of devices. Each load rejects with an UpstreamError. */
export interface DeviceLoaders {
  readonly deviceRegistration: DataLoader<DeviceKey, DeviceRegistrationAnswer, string>;
  readonly deployments: DataLoader<DeviceKey, readonly DeploymentAnswer[], string>;
}

/** Loaders for one operation; they stop when `call.signal` aborts. */
export function createDeviceLoaders(upstream: Upstream, call: UpstreamCall): DeviceLoaders {
  return {
    deviceRegistration: createReadLoader((key) => upstream.getDeviceRegistration(key, call), deviceKeyText),
    deployments: createReadLoader((key) => upstream.getDeployments(key, call), deviceKeyText),
  };
}
