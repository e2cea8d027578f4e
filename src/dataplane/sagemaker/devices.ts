import { toEpochSeconds } from '../../clock.ts';
import { AwsError } from '../protocol/errors.ts';
import { ANY, type Operation } from '../protocol/operation.ts';
import { decodeToken, encodeToken } from '../protocol/page.ts';
import { type Infer, list, string, structure, timestamp } from '../protocol/shape.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type DeviceRow, type DeviceWithHeartbeat } from '../store/store.ts';
import { readHeartbeat } from './heartbeat.ts';
import { deviceArn, named, nameOf, requireDevice, requireResource, wrongToken } from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { entityName, maxResults, nextToken, pageLimit, tags } from './shapes.ts';

const device = structure(
  { DeviceName: entityName },
  {
    Description: string({ min: 1, max: 40, pattern: '[-a-zA-Z0-9_.,;:! ]*' }),
    IotThingName: string({ max: 128, pattern: '[a-zA-Z0-9:_-]+' }),
  },
);
const required = { DeviceFleetName: entityName, Devices: list(device) };

/** RegisterDevices' request. No operation reads the tags back. */
export const registerDevicesRequest = structure(required, { Tags: tags });
const updateDevicesRequest = structure(required);

type Device = Infer<typeof device>;

/** Throws an AwsError if the fleet is unknown or a device is registered in it; none is registered then. */
async function registerDevices(context: ControlContext, fleetName: string, devices: readonly Device[]) {
  await requireResource(context, 'deviceFleet', fleetName);
  for (const registered of devices) await registerDevice(context, fleetName, registered);
  return undefined;
}

/** Registers one device of a fleet that exists. Throws AwsError ResourceInUse if it is registered already. */
export async function registerDevice(context: ControlContext, deviceFleetName: string, request: Device): Promise<void> {
  const { DeviceName: deviceName, Description: description, IotThingName: iotThingName } = request;
  if ((await context.tx.getDevice(deviceFleetName, deviceName)) !== null) {
    const message = `Expected a new device in ${nameOf('deviceFleet', deviceFleetName)}, got ${deviceName}, which is registered`;
    throw new AwsError('ResourceInUse', message);
  }
  const registrationTimeMs = context.nowMs;
  await context.tx.putDevice({ deviceFleetName, deviceName, description, iotThingName, registrationTimeMs });
}

/** A device with what the request gives; what it does not give is as it was. */
export function changedDevice(before: DeviceRow, { Description, IotThingName }: Device): DeviceRow {
  const description = Description ?? before.description;
  return { ...before, description, iotThingName: IotThingName ?? before.iotThingName };
}

async function updateDevices(context: ControlContext, fleetName: string, devices: readonly Device[]) {
  for (const changed of devices) {
    const before = await requireDevice(context, fleetName, changed.DeviceName);
    await context.tx.putDevice(changedDevice(before, changed));
  }
  return undefined;
}

const listDevicesRequest = structure(
  {},
  {
    NextToken: nextToken,
    MaxResults: maxResults,
    LatestHeartbeatAfter: timestamp,
    ModelName: entityName,
    DeviceFleetName: entityName,
  },
);

