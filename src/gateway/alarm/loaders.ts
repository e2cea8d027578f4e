import type DataLoader from 'dataloader';
import { createReadLoader } from '../read-loader.ts';
import {
  type AlarmKey,
  type AlarmPageRequest,
  type Page,
  type Upstream,
  type UpstreamCall,
} from '../upstream/upstream.ts';
import { type Alarm, alarmKeyText, fromAlarmAnswer, fromAlarmSummary } from './alarm.ts';

/** What one operation reads of alarms. Each load rejects with an UpstreamError. */
export interface AlarmLoaders {
  /** With everything DescribeAlarm tells; null: there is no such alarm. */
  readonly alarm: DataLoader<AlarmKey, Alarm | null, string>;
  /** One ListAlarms page of summaries. */
  readonly alarmPage: DataLoader<AlarmPageRequest, Page<Alarm>, string>;
}

/** Loaders for one operation; they stop when `call.signal` aborts. */
export function createAlarmLoaders(upstream: Upstream, call: UpstreamCall): AlarmLoaders {
  return {
    alarm: createReadLoader(async (key) => {
      const answer = await upstream.describeAlarm(key, call);
      return answer && fromAlarmAnswer(answer);
    }, alarmKeyText),
    alarmPage: createReadLoader(async (request: AlarmPageRequest) => {
      const page = await upstream.listAlarms(request, call);
      return { items: page.items.map(fromAlarmSummary), nextToken: page.nextToken };
    }, pageText),
  };
}

function pageText({ alarmModelName, nextToken, maxResults }: AlarmPageRequest): string {
  return JSON.stringify([alarmModelName, nextToken, maxResults]);
}
