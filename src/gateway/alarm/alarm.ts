import { type EntryOutcome } from '../batch.ts';
import type { AlarmAnswer, AlarmKey, AlarmSummaryAnswer } from '../upstream/upstream.ts';

/**
 * An alarm as the resolvers see it. `detail` is what DescribeAlarm adds to a summary; absent on an alarm from a list,
 * where the first field that needs it loads it once for all.
 */
export interface Alarm extends AlarmSummaryAnswer {
  readonly detail: Pick<AlarmAnswer, 'severity' | 'ruleEvaluation' | 'customerAction' | 'systemEvent'> | null;
}

/** `Alarm.alarmState`: the alarm again, as its members are fields of it. */
export type AlarmState = Alarm;

/** What became of one entry of an alarm mutation, and which alarm it was for. */
export interface AlarmOutcome extends EntryOutcome {
  readonly key: AlarmKey;
}

/** One string for one alarm, for caches and watches. */
export function alarmKeyText(key: AlarmKey): string {
  return key.keyValue === null ? key.alarmModelName : `${key.alarmModelName}/${key.keyValue}`;
}

/** An alarm with everything known, from DescribeAlarm. */
export function fromAlarmAnswer(answer: AlarmAnswer): Alarm {
  const { severity, ruleEvaluation, customerAction, systemEvent } = answer;
  return { ...answer, detail: { severity, ruleEvaluation, customerAction, systemEvent } };
}

/** An alarm from a ListAlarms page. */
export function fromAlarmSummary(answer: AlarmSummaryAnswer): Alarm {
  return { ...answer, detail: null };
}
