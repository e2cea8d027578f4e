import { toEpochSeconds } from '../../clock.ts';
import { AwsError } from '../protocol/errors.ts';
import { defineOperation, type Operation } from '../protocol/operation.ts';
import { type Infer, integer, list, type Shape, string, structure } from '../protocol/shape.ts';
import { type AlarmActionEntry, type Runtime } from '../runtime/runtime.ts';
import { type AlarmSummaryRow } from '../store/store.ts';
import { errorEntries, requireUniqueIds } from './batch.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import { iotEventsData } from './service.ts';
import { BATCH_LIMIT, entryId, keyValue, maxResults, modelName, PAGE_LIMIT } from './shapes.ts';

const note = string({ max: 256 });
const action = structure({ requestId: entryId, alarmModelName: modelName }, { keyValue, note });
const snoozeAction = structure(
  { requestId: entryId, alarmModelName: modelName, snoozeDuration: integer() },
  { keyValue, note },
);

type ActionRequest = Infer<typeof action> & { readonly snoozeDuration?: number };

/** The seven operations on alarms. Source: wire.md, section 4; detector-engine.md, 16.4, 16.5. */
export function createAlarmOperations(runtime: Runtime): readonly Operation[] {
  return [
    alarmAction(runtime, 'ACKNOWLEDGE', 'Acknowledge', action),
    alarmAction(runtime, 'DISABLE', 'Disable', action),
    alarmAction(runtime, 'ENABLE', 'Enable', action),
    alarmAction(runtime, 'RESET', 'Reset', action),
    alarmAction(runtime, 'SNOOZE', 'Snooze', snoozeAction),
    describeAlarm(runtime),
    listAlarms(runtime),
  ];
}

function alarmAction(
  runtime: Runtime,
  actionName: AlarmActionEntry['action']['actionName'],
  verb: string,
  entry: Shape<ActionRequest>,
): Operation {
  const word = verb.toLowerCase();
  return defineOperation({
    service: iotEventsData,
    name: `Batch${verb}Alarm`,
    method: 'POST',
    path: `/alarms/${word}`,
    status: 202,
    input: structure({ [`${word}ActionRequests`]: list(entry, { min: 1, max: BATCH_LIMIT }) }),
    resources: (input) => Object.values(input).flat().map(resourceOf),
    async handle(input) {
      const requests = Object.values(input).flat();
      const ids = requests.map(({ requestId }) => requestId);
      requireUniqueIds('requestId', ids);
      const entries = requests.map(({ note: text, snoozeDuration = null, ...alarm }) => ({
        ...alarm,
        action: { actionName, note: text, snoozeDuration },
      }));
      return { errorEntries: errorEntries('requestId', ids, await runtime.actOnAlarms(entries)) };
    },
  });
}

function describeAlarm(runtime: Runtime): Operation {
  return defineOperation({
    service: iotEventsData,
    name: 'DescribeAlarm',
    method: 'GET',
    path: '/alarms/{alarmModelName}/keyValues',
    status: 200,
    query: { keyValue: 'text' },
    input: structure({ alarmModelName: modelName }, { keyValue }),
    resources: (input) => [resourceOf(input)],
    async handle(input) {
      const found = await runtime.describeAlarm(input.alarmModelName, input.keyValue);
      if (found === 'unknown-model') throw unknownModel(input.alarmModelName);
      if (found === null) {
        const key = input.keyValue === null ? 'without a key' : `of key ${input.keyValue}`;
        throw new AwsError('ResourceNotFoundException', `Alarm ${key} not found: ${input.alarmModelName}`);
      }
      const { alarmState, severity } = found;
      return { alarm: { ...membersOf(found), alarmState, ...(severity !== null && { severity }) } };
    },
  });
}

function listAlarms(runtime: Runtime): Operation {
  return defineOperation({
    service: iotEventsData,
    name: 'ListAlarms',
    method: 'GET',
    path: '/alarms/{alarmModelName}',
    status: 200,
    query: { nextToken: 'text', maxResults: 'integer' },
    input: structure({ alarmModelName: modelName }, { nextToken: string(), maxResults }),
    resources: (input) => [resourceOf(input)],
    async handle({ alarmModelName, nextToken, maxResults: asked }) {
      const limit = asked ?? PAGE_LIMIT;
      const afterKeyValue = nextToken === null ? null : decodePageToken(nextToken);
      // One more than the page holds tells whether there is a next one.
      const rows = await runtime.listAlarms({ alarmModelName, afterKeyValue, limit: limit + 1 });
      if (rows === 'unknown-model') throw unknownModel(alarmModelName);
      const page = rows.slice(0, limit);
      const lastKeyValue = rows.length > limit ? page.at(-1)?.keyValue : null;
      return {
        alarmSummaries: page.map((row) => ({ ...membersOf(row), stateName: row.stateName })),
        ...(typeof lastKeyValue === 'string' && { nextToken: encodePageToken(lastKeyValue) }),
      };
    },
  });
}

function resourceOf({ alarmModelName }: { readonly alarmModelName: string }): string {
  return `alarmModel/${alarmModelName}`;
}

function membersOf(row: AlarmSummaryRow): object {
  return {
    alarmModelName: row.alarmModelName,
    ...(row.keyValue !== null && { keyValue: row.keyValue }),
    alarmModelVersion: row.alarmModelVersion,
    creationTime: toEpochSeconds(row.creationTimeMs),
    lastUpdateTime: toEpochSeconds(row.lastUpdateTimeMs),
  };
}

function unknownModel(alarmModelName: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Alarm model of name: ${alarmModelName} not found`);
}
