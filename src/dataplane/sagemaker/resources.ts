import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { pageOf, type SortKey } from '../protocol/page.ts';
import { type JsonDocument } from '../protocol/shape.ts';
import { type Account, type ControlContext } from '../runtime/control.ts';
import { type DeviceRow, type ResourceRow, type ResourceTag } from '../store/store.ts';
import { pageLimit } from './shapes.ts';

/** The kinds of sagemaker's resources: how messages and how ARNs call them. Source: wire.md, 9.7. */
const kinds = {
  deviceFleet: { text: 'device fleet', arn: 'device-fleet' },
  edgePackagingJob: { text: 'edge packaging job', arn: 'edge-packaging-job' },
  edgeDeploymentPlan: { text: 'edge deployment plan', arn: 'edge-deployment' },
} as const;

/** A kind of sagemaker resource, other than devices. */
export type SagemakerKind = keyof typeof kinds;

/** The ARN of a fleet, packaging job or plan. */
export function arnOf({ region, accountId }: Account, kind: SagemakerKind, name: string): string {
  return `arn:aws:sagemaker:${region}:${accountId}:${kinds[kind].arn}/${name}`;
}

/** The ARN of a device, which is below its fleet's. */
export function deviceArn(account: Account, device: Pick<DeviceRow, 'deviceFleetName' | 'deviceName'>): string {
  return `${arnOf(account, 'deviceFleet', device.deviceFleetName)}/device/${device.deviceName}`;
}

/** What requests name, as policies do: ARNs from the account on. */
export const named = {
  fleet: (request: { readonly DeviceFleetName: string }) => [`device-fleet/${request.DeviceFleetName}`],
  devices: (fleetName: string, names: readonly string[]) =>
    names.map((name) => `device-fleet/${fleetName}/device/${name}`),
  packagingJob: (request: { readonly EdgePackagingJobName: string }) => [
    `edge-packaging-job/${request.EdgePackagingJobName}`,
  ],
  plan: (request: { readonly EdgeDeploymentPlanName: string }) => [`edge-deployment/${request.EdgeDeploymentPlanName}`],
};

/** How messages name a resource: `device fleet demo`. */
export function nameOf(kind: SagemakerKind, name: string): string {
  return `${kinds[kind].text} ${name}`;
}

/** Throws AwsError ResourceNotFound. */
export async function requireResource({ tx }: ControlContext, kind: SagemakerKind, name: string): Promise<ResourceRow> {
  const row = await tx.getResource(kind, name, null);
  if (row !== null) return row;
  throw new AwsError('ResourceNotFound', `Expected ${nameOf(kind, name)}, got none`);
}

/** Throws AwsError ResourceInUse if the name is taken. */
export async function requireAbsent({ tx }: ControlContext, kind: SagemakerKind, name: string): Promise<void> {
  if ((await tx.getResource(kind, name, null)) === null) return;
  throw new AwsError('ResourceInUse', `Expected a new name, got that of ${nameOf(kind, name)}, which exists`);
}

/** Throws AwsError ResourceNotFound. */
export async function requireDevice({ tx }: ControlContext, fleetName: string, name: string): Promise<DeviceRow> {
  const device = await tx.getDevice(fleetName, name);
  if (device !== null) return device;
  throw new AwsError('ResourceNotFound', `Expected device ${name} in ${nameOf('deviceFleet', fleetName)}, got none`);
}

/** Throws an AwsError of the type with all issues, if there are any. */
export function refuseIssues(type: 'ValidationException' | 'ResourceNotFound', issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  throw new AwsError(type, issues.map(({ path, message }) => `${message} (${path})`).join('; '), { issues });
}

/** The store's first row of a new resource. */
export function newRow(
  { nowMs }: ControlContext,
  kind: SagemakerKind,
  name: string,
  document: JsonDocument,
  tags: readonly SagemakerTag[] | null,
): ResourceRow {
  const times = { creationTimeMs: nowMs, lastUpdateTimeMs: nowMs };
  return { kind, name, version: 1, request: JSON.stringify(document), tags: fromTags(tags ?? []), ...times };
}

/** A tag as sagemaker writes it. */
export interface SagemakerTag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags as the store has them. */
export function fromTags(tags: readonly SagemakerTag[]): readonly ResourceTag[] {
  return tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
}

interface ListRequest {
  readonly NextToken: string | null;
  readonly MaxResults: number | null;
  readonly CreationTimeAfter: number | null;
  readonly CreationTimeBefore: number | null;
  readonly LastModifiedTimeAfter: number | null;
  readonly LastModifiedTimeBefore: number | null;
  readonly NameContains: string | null;
  readonly SortOrder: 'Ascending' | 'Descending' | null;
}

/** Those of the rows that a list's request asks for by time and name. */
export function filterRows(rows: readonly ResourceRow[], request: ListRequest): readonly ResourceRow[] {
  const isBetween = (timeMs: number, afterMs: number | null, beforeMs: number | null) =>
    (afterMs === null || timeMs > afterMs) && (beforeMs === null || timeMs < beforeMs);
  return rows.filter(
    ({ name, creationTimeMs, lastUpdateTimeMs }) =>
      isBetween(creationTimeMs, request.CreationTimeAfter, request.CreationTimeBefore) &&
      isBetween(lastUpdateTimeMs, request.LastModifiedTimeAfter, request.LastModifiedTimeBefore) &&
      (request.NameContains === null || name.includes(request.NameContains)),
  );
}

/** One page of a list in the order asked for. Throws AwsError ValidationException for a wrong NextToken. */
export function pageAnswer<T>(
  list: readonly T[],
  keyOf: (entry: T) => SortKey,
  request: Pick<ListRequest, 'NextToken' | 'MaxResults'> & Partial<Pick<ListRequest, 'SortOrder'>>,
): { readonly entries: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const page = pageOf(list, keyOf, {
    nextToken: request.NextToken,
    limit: request.MaxResults ?? pageLimit,
    descending: request.SortOrder === 'Descending',
  });
  if (page === null) throw wrongToken();
  return { entries: page.entries, next: page.nextToken === null ? {} : { NextToken: page.nextToken } };
}

/** The error of a NextToken that was never given. */
export function wrongToken(): AwsError {
  return new AwsError('ValidationException', 'Expected a NextToken that an earlier answer gave, got another text');
}
