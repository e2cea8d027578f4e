import { toEpochSeconds } from '../../clock.ts';
import { readInput } from '../../engine/input.ts';
import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { type Infer, type JsonDocument, list, structure } from '../protocol/shape.ts';
import { withInput } from '../runtime/catalog.ts';
import { type Account, type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import { arnOf, listAnswer, mergeTags, requireAbsent, requireResource, requireValid } from './resources.ts';
import { iotEvents } from './service.ts';
import { description, inputName, jsonPath, paging, pagingQuery, tags } from './shapes.ts';

const required = {
  inputName,
  inputDefinition: structure({ attributes: list(structure({ jsonPath }), { min: 1, max: 200 }) }),
};

/** CreateInput's request. */
export const createInputRequest = structure(required, { inputDescription: description, tags });
const updateInputRequest = structure(required, { inputDescription: description });

type CreateInput = Infer<typeof createInputRequest>;
type UpdateInput = Omit<CreateInput, 'tags'> & Partial<Pick<CreateInput, 'tags'>>;

/** Not LimitExceededException, which CreateInput does not model. Source: wire.md, 9.7. */
const overQuota = 'InvalidRequestException';

/** An input as the store has it. */
export function inputDocument({ inputName: name, inputDescription, inputDefinition }: UpdateInput): JsonDocument {
  return withoutNulls({ inputName: name, inputDescription, inputDefinition });
}

/** Throws an AwsError if there is one of the name, or if there are too many. */
export async function createInput(context: ControlContext, request: CreateInput): Promise<ResourceRow> {
  await requireAbsent(context, 'input', request.inputName);
  const { maxInputs } = context.quotas;
  if (context.catalog.current.inputs.size >= maxInputs) {
    throw new AwsError(overQuota, `Expected at most ${maxInputs} inputs, got ${maxInputs + 1}`);
  }
  return putInput(context, request, null);
}

/** Replaces definition and description; messages that follow meet them. [ASSUMED A5b] Throws an AwsError if there is none. */
export async function updateInput(context: ControlContext, request: UpdateInput): Promise<ResourceRow> {
  return putInput(context, request, await requireResource(context, 'input', request.inputName));
}

async function putInput(context: ControlContext, request: UpdateInput, before: ResourceRow | null) {
  const document = inputDocument(request);
  const { value } = requireValid(readInput(document));
  const row: ResourceRow = {
    kind: 'input',
    name: request.inputName,
    version: 1,
    request: JSON.stringify(document),
    tags: request.tags ? mergeTags(context, [], request.tags, overQuota) : (before?.tags ?? []),
    creationTimeMs: before?.creationTimeMs ?? context.nowMs,
    lastUpdateTimeMs: context.nowMs,
  };
  await context.tx.putResource(row);
  context.catalog.current = withInput(context.catalog.current, row.name, value);
  return row;
}

async function deleteInput(context: ControlContext, name: string): Promise<void> {
  await requireResource(context, 'input', name);
  const users = listUsers(context, name).map((user) => user.name);
  if (users.length > 0) {
    const message = `Expected an input that no model uses, got ${name}, used by ${users.join(', ')}`;
    throw new AwsError('ResourceInUseException', message);
  }
  await context.tx.deleteResource('input', name);
  context.catalog.current = withInput(context.catalog.current, name, null);
}

/** The models whose current version uses the input. */
export function listUsers({ catalog, account }: ControlContext, name: string) {
  const { modelsByInput, alarmModelsByInput } = catalog.current;
  const user = (kind: 'detectorModel' | 'alarmModel', modelName: string) => ({
    name: modelName,
    arn: arnOf(account, kind, modelName),
  });
  return [
    ...(modelsByInput.get(name) ?? []).map(({ definition }) => user('detectorModel', definition.detectorModelName)),
    ...(alarmModelsByInput.get(name) ?? []).map(({ definition }) => user('alarmModel', definition.alarmModelName)),
  ];
}

const resources = (request: { readonly inputName: string }) => [`input/${request.inputName}`];

/** The five operations on inputs. Source: wire.md, section 6; detector-engine.md, section 2. */
export function createInputOperations(control: Control): readonly Operation[] {
  const one = { service: iotEvents, path: '/inputs/{inputName}', status: 200 } as const;
  const all = { service: iotEvents, path: '/inputs' } as const;
  return [
    defineOperation({
      ...all,
      name: 'CreateInput',
      method: 'POST',
      status: 201,
      input: createInputRequest,
      resources,
      handle: (input) => control.publish(async (context) => configured(context, await createInput(context, input))),
    }),
    defineOperation({
      ...one,
      name: 'UpdateInput',
      method: 'PUT',
      input: updateInputRequest,
      resources,
      handle: (input) => control.publish(async (context) => configured(context, await updateInput(context, input))),
    }),
    defineOperation({
      ...one,
      name: 'DescribeInput',
      method: 'GET',
      input: structure({ inputName }),
      resources,
      handle: (input) =>
        control.transact(async (context) => ({
          input: describeInput(context.account, await requireResource(context, 'input', input.inputName)),
        })),
    }),
    defineOperation({
      ...all,
      name: 'ListInputs',
      method: 'GET',
      status: 200,
      query: pagingQuery,
      input: structure({}, paging),
      resources: () => ANY,
      handle: (request) =>
        control.transact(async ({ tx, account }) => {
          const rows = await tx.listResources('input');
          return listAnswer(
            'inputSummaries',
            rows,
            ({ name }) => [name],
            request,
            (row) => configuration(account, row),
          );
        }),
    }),
    defineOperation({
      ...one,
      name: 'DeleteInput',
      method: 'DELETE',
      input: structure({ inputName }),
      resources,
      async handle(input) {
        await control.publish((context) => deleteInput(context, input.inputName));
        return null;
      },
    }),
  ];
}

function configured({ account }: ControlContext, row: ResourceRow): object {
  return { inputConfiguration: configuration(account, row) };
}

/** What DescribeInput tells. */
function describeInput(account: Account, row: ResourceRow): object {
  const { inputDefinition } = JSON.parse(row.request) as JsonDocument;
  return { inputConfiguration: configuration(account, row), inputDefinition };
}

function configuration(account: Account, row: ResourceRow): object {
  const { inputDescription } = JSON.parse(row.request) as JsonDocument;
  return {
    inputName: row.name,
    inputDescription,
    inputArn: arnOf(account, 'input', row.name),
    creationTime: toEpochSeconds(row.creationTimeMs),
    lastUpdateTime: toEpochSeconds(row.lastUpdateTimeMs),
    status: 'ACTIVE',
  };
}
