import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { type JsonDocument } from '../protocol/shape.ts';
import { type Catalog } from '../runtime/catalog.ts';
import { type ControlContext } from '../runtime/control.ts';
import { type ResourceRow, type ResourceTag, type Transaction } from '../store/store.ts';
import { mergeTags, requireAbsent, requireResource } from './resources.ts';

/** What detector models and alarm models differ in. */
export interface ModelKind {
  readonly kind: 'detectorModel' | 'alarmModel';
  /** Throws an AwsError for a model that cannot run, `overQuota` for one that is too much. */
  compile(context: ControlContext, document: JsonDocument, overQuota: OverQuota): CompiledModel;
  withoutModel(catalog: Catalog, name: string): Catalog;
  /** Deletes the detectors or alarms of a model. */
  deleteInstances(tx: Transaction, name: string): Promise<unknown>;
}

type OverQuota = (message: string) => AwsError;

/** A model that can run; `notes` are what its writer should know. */
interface CompiledModel {
  readonly notes: readonly Issue[];
  publish(catalog: Catalog, version: string): Catalog;
}

/** A version of a model that was published. */
export interface PublishedModel {
  readonly row: ResourceRow;
  readonly notes: readonly Issue[];
}

/** Publishes version 1, also of a name that was deleted. [ASSUMED A40c] Throws an AwsError if there is one of the name. */
export async function createModel(
  context: ControlContext,
  model: ModelKind,
  name: string,
  document: JsonDocument,
  tags: readonly ResourceTag[] | null,
): Promise<PublishedModel> {
  await requireAbsent(context, model.kind, name);
  const overQuota = (message: string) => new AwsError('LimitExceededException', message);
  const compiled = model.compile(context, document, overQuota);
  return publish(context, model, compiled, {
    kind: model.kind,
    name,
    version: 1,
    request: JSON.stringify(document),
    tags: mergeTags(context, [], tags ?? []),
    creationTimeMs: context.nowMs,
    lastUpdateTimeMs: context.nowMs,
  });
}

/**
 * Publishes the next version and deletes the detectors or alarms, which new messages create again. `tags` null: as they were.
 * Throws an AwsError if there is no such model. Source: detector-engine.md, 13.1, 13.2.
 */
export async function updateModel(
  context: ControlContext,
  model: ModelKind,
  name: string,
  /** Makes the new document, with what an update cannot change from the one before. */
  revise: (before: JsonDocument) => JsonDocument,
  tags: readonly ResourceTag[] | null,
): Promise<PublishedModel> {
  const before = await requireResource(context, model.kind, name);
  const document = revise(JSON.parse(before.request) as JsonDocument);
  // Updates do not model LimitExceededException. Source: wire.md, section 6.
  const overQuota = (message: string) => new AwsError('InvalidRequestException', message);
  const compiled = model.compile(context, document, overQuota);
  const version = before.version + 1;
  const { maxVersionsPerModel } = context.quotas;
  if (version > maxVersionsPerModel) {
    throw overQuota(`Expected at most ${maxVersionsPerModel} versions of a model, got ${version}`);
  }
  return publish(context, model, compiled, {
    ...before,
    version,
    request: JSON.stringify(document),
    tags: tags === null ? before.tags : mergeTags(context, [], tags),
    lastUpdateTimeMs: context.nowMs,
  });
}

/** Deletes all versions and all detectors or alarms. Throws an AwsError if there is no such model. */
export async function deleteModel(context: ControlContext, model: ModelKind, name: string): Promise<void> {
  await requireResource(context, model.kind, name);
  await context.tx.deleteResource(model.kind, name);
  await model.deleteInstances(context.tx, name);
  context.catalog.current = model.withoutModel(context.catalog.current, name);
}

async function publish(context: ControlContext, model: ModelKind, compiled: CompiledModel, row: ResourceRow) {
  await context.tx.putResource(row);
  await model.deleteInstances(context.tx, row.name);
  context.catalog.current = compiled.publish(context.catalog.current, String(row.version));
  return { row, notes: compiled.notes };
}

/** A version with its status. [ASSUMED A40] the latest version is ACTIVE, older ones are INACTIVE. */
export async function describeModel(
  context: ControlContext,
  model: ModelKind,
  name: string,
  version: string | null,
): Promise<{ readonly row: ResourceRow; readonly status: ModelStatus }> {
  const current = await requireResource(context, model.kind, name);
  const row = version === null ? current : await requireResource(context, model.kind, name, version);
  return { row, status: statusOf(row, current) };
}

/** What a version is: the current one, or an older one. */
export type ModelStatus = 'ACTIVE' | 'INACTIVE';

/** All versions with their status. Throws an AwsError if there is no such model. */
export async function listModelVersions(context: ControlContext, model: ModelKind, name: string) {
  const current = await requireResource(context, model.kind, name);
  const rows = await context.tx.listResourceVersions(model.kind, name);
  return rows.map((row) => ({ row, status: statusOf(row, current) }));
}

function statusOf(row: ResourceRow, current: ResourceRow): ModelStatus {
  return row.version === current.version ? 'ACTIVE' : 'INACTIVE';
}
