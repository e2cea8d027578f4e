import { toEpochSeconds } from '../../clock.ts';
import { type DetectorModelDefinition } from '../../engine/detector/definition.ts';
import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { document, type Infer, type JsonDocument, oneOf, structure } from '../protocol/shape.ts';
import { withModel } from '../runtime/catalog.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import {
  createModel,
  deleteModel,
  describeModel,
  listModelVersions,
  type ModelKind,
  type ModelStatus,
  type PublishedModel,
  updateModel,
} from './models.ts';
import { arnOf, listAnswer, requireValid } from './resources.ts';
import { iotEvents } from './service.ts';
import { description, jsonPath, modelName, modelVersion, paging, pagingQuery, roleArn, tags } from './shapes.ts';

const required = { detectorModelName: modelName, detectorModelDefinition: document, roleArn };
const optional = { evaluationMethod: oneOf(['BATCH', 'SERIAL']), detectorModelDescription: description };

/** CreateDetectorModel's request; the definition is the engine's to check. */
export const createDetectorModelRequest = structure(required, { ...optional, key: jsonPath, tags });
const updateDetectorModelRequest = structure(required, optional);

type CreateDetectorModel = Infer<typeof createDetectorModelRequest>;
type UpdateDetectorModel = Omit<CreateDetectorModel, 'key' | 'tags'> & Partial<Pick<CreateDetectorModel, 'tags'>>;

/** A detector model as the store has it. [ASSUMED A40b] without an evaluationMethod it is BATCH. */
export function detectorModelDocument({ tags: _, ...request }: CreateDetectorModel): JsonDocument {
  return withoutNulls({ ...request, evaluationMethod: request.evaluationMethod ?? 'BATCH' });
}

const detectorModels: ModelKind = {
  kind: 'detectorModel',
  compile(context, request, overQuota) {
    const { quotas, catalog } = context;
    const sizeBytes = Buffer.byteLength(JSON.stringify(request['detectorModelDefinition']));
    if (sizeBytes > quotas.maxDefinitionBytes) {
      throw overQuota(`Expected a definition of at most ${quotas.maxDefinitionBytes} bytes, got ${sizeBytes}`);
    }
    const inputNames = new Set(catalog.current.inputs.keys());
    const { value: definition, notes } = requireValid(readDetectorModel(request, inputNames, quotas.definition));
    checkQuotas(context, definition, overQuota);
    const { detectorModelName } = definition;
    return {
      notes,
      publish: (before, detectorModelVersion) =>
        withModel(before, detectorModelName, { detectorModelVersion, definition }),
    };
  },
  withoutModel: (catalog, name) => withModel(catalog, name, null),
  deleteInstances: (tx, name) => tx.deleteDetectors(name),
};

/** What is there already stays allowed, whatever the quotas have become. */
function checkQuotas(
  { catalog, quotas }: ControlContext,
  { detectorModelName, inputNames }: DetectorModelDefinition,
  overQuota: (message: string) => Error,
): void {
  const { models, modelsByInput } = catalog.current;
  const { maxDetectorModels, maxDetectorModelsPerInput: most } = quotas;
  if (!models.has(detectorModelName) && models.size >= maxDetectorModels) {
    throw overQuota(`Expected at most ${maxDetectorModels} detector models, got ${models.size + 1}`);
  }
  for (const inputName of inputNames) {
    const users = (modelsByInput.get(inputName) ?? []).map(({ definition }) => definition.detectorModelName);
    if (users.includes(detectorModelName) || users.length < most) continue;
    throw overQuota(`Expected at most ${most} detector models on input ${inputName}, got ${users.length + 1}`);
  }
}

/** Throws an AwsError if there is one of the name, if it cannot run, or if it is too much. */
export function createDetectorModel(context: ControlContext, request: CreateDetectorModel): Promise<PublishedModel> {
  const { detectorModelName, tags: given } = request;
  return createModel(context, detectorModels, detectorModelName, detectorModelDocument(request), given);
}

/**
 * Publishes the next version. [ASSUMED A40b] what is not given is not kept; only the key stays.
 * Throws an AwsError if there is no such model, if it cannot run, or if it is too much.
 */
export function updateDetectorModel(context: ControlContext, request: UpdateDetectorModel): Promise<PublishedModel> {
  const revise = ({ key }: JsonDocument) =>
    detectorModelDocument({ ...request, key: typeof key === 'string' ? key : null, tags: null });
  return updateModel(context, detectorModels, request.detectorModelName, revise, request.tags ?? null);
}

