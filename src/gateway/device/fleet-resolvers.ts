import { readConnection } from '../connection.ts';
import { type Resolvers } from '../generated/resolvers.ts';
import { MAX_SAGEMAKER_PAGE } from '../rules.ts';
import { readDevices } from './resolvers.ts';

/** The registry's fleets. */
export const fleetResolvers: Resolvers = {
  Query: {
    deviceFleets: (_parent, { first, after }, { loaders }) =>
      readConnection(
        { first, after },
        ['deviceFleets'],
        (nextToken, maxResults) => loaders.deviceFleetPage.load({ nextToken, maxResults }),
        { maxPage: MAX_SAGEMAKER_PAGE },
      ),
  },
  DeviceFleet: {
    description: async ({ deviceFleetName }, _args, { loaders }) =>
      (await loaders.deviceFleet.load(deviceFleetName))?.description ?? null,
    registeredDeviceCount: async ({ deviceFleetName }, _args, { loaders }) =>
      (await loaders.deviceFleetReport.load(deviceFleetName))?.registeredDeviceCount ?? null,
    connectedDeviceCount: async ({ deviceFleetName }, _args, { loaders }) =>
      (await loaders.deviceFleetReport.load(deviceFleetName))?.connectedDeviceCount ?? null,
    devices: ({ deviceFleetName }, args, context) => readDevices({ ...args, deviceFleetName }, context),
  },
};
