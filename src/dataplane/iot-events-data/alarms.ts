import { AwsError } from '../protocol/errors.ts';
import { defineOperation, type Operation } from '../protocol/operation.ts';
import { type Infer, integer, list, type Shape, string, structure } from '../protocol/shape.ts';
import { errorEntries, requireUniqueIds } from './batch.ts';
import { decodePageToken } from './page-token.ts';
import { iotEventsData } from './service.ts';
import { BATCH_LIMIT, entryId, keyValue, maxResults, modelName } from './shapes.ts';

const note = string({ max: 256 });
const action = structure({ requestId: entryId, alarmModelName: modelName }, { keyValue, note });
const snoozeAction = structure(
  { requestId: entryId, alarmModelName: modelName, snoozeDuration: integer() },
  { keyValue, note },
);

/**
 * The seven operations on alarms. There are no alarm models yet, so every one is unknown.
 * Source: wire.md, section 4; detector-engine.md, 16.4.
 */
export function createAlarmOperations(): readonly Operation[] {
  return [
    alarmAction('BatchAcknowledgeAlarm', '/alarms/acknowledge', 'acknowledgeActionRequests', action),
    alarmAction('BatchDisableAlarm', '/alarms/disable', 'disableActionRequests', action),
    alarmAction('BatchEnableAlarm', '/alarms/enable', 'enableActionRequests', action),
    alarmAction('BatchResetAlarm', '/alarms/reset', 'resetActionRequests', action),
    alarmAction('BatchSnoozeAlarm', '/alarms/snooze', 'snoozeActionRequests', snoozeAction),
    describeAlarm,
    listAlarms,
  ];
}

function alarmAction(name: string, path: string, member: string, entry: Shape<Infer<typeof action>>): Operation {
  return defineOperation({
    service: iotEventsData,
    name,
    method: 'POST',
    path,
    status: 202,
    input: structure({ [member]: list(entry, { min: 1, max: BATCH_LIMIT }) }),
    handle(input) {
      const requests = Object.values(input).flat();
      const ids = requests.map(({ requestId }) => requestId);
      requireUniqueIds('requestId', ids);
      const outcomes = requests.map(({ alarmModelName }) => ({
        errorCode: 'ResourceNotFoundException' as const, // [ASSUMED A49]
        errorMessage: unknownModelText(alarmModelName),
      }));
      return Promise.resolve({ errorEntries: errorEntries('requestId', ids, outcomes) });
    },
  });
}

const describeAlarm = defineOperation({
  service: iotEventsData,
  name: 'DescribeAlarm',
  method: 'GET',
  path: '/alarms/{alarmModelName}/keyValues',
  status: 200,
  query: { keyValue: 'text' },
  input: structure({ alarmModelName: modelName }, { keyValue }),
  handle({ alarmModelName }) {
    return Promise.reject(new AwsError('ResourceNotFoundException', unknownModelText(alarmModelName)));
  },
});

const listAlarms = defineOperation({
  service: iotEventsData,
  name: 'ListAlarms',
  method: 'GET',
  path: '/alarms/{alarmModelName}',
  status: 200,
  query: { nextToken: 'text', maxResults: 'integer' },
  input: structure({ alarmModelName: modelName }, { nextToken: string(), maxResults }),
  handle({ alarmModelName, nextToken }) {
    if (nextToken !== null) decodePageToken(nextToken);
    return Promise.reject(new AwsError('ResourceNotFoundException', unknownModelText(alarmModelName)));
  },
});

function unknownModelText(alarmModelName: string): string {
  return `Alarm model of name: ${alarmModelName} not found`;
}
