import type DataLoader from 'dataloader';
import { readAllItems } from '../all-items.ts';
import { createReadLoader, pageText } from '../read-loader.ts';
import { nullIf } from '../upstream/errors.ts';
import {
  type AlarmKey,
  type AlarmModelAnswer,
  type AlarmModelSummaryAnswer,
  type AlarmPageRequest,
  type Page,
  type PageRequest,
  type Upstream,
  type UpstreamCall,
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

/** Loaders for one operation; they stop when `call.signal` aborts. */
export function createAlarmLoaders(upstream: Upstream, call: UpstreamCall): AlarmLoaders {
  const alarmModelPage = createReadLoader((page: PageRequest) => upstream.listAlarmModels(page, call), pageText);
  let modelNames: Promise<readonly string[] | null> | null = null;
  const readModelNames = async () =>
    (await readAllItems((page) => alarmModelPage.load(page))).map((model) => model.alarmModelName);
  return {
    alarm: createReadLoader(async (key) => {
      const answer = await upstream.describeAlarm(key, call);
      return answer && fromAlarmAnswer(answer);
    }, alarmKeyText),
    alarmPage: createReadLoader(async (request: AlarmPageRequest) => {
      const page = await upstream.listAlarms(request, call);
      return { items: page.items.map(fromAlarmSummary), nextToken: page.nextToken };
    }, alarmPageText),
    alarmModelPage,
    alarmModel: createReadLoader((name: string) => upstream.describeAlarmModel(name, call), String),
    alarmModelNames: () => (modelNames ??= nullIf('NOT_CONFIGURED', readModelNames())),
  };
}

function alarmPageText({ alarmModelName, ...page }: AlarmPageRequest): string {
  return JSON.stringify([alarmModelName, pageText(page)]);
}
