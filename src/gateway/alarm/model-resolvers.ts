import { readConnection } from '../connection.ts';
import { type Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { type Resolvers } from '../generated/resolvers.ts';
import { type AlarmModelAnswer, type AlarmModelSummaryAnswer } from '../upstream/upstream.ts';
import { readAlarms } from './resolvers.ts';

/** The control plane's alarm models: lists, what DescribeAlarmModel adds, and their alarms. */
export const alarmModelResolvers: Resolvers = {
  Query: {
    alarmModels: (_parent, { first, after }, { loaders }) =>
      readConnection({ first, after }, ['alarmModels'], (nextToken, maxResults) =>
        loaders.alarmModelPage.load({ nextToken, maxResults }),
      ),
  },
  AlarmModel: {
    async alarmModelVersion(model, _args, context) {
      const detail = await loadDetail(model, context);
      if (detail) return detail.alarmModelVersion;
      throw notFound(`Alarm model ${model.alarmModelName} has gone since it was listed`);
    },
    key: ofDetail('key'),
    severity: ofDetail('severity'),
    status: ofDetail('status'),
    lastUpdateTime: ofDetail('lastUpdateTime'),
    definition: ofDetail('definition'),
    alarms: ({ alarmModelName }, args, context) => readAlarms({ ...args, alarmModelName }, context),
  },
};

/** Resolves a field that only DescribeAlarmModel tells. */
function ofDetail<Field extends keyof AlarmModelAnswer>(field: Field) {
  return async (
    model: AlarmModelSummaryAnswer,
    _args: object,
    context: Context,
  ): Promise<AlarmModelAnswer[Field] | null> => (await loadDetail(model, context))?.[field] ?? null;
}

/** What DescribeAlarmModel adds to a summary; null if the model has gone since it was listed. */
function loadDetail({ alarmModelName }: AlarmModelSummaryAnswer, { loaders }: Context) {
  return loaders.alarmModel.load(alarmModelName);
}
