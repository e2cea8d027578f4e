import { type Context } from '../context.ts';
import { batchIds, sendBatch } from '../batch.ts';
import { type Connection, readConnection } from '../connection.ts';
import { type QueryAlarmsArgs, type Resolvers, type SnoozeAlarmInput } from '../generated/resolvers.ts';
import { deviceOfKeyValue } from '../join.ts';
import { alarmId } from '../node/node-id.ts';
import { checkArguments, checkRange } from '../rules.ts';
import { type AlarmActionName, type AlarmActionRequest } from '../upstream/upstream.ts';
import { type Alarm, type AlarmOutcome } from './alarm.ts';

const MAX_INT = 2 ** 31 - 1;

/** Alarms: one, lists, what DescribeAlarm adds, and the five actions. */
export const alarmResolvers: Resolvers = {
  Query: {
    alarm(_parent, { alarmModelName, keyValue = null }, { loaders }) {
      checkArguments({ alarmModelName, keyValue });
      return loaders.alarm.load({ alarmModelName, keyValue });
    },
    alarms: (_parent, args, context) => readAlarms(args, context),
  },
  Mutation: {
    acknowledgeAlarms: (_parent, { input }, context) => actOnAlarms('ACKNOWLEDGE', input, context),
    enableAlarms: (_parent, { input }, context) => actOnAlarms('ENABLE', input, context),
    disableAlarms: (_parent, { input }, context) => actOnAlarms('DISABLE', input, context),
    resetAlarms: (_parent, { input }, context) => actOnAlarms('RESET', input, context),
    snoozeAlarms: (_parent, { input }, context) => actOnAlarms('SNOOZE', input, context),
  },
  Alarm: {
    id: alarmId,
    severity: async (alarm, _args, context) => (await loadDetail(alarm, context))?.severity ?? null,
    alarmState: (alarm) => alarm,
    device(alarm, { deviceFleetName }, { join }) {
      checkArguments({ deviceFleetName });
      return deviceOfKeyValue(join, deviceFleetName, alarm.keyValue);
    },
  },
  AlarmState: {
    ruleEvaluation: async (alarm, _args, context) => (await loadDetail(alarm, context))?.ruleEvaluation ?? null,
    customerAction: async (alarm, _args, context) => (await loadDetail(alarm, context))?.customerAction ?? null,
    systemEvent: async (alarm, _args, context) => (await loadDetail(alarm, context))?.systemEvent ?? null,
  },
  AlarmEntryResult: {
    alarm: ({ ok, key }, _args, { loaders }) => (ok ? loaders.alarm.load(key) : null),
  },
};

/** The alarms of a model. */
export function readAlarms(
  { alarmModelName, first, after }: QueryAlarmsArgs,
  { loaders }: Context,
): Promise<Connection<Alarm>> {
  checkArguments({ alarmModelName });
  return readConnection({ first, after }, ['alarms', alarmModelName], (nextToken, maxResults) =>
    loaders.alarmPage.load({ alarmModelName, nextToken, maxResults }),
  );
}

/** What DescribeAlarm adds to a summary; null if the alarm has gone since it was listed. */
async function loadDetail(alarm: Alarm, { loaders }: Context): Promise<Alarm['detail']> {
  return alarm.detail ?? (await loaders.alarm.load(alarm))?.detail ?? null;
}

/** One entry of any alarm mutation; only a snooze has a duration. */
type ActionEntry = Omit<SnoozeAlarmInput, 'snoozeDurationSeconds'> &
  Partial<Pick<SnoozeAlarmInput, 'snoozeDurationSeconds'>>;

async function actOnAlarms(
  action: AlarmActionName,
  { alarms }: { readonly alarms: readonly ActionEntry[] },
  context: Context,
): Promise<{ results: AlarmOutcome[] }> {
  const requests = readActions(alarms, context.maxBatchEntries);
  const outcomes = await sendBatch(
    requests,
    (request) => request.requestId,
    (chunk) => context.upstream.batchAlarmAction(action, chunk, context.call),
  );
  for (const request of requests) context.loaders.alarm.clear(request);
  context.loaders.alarmPage.clearAll();
  return { results: outcomes.map((outcome, index) => ({ ...outcome, key: requests[index] as AlarmActionRequest })) };
}

function readActions(alarms: readonly ActionEntry[], maxEntries: number): AlarmActionRequest[] {
  const ids = batchIds('input.alarms', 'requestId', alarms, maxEntries);
  return alarms.map(({ alarmModelName, keyValue = null, note = null, snoozeDurationSeconds = null }, index) => {
    const path = `input.alarms[${index}].`;
    checkArguments({ alarmModelName, keyValue, note }, path);
    checkRange(`${path}snoozeDurationSeconds`, snoozeDurationSeconds, 0, MAX_INT);
    return { requestId: ids[index] as string, alarmModelName, keyValue, note, snoozeDurationSeconds };
  });
}
