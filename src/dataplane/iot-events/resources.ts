import { type Issue, type Reading } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { pageOf, type SortKey } from '../protocol/page.ts';
import { type Account, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow, type ResourceTag } from '../store/store.ts';

/** The kinds that have names, ARNs and tags, and how messages call them. */
const kindNames = { input: 'Input', detectorModel: 'Detector model', alarmModel: 'Alarm model' } as const;

/** A kind of resource with a name, an ARN and tags. */
export type NamedKind = keyof typeof kindNames;

const pageLimit = 250;
const shownIssues = 10;

/** [ASSUMED A0] an alarm model's is like a detector model's. Source: detector-engine.md, 1.3. */
export function arnOf({ region, accountId }: Account, kind: NamedKind, name: string): string {
  return `arn:aws:iotevents:${region}:${accountId}:${kind}/${name}`;
}

/** The kind and name in an ARN of this account; null for any other text. */
export function parseArn({ region, accountId }: Account, arn: string): { kind: NamedKind; name: string } | null {
  const prefix = `arn:aws:iotevents:${region}:${accountId}:`;
  const [kind = '', name, ...rest] = arn.slice(prefix.length).split('/');
  if (!arn.startsWith(prefix) || !Object.hasOwn(kindNames, kind) || name === undefined || rest.length > 0) return null;
  return { kind: kind as NamedKind, name };
}

/** The resource, or one version of it (null: the current one). Throws AwsError 404. */
export async function requireResource(
  { tx }: ControlContext,
  kind: NamedKind,
  name: string,
  version: string | null = null,
): Promise<ResourceRow> {
  const isNumber = version === null || /^[1-9]\d{0,14}$/.test(version);
  const found = isNumber ? await tx.getResource(kind, name, version === null ? null : Number(version)) : null;
  if (found !== null) return found;
  const which = version === null ? '' : ` in version ${version}`;
  throw new AwsError('ResourceNotFoundException', `${kindNames[kind]} of name: ${name} not found${which}`);
}

/** Throws AwsError 409 if there is such a resource. */
export async function requireAbsent({ tx, account }: ControlContext, kind: NamedKind, name: string): Promise<void> {
  if ((await tx.getResource(kind, name, null)) === null) return;
  throw new AwsError('ResourceAlreadyExistsException', `${kindNames[kind]} of name: ${name} already exists`, {
    members: { resourceId: name, resourceArn: arnOf(account, kind, name) },
  });
}

/** What the engine has read. Throws AwsError 400 with everything that it has found wrong. */
export function requireValid<T>(reading: Reading<T>): Extract<Reading<T>, { readonly ok: true }> {
  if (reading.ok) return reading;
  const { issues } = reading;
  const shown = issues.slice(0, shownIssues).map(issueText);
  const message = `${issues.length} validation ${issues.length === 1 ? 'error' : 'errors'} detected: ${shown.join('; ')}`;
  throw new AwsError('InvalidRequestException', message, { issues });
}

function issueText({ path, message }: Issue): string {
  return message.includes(`'${path}'`) ? message : `${message} (${path})`;
}

/** A resource's tags: of two with one key the last counts. Throws an AwsError, of the type, for too many. */
export function mergeTags(
  { quotas }: ControlContext,
  before: readonly ResourceTag[],
  added: readonly ResourceTag[],
  type: 'LimitExceededException' | 'InvalidRequestException' = 'LimitExceededException',
): readonly ResourceTag[] {
  const merged = new Map([...before, ...added].map((tag) => [tag.key, tag]));
  if (merged.size <= quotas.maxTagsPerResource) return [...merged.values()];
  throw new AwsError(type, `Expected at most ${quotas.maxTagsPerResource} tags on a resource, got ${merged.size}`);
}

/** The answer of a list operation: the summaries of one page under `member`. Throws AwsError 400 for a wrong nextToken. */
export function listAnswer<T>(
  member: string,
  list: readonly T[],
  keyOf: (entry: T) => SortKey,
  request: { readonly nextToken: string | null; readonly maxResults: number | null },
  summaryOf: (entry: T) => object,
): object {
  const page = pageOf(list, keyOf, { nextToken: request.nextToken, limit: request.maxResults ?? pageLimit });
  if (page === null) {
    const message = 'Expected a nextToken that an earlier answer gave, got another text';
    throw new AwsError('InvalidRequestException', message);
  }
  return { [member]: page.entries.map(summaryOf), ...(page.nextToken !== null && { nextToken: page.nextToken }) };
}