const resources = (request: { readonly detectorModelName: string }) => [`detectorModel/${request.detectorModelName}`];

const one = { service: iotEvents, path: '/detector-models/{detectorModelName}', status: 200 } as const;
const all = { service: iotEvents, path: '/detector-models', status: 200 } as const;

/** The six operations on detector models. Source: wire.md, section 6; detector-engine.md, section 13. */
export function createDetectorModelOperations(control: Control): readonly Operation[] {
  return [
    defineOperation({
      ...all,
      name: 'CreateDetectorModel',
      method: 'POST',
      input: createDetectorModelRequest,
      resources,
      handle: (request) =>
        control.publish(async (context) => published(context, await createDetectorModel(context, request))),
    }),
    defineOperation({
      ...one,
      name: 'UpdateDetectorModel',
      method: 'POST',
      input: updateDetectorModelRequest,
      resources,
      handle: (request) =>
        control.publish(async (context) => published(context, await updateDetectorModel(context, request))),
    }),
    defineOperation({
      ...one,
      name: 'DeleteDetectorModel',
      method: 'DELETE',
      status: 204,
      input: structure({ detectorModelName: modelName }),
      resources,
      async handle({ detectorModelName }) {
        await control.publish((context) => deleteModel(context, detectorModels, detectorModelName));
        return null;
      },
    }),
    ...createReads(control),
  ];
}

function createReads(control: Control): readonly Operation[] {
  return [
    defineOperation({
      ...one,
      name: 'DescribeDetectorModel',
      method: 'GET',
      query: { detectorModelVersion: { name: 'version' } },
      input: structure({ detectorModelName: modelName }, { detectorModelVersion: modelVersion }),
      resources,
      handle: ({ detectorModelName, detectorModelVersion }) =>
        control.transact(async (context) => {
          const found = await describeModel(context, detectorModels, detectorModelName, detectorModelVersion);
          const { detectorModelDefinition } = JSON.parse(found.row.request) as JsonDocument;
          const detectorModelConfiguration = configuration(context.account, found.row, found.status);
          return { detectorModel: { detectorModelConfiguration, detectorModelDefinition } };
        }),
    }),
    defineOperation({
      ...all,
      name: 'ListDetectorModels',
      method: 'GET',
      query: pagingQuery,
      input: structure({}, paging),
      resources: () => ANY,
      handle: (request) =>
        control.transact(async ({ tx }) => {
          const rows = await tx.listResources('detectorModel');
          return listAnswer('detectorModelSummaries', rows, ({ name }) => [name], request, summary);
        }),
    }),
    defineOperation({
      ...one,
      path: '/detector-models/{detectorModelName}/versions',
      name: 'ListDetectorModelVersions',
      method: 'GET',
      query: pagingQuery,
      input: structure({ detectorModelName: modelName }, paging),
      resources,
      handle: (request) =>
        control.transact(async (context) => {
          const versions = await listModelVersions(context, detectorModels, request.detectorModelName);
          const member = 'detectorModelVersionSummaries';
          const toSummary = ({ row, status }: (typeof versions)[number]) =>
            versionSummary(context.account, row, status);
          return listAnswer(member, versions, ({ row }) => [row.version], request, toSummary);
        }),
    }),
  ];
}

function published({ account }: ControlContext, { row }: PublishedModel): object {
  return { detectorModelConfiguration: configuration(account, row, 'ACTIVE') };
}

function configuration(account: Account, row: ResourceRow, status: ModelStatus): object {
  const { detectorModelDescription, key } = JSON.parse(row.request) as JsonDocument;
  return { ...versionSummary(account, row, status), detectorModelDescription, key };
}

function versionSummary(account: Account, row: ResourceRow, status: ModelStatus): object {
  const { roleArn: role, evaluationMethod } = JSON.parse(row.request) as JsonDocument;
  return {
    detectorModelName: row.name,
    detectorModelVersion: String(row.version),
    detectorModelArn: arnOf(account, 'detectorModel', row.name),
    roleArn: role,
    creationTime: toEpochSeconds(row.creationTimeMs),
    lastUpdateTime: toEpochSeconds(row.lastUpdateTimeMs),
    status,
    evaluationMethod,
  };
}

function summary(row: ResourceRow): object {
  const { detectorModelDescription } = JSON.parse(row.request) as JsonDocument;
  return {
    detectorModelName: row.name,
    detectorModelDescription,
    creationTime: toEpochSeconds(row.creationTimeMs),
  };
}
