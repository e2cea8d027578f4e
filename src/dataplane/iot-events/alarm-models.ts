import { toEpochSeconds } from '../../clock.ts';
import { readAlarmModel } from '../../engine/alarm/read-definition.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { boolean, document, type Infer, integer, type JsonDocument, structure } from '../protocol/shape.ts';
import { withAlarmModel } from '../runtime/catalog.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import { alarmNotification } from './alarm-notification.ts';
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

const required = { alarmModelName: modelName, roleArn, alarmRule: document };
const optional = {
  alarmModelDescription: description,
  severity: integer({ min: 0 }),
  alarmNotification,
  alarmEventActions: document,
  alarmCapabilities: structure(
    {},
    {
      initializationConfiguration: structure({ disabledOnInitialization: boolean }),
      acknowledgeFlow: structure({ enabled: boolean }),
    },
  ),
};

/** CreateAlarmModel's request; the rule and the actions are the engine's to check. */
export const createAlarmModelRequest = structure(required, { ...optional, key: jsonPath, tags });
const updateAlarmModelRequest = structure(required, optional);

type CreateAlarmModel = Infer<typeof createAlarmModelRequest>;
type UpdateAlarmModel = Omit<CreateAlarmModel, 'key' | 'tags'> & Partial<Pick<CreateAlarmModel, 'tags'>>;

/** An alarm model as the store has it. */
export function alarmModelDocument({ tags: _, ...request }: CreateAlarmModel): JsonDocument {
  return withoutNulls(request);
}

const alarmModels: ModelKind = {
  kind: 'alarmModel',
  compile({ catalog }, request) {
    const { value: definition, notes } = requireValid(readAlarmModel(request, new Set(catalog.current.inputs.keys())));
    return {
      notes,
      publish: (before, alarmModelVersion) =>
        withAlarmModel(before, definition.alarmModelName, { alarmModelVersion, definition }),
    };
  },
  withoutModel: (catalog, name) => withAlarmModel(catalog, name, null),
  deleteInstances: (tx, name) => tx.deleteAlarms(name),
};

/** Throws an AwsError if there is one of the name, or if it cannot run. */
export function createAlarmModel(context: ControlContext, request: CreateAlarmModel): Promise<PublishedModel> {
  return createModel(context, alarmModels, request.alarmModelName, alarmModelDocument(request), request.tags);
}

/** Publishes the next version; only the key stays. Throws an AwsError if there is no such model, or if it cannot run. */
export function updateAlarmModel(context: ControlContext, request: UpdateAlarmModel): Promise<PublishedModel> {
  const revise = ({ key }: JsonDocument) =>
    alarmModelDocument({ ...request, key: typeof key === 'string' ? key : null, tags: null });
  return updateModel(context, alarmModels, request.alarmModelName, revise, request.tags ?? null);
}

const resources = (request: { readonly alarmModelName: string }) => [`alarmModel/${request.alarmModelName}`];

const one = { service: iotEvents, path: '/alarm-models/{alarmModelName}', status: 200 } as const;
const all = { service: iotEvents, path: '/alarm-models', status: 200 } as const;

/** The six operations on alarm models; their answers have no wrapper. Source: wire.md, section 6; detector-engine.md, 16.1. */
export function createAlarmModelOperations(control: Control): readonly Operation[] {
  return [
    defineOperation({
      ...all,
      name: 'CreateAlarmModel',
      method: 'POST',
      input: createAlarmModelRequest,
      resources,
      handle: (request) =>
        control.publish(async (context) => published(context, await createAlarmModel(context, request))),
    }),
    defineOperation({
      ...one,
      name: 'UpdateAlarmModel',
      method: 'POST',
      input: updateAlarmModelRequest,
      resources,
      handle: (request) =>
        control.publish(async (context) => published(context, await updateAlarmModel(context, request))),
    }),
    defineOperation({
      ...one,
      name: 'DeleteAlarmModel',
      method: 'DELETE',
      status: 204,
      input: structure({ alarmModelName: modelName }),
      resources,
      async handle({ alarmModelName }) {
        await control.publish((context) => deleteModel(context, alarmModels, alarmModelName));
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
      name: 'DescribeAlarmModel',
      method: 'GET',
      query: { alarmModelVersion: { name: 'version' } },
      input: structure({ alarmModelName: modelName }, { alarmModelVersion: modelVersion }),
      resources,
      handle: ({ alarmModelName, alarmModelVersion }) =>
        control.transact(async (context) => {
          const found = await describeModel(context, alarmModels, alarmModelName, alarmModelVersion);
          const request = JSON.parse(found.row.request) as JsonDocument;
          return { ...request, ...identity(context.account, found.row, found.status) };
        }),
    }),
    defineOperation({
      ...all,
      name: 'ListAlarmModels',
      method: 'GET',
      query: pagingQuery,
      input: structure({}, paging),
      resources: () => ANY,
      handle: (request) =>
        control.transact(async ({ tx }) => {
          const rows = await tx.listResources('alarmModel');
          return listAnswer('alarmModelSummaries', rows, ({ name }) => [name], request, summary);
        }),
    }),
    defineOperation({
      ...one,
      path: '/alarm-models/{alarmModelName}/versions',
      name: 'ListAlarmModelVersions',
      method: 'GET',
      query: pagingQuery,
      input: structure({ alarmModelName: modelName }, paging),
      resources,
      handle: (request) =>
        control.transact(async (context) => {
          const versions = await listModelVersions(context, alarmModels, request.alarmModelName);
          const member = 'alarmModelVersionSummaries';
          return listAnswer(
            member,
            versions,
            ({ row }) => [row.version],
            request,
            ({ row, status }) => ({
              alarmModelName: row.name,
              roleArn: (JSON.parse(row.request) as JsonDocument)['roleArn'],
              ...identity(context.account, row, status),
            }),
          );
        }),
    }),
  ];
}

function published({ account }: ControlContext, { row }: PublishedModel): object {
  return identity(account, row, 'ACTIVE');
}

function identity(account: Account, row: ResourceRow, status: ModelStatus): object {
  return {
    creationTime: toEpochSeconds(row.creationTimeMs),
    alarmModelArn: arnOf(account, 'alarmModel', row.name),
    alarmModelVersion: String(row.version),
    lastUpdateTime: toEpochSeconds(row.lastUpdateTimeMs),
    status,
  };
}

function summary(row: ResourceRow): object {
  const { alarmModelDescription } = JSON.parse(row.request) as JsonDocument;
  return { alarmModelName: row.name, alarmModelDescription, creationTime: toEpochSeconds(row.creationTimeMs) };
}
