import type DataLoader from 'dataloader';
import { readAllItems } from '../all-items.ts';
import { createReadLoader, type LoaderMakers, once, pageText } from '../read-loader.ts';
import { nullIf } from '../upstream/errors.ts';
import {
  type AlarmKey,
  type AlarmModelAnswer,
  type AlarmModelSummaryAnswer,
  type AlarmPageRequest,
  type Page,
  type PageRequest,
} from '../upstream/upstream.ts';
import { type Alarm, alarmKeyText, fromAlarmAnswer, fromAlarmSummary } from './alarm.ts';

/** What one operation reads of alarms and their models. Each load rejects with an UpstreamError. */
export interface AlarmLoaders {
  /** With everything DescribeAlarm tells; null: there is no such alarm. */
  readonly alarm: DataLoader<AlarmKey, Alarm | null, string>;
  /** One ListAlarms page of summaries. */
  readonly alarmPage: DataLoader<AlarmPageRequest, Page<Alarm>, string>;
  readonly alarmModelPage: DataLoader<PageRequest, Page<AlarmModelSummaryAnswer>, string>;
  /** By name. Null: there is no such model. */
  readonly alarmModel: DataLoader<string, AlarmModelAnswer | null>;
  /** The names of all models; null: there is no control plane. */
  readonly alarmModelNames: () => Promise<readonly string[] | null>;
}

/** The loaders of alarms and their models. */
export const alarmLoaders: LoaderMakers<AlarmLoaders> = {
  alarm: ({ upstream, call }) =>
    createReadLoader(async (key) => {
      const answer = await upstream.describeAlarm(key, call);
      return answer && fromAlarmAnswer(answer);
    }, alarmKeyText),
  alarmPage: ({ upstream, call }) =>
    createReadLoader(async (request) => {
      const page = await upstream.listAlarms(request, call);
      return { items: page.items.map(fromAlarmSummary), nextToken: page.nextToken };
    }, alarmPageText),
  alarmModelPage: ({ upstream, call }) => createReadLoader((page) => upstream.listAlarmModels(page, call), pageText),
  alarmModel: ({ upstream, call }) =>
    createReadLoader((name: string) => upstream.describeAlarmModel(name, call), String),
  alarmModelNames: (_reading, { alarmModelPage }) =>
    once(async () => {
      const models = await nullIf(
        'NOT_CONFIGURED',
        readAllItems((page) => alarmModelPage.load(page)),
      );
      return models && models.map((model) => model.alarmModelName);
    }),
};

function alarmPageText({ alarmModelName, ...page }: AlarmPageRequest): string {
  return JSON.stringify([alarmModelName, pageText(page)]);
}
