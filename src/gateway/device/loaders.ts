import type DataLoader from 'dataloader';
import { createReadLoader, type LoaderMakers, pageText } from '../read-loader.ts';
import { nullIf } from '../upstream/errors.ts';
import {
  type DeploymentAnswer,
  type DeviceAnswer,
  type DeviceFleetAnswer,
  type DeviceFleetReportAnswer,
  type DeviceFleetSummaryAnswer,
  type DeviceKey,
  type DevicePageRequest,
  type DeviceRegistrationAnswer,
  type DeviceSummaryAnswer,
  type Page,
  type PageRequest,
} from '../upstream/upstream.ts';
import { deviceKeyText } from './device.ts';

/** What one operation reads of devices and fleets. Each load rejects with an UpstreamError. */
export interface DeviceLoaders {
  readonly deviceRegistration: DataLoader<DeviceKey, DeviceRegistrationAnswer, string>;
  readonly deployments: DataLoader<DeviceKey, readonly DeploymentAnswer[], string>;
  /** DescribeDevice. Null: there is no such device, or no registry. */
  readonly deviceDescription: DataLoader<DeviceKey, DeviceAnswer | null, string>;
  /** As a ListDevices page told if one did, else as `deviceDescription`. */
  readonly deviceSummary: DataLoader<DeviceKey, DeviceSummaryAnswer | null, string>;
  readonly devicePage: DataLoader<DevicePageRequest, Page<DeviceSummaryAnswer>, string>;
  readonly deviceFleetPage: DataLoader<PageRequest, Page<DeviceFleetSummaryAnswer>, string>;
  /** By name. Null: there is no such fleet. */
  readonly deviceFleet: DataLoader<string, DeviceFleetAnswer | null>;
  readonly deviceFleetReport: DataLoader<string, DeviceFleetReportAnswer | null>;
}

/** The loaders of devices and fleets. */
export const deviceLoaders: LoaderMakers<DeviceLoaders> = {
  deviceRegistration: ({ upstream, call }) =>
    createReadLoader((key) => upstream.getDeviceRegistration(key, call), deviceKeyText),
  deployments: ({ upstream, call }) => createReadLoader((key) => upstream.getDeployments(key, call), deviceKeyText),
  deviceDescription: ({ upstream, call }) =>
    createReadLoader((key) => nullIf('NOT_CONFIGURED', upstream.describeDevice(key, call)), deviceKeyText),
  deviceSummary: (_reading, { deviceDescription }) =>
    createReadLoader<DeviceKey, DeviceSummaryAnswer | null>((key) => deviceDescription.load(key), deviceKeyText),
  devicePage: ({ upstream, call }, { deviceSummary }) =>
    createReadLoader(
      async (request) => {
        const page = await upstream.listDevices(request, call);
        for (const device of page.items) deviceSummary.prime(device, device);
        return page;
      },
      ({ deviceFleetName, ...page }) => JSON.stringify([deviceFleetName, pageText(page)]),
    ),
  deviceFleetPage: ({ upstream, call }) => createReadLoader((page) => upstream.listDeviceFleets(page, call), pageText),
  deviceFleet: ({ upstream, call }) =>
    createReadLoader((name: string) => upstream.describeDeviceFleet(name, call), String),
  deviceFleetReport: ({ upstream, call }) =>
    createReadLoader((name: string) => upstream.getDeviceFleetReport(name, call), String),
};
