import { toEpochSeconds } from '../../clock.ts';
import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, type Operation } from '../protocol/operation.ts';
import { boolean, type Infer, type JsonDocument, oneOf, string, structure } from '../protocol/shape.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import {
  arnOf,
  filterRows,
  fromTags,
  named,
  nameOf,
  newRow,
  pageAnswer,
  requireAbsent,
  requireResource,
} from './resources.ts';
import { sagemakerOperation } from './service.ts';
import { entityName, listMembers, outputConfig, roleArn, tags } from './shapes.ts';

const required = { DeviceFleetName: entityName, OutputConfig: outputConfig };
const optional = {
  RoleArn: roleArn,
  Description: string({ min: 1, max: 800, pattern: '[-a-zA-Z0-9_.,;:! ]*' }),
  EnableIotRoleAlias: boolean,
};

/** CreateDeviceFleet's request. */
export const createDeviceFleetRequest = structure(required, { ...optional, Tags: tags });
const updateDeviceFleetRequest = structure(required, optional);

type CreateDeviceFleet = Infer<typeof createDeviceFleetRequest>;
type UpdateDeviceFleet = Omit<CreateDeviceFleet, 'Tags'> & Partial<Pick<CreateDeviceFleet, 'Tags'>>;

/** A fleet as the store has it: what the request gives, and what it does not give as it was. */
export function deviceFleetDocument({ Tags: _, ...request }: UpdateDeviceFleet, before: JsonDocument): JsonDocument {
  return { ...before, ...withoutNulls(request) };
}

/** Throws AwsError ResourceInUse if there is one of the name. */
export async function createDeviceFleet(context: ControlContext, request: CreateDeviceFleet): Promise<void> {
  await requireAbsent(context, 'deviceFleet', request.DeviceFleetName);
  const document = deviceFleetDocument(request, {});
  await context.tx.putResource(newRow(context, 'deviceFleet', request.DeviceFleetName, document, request.Tags));
}

/** Keeps what is not given. Throws AwsError ResourceNotFound if there is none. */
export async function updateDeviceFleet(context: ControlContext, request: UpdateDeviceFleet): Promise<void> {
  const before = await requireResource(context, 'deviceFleet', request.DeviceFleetName);
  await context.tx.putResource({
    ...before,
    request: JSON.stringify(deviceFleetDocument(request, JSON.parse(before.request) as JsonDocument)),
    tags: request.Tags ? fromTags(request.Tags) : before.tags,
    lastUpdateTimeMs: context.nowMs,
  });
}

async function deleteDeviceFleet(context: ControlContext, name: string): Promise<undefined> {
  const { tx } = context;
  await requireResource(context, 'deviceFleet', name);
  const plans = await tx.listResources('edgeDeploymentPlan');
  const plan = plans.find(({ request }) => (JSON.parse(request) as JsonDocument)['DeviceFleetName'] === name);
  const [device] = await tx.listDevicesWithHeartbeat({ deviceFleetName: name, after: null, limit: 1 });
  const user = device === undefined ? plan && nameOf('edgeDeploymentPlan', plan.name) : `device ${device.deviceName}`;
  if (user !== undefined) {
    const message = `Expected ${nameOf('deviceFleet', name)} to have no devices and no plans, got ${user}`;
    throw new AwsError('ResourceInUse', message);
  }
  await tx.deleteResource('deviceFleet', name);
}

/** The operations on device fleets. Source: wire.md, section 8.1. */
export function createDeviceFleetOperations(control: Control): readonly Operation[] {
  const fleetName = structure({ DeviceFleetName: entityName });
  const sortBy = oneOf(['NAME', 'CREATION_TIME', 'LAST_MODIFIED_TIME']);
  return [
    sagemakerOperation(
      control,
      'CreateDeviceFleet',
      createDeviceFleetRequest,
      named.fleet,
      async (context, request) => {
        await createDeviceFleet(context, request);
        return undefined;
      },
    ),
    sagemakerOperation(
      control,
      'UpdateDeviceFleet',
      updateDeviceFleetRequest,
      named.fleet,
      async (context, request) => {
        await updateDeviceFleet(context, request);
        return undefined;
      },
    ),
    sagemakerOperation(control, 'DescribeDeviceFleet', fleetName, named.fleet, async (context, { DeviceFleetName }) =>
      describeDeviceFleet(context.account, await requireResource(context, 'deviceFleet', DeviceFleetName)),
    ),
    sagemakerOperation(
      control,
      'ListDeviceFleets',
      structure({}, { ...listMembers, SortBy: sortBy }),
      () => ANY,
      async ({ tx, account }, request) => {
        const rows = filterRows(await tx.listResources('deviceFleet'), request);
        const { entries, next } = pageAnswer(rows, (row) => sortKey(row, request.SortBy), request);
        return { DeviceFleetSummaries: entries.map((row) => summary(account, row)), ...next };
      },
    ),
    sagemakerOperation(control, 'DeleteDeviceFleet', fleetName, named.fleet, (context, { DeviceFleetName }) =>
      deleteDeviceFleet(context, DeviceFleetName),
    ),
  ];
}

function sortKey(row: ResourceRow, sortBy: string | null): readonly (string | number)[] {
  if (sortBy === 'CREATION_TIME') return [row.creationTimeMs, row.name];
  if (sortBy === 'LAST_MODIFIED_TIME') return [row.lastUpdateTimeMs, row.name];
  return [row.name];
}

/** What DescribeDeviceFleet answers. */
function describeDeviceFleet(account: Account, row: ResourceRow): object {
  const { OutputConfig, Description, RoleArn } = JSON.parse(row.request) as JsonDocument;
  return { ...summary(account, row), OutputConfig, Description, RoleArn };
}

function summary(account: Account, row: ResourceRow): object {
  return {
    DeviceFleetArn: arnOf(account, 'deviceFleet', row.name),
    DeviceFleetName: row.name,
    CreationTime: toEpochSeconds(row.creationTimeMs),
    LastModifiedTime: toEpochSeconds(row.lastUpdateTimeMs),
  };
}