/** The operations on devices. Source: wire.md, sections 5 [ASSUMED W5] and 8.1. */
export function createDeviceOperations(control: Control): readonly Operation[] {
  const one = structure({ DeviceName: entityName, DeviceFleetName: entityName }, { NextToken: nextToken });
  const names = structure({ DeviceFleetName: entityName, DeviceNames: list(entityName) });
  const devicesIn = ({ DeviceFleetName, Devices }: Infer<typeof updateDevicesRequest>) =>
    named.devices(
      DeviceFleetName,
      Devices.map(({ DeviceName }) => DeviceName),
    );
  const namesIn = ({ DeviceFleetName, DeviceNames }: Infer<typeof names>) =>
    named.devices(DeviceFleetName, DeviceNames);
  const oneIn = ({ DeviceFleetName, DeviceName }: Infer<typeof one>) => named.devices(DeviceFleetName, [DeviceName]);
  return [
    sagemakerOperation(control, 'RegisterDevices', registerDevicesRequest, devicesIn, (context, request) =>
      registerDevices(context, request.DeviceFleetName, request.Devices),
    ),
    sagemakerOperation(control, 'UpdateDevices', updateDevicesRequest, devicesIn, (context, request) =>
      updateDevices(context, request.DeviceFleetName, request.Devices),
    ),
    sagemakerOperation(
      control,
      'DeregisterDevices',
      names,
      namesIn,
      async (context, { DeviceFleetName, DeviceNames }) => {
        await requireResource(context, 'deviceFleet', DeviceFleetName);
        // One that is not registered is as it is wanted.
        for (const name of DeviceNames) await context.tx.deleteDevice(DeviceFleetName, name);
        return undefined;
      },
    ),
    sagemakerOperation(control, 'DescribeDevice', one, oneIn, async (context, { DeviceFleetName, DeviceName }) => {
      const row = await requireDevice(context, DeviceFleetName, DeviceName);
      const heartbeat = await context.tx.getHeartbeat(DeviceFleetName, DeviceName);
      return describeDevice(context.account, { ...row, heartbeat });
    }),
    sagemakerOperation(control, 'ListDevices', listDevicesRequest, () => ANY, listDevices),
  ];
}

async function listDevices({ tx, account }: ControlContext, request: Infer<typeof listDevicesRequest>) {
  const limit = request.MaxResults ?? pageLimit;
  const found: DeviceWithHeartbeat[] = [];
  let after = request.NextToken === null ? null : readToken(request.NextToken);
  // One more than the page holds tells whether there is a next one.
  while (found.length <= limit) {
    const rows = await tx.listDevicesWithHeartbeat({
      deviceFleetName: request.DeviceFleetName,
      after,
      limit: limit + 1,
    });
    found.push(...rows.filter((row) => isAskedFor(row, request)));
    after = rows.at(-1) ?? null;
    if (rows.length <= limit) break;
  }
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const next = last && { NextToken: encodeToken([last.deviceFleetName, last.deviceName]) };
  return { DeviceSummaries: page.map((row) => summary(account, row)), ...next };
}

function readToken(token: string): Pick<DeviceRow, 'deviceFleetName' | 'deviceName'> {
  const [deviceFleetName, deviceName] = decodeToken(token) ?? [];
  if (typeof deviceFleetName !== 'string' || typeof deviceName !== 'string') throw wrongToken();
  return { deviceFleetName, deviceName };
}

function isAskedFor(row: DeviceWithHeartbeat, request: Infer<typeof listDevicesRequest>): boolean {
  const { LatestHeartbeatAfter: afterMs, ModelName } = request;
  if (afterMs !== null && (row.heartbeat === null || row.heartbeat.receivedAtMs <= afterMs)) return false;
  return ModelName === null || readHeartbeat(row)?.Models.some((model) => model.ModelName === ModelName) === true;
}

function describeDevice(account: Account, row: DeviceWithHeartbeat): object {
  const Models = readHeartbeat(row)?.Models.map(({ ModelName, ModelVersion, LatestSampleTime, LatestInference }) => ({
    ModelName,
    ModelVersion,
    LatestSampleTime,
    LatestInference,
  }));
  return { ...summary(account, row), Models };
}

function summary(account: Account, row: DeviceWithHeartbeat): object {
  const heartbeat = readHeartbeat(row);
  return {
    DeviceName: row.deviceName,
    DeviceArn: deviceArn(account, row),
    Description: row.description ?? undefined,
    DeviceFleetName: row.deviceFleetName,
    IotThingName: row.iotThingName ?? undefined,
    RegistrationTime: toEpochSeconds(row.registrationTimeMs),
    LatestHeartbeat: row.heartbeat === null ? undefined : toEpochSeconds(row.heartbeat.receivedAtMs),
    Models: heartbeat?.Models.map(({ ModelName, ModelVersion }) => ({ ModelName, ModelVersion })),
    AgentVersion: heartbeat?.AgentVersion,
  };
}
