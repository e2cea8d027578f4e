import {
  type AlarmChange,
  type Resolvers,
  type SubscriptionAlarmChangedArgs,
  type SubscriptionAlarmsChangedArgs,
} from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { createSelectionTest } from '../selection.ts';
import { type AlarmKey } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readFollowArguments } from '../watch/follow-arguments.ts';
import { isSameReading, NO_KEY, type WatchSource } from '../watch/source.ts';
import { type Alarm, fromAlarmAnswer, fromAlarmSummary } from './alarm.ts';

/** Whether a field is asked for what DescribeAlarm tells and ListAlarms does not. */
const asksForDetail = createSelectionTest(new Set(['severity', 'ruleEvaluation', 'customerAction', 'systemEvent']));

/** The subscriptions to alarms. */
export const alarmSubscriptions: Resolvers = {
  Subscription: {
    alarmChanged: {
      subscribe(_parent, { alarmModelName, keyValue = null, ...args }, { watches }, info) {
        checkArguments({ alarmModelName, keyValue });
        return watches.follow(alarmSource(alarmModelName), {
          ...readFollowArguments(args, watches),
          key: keyValue ?? NO_KEY,
          needsDetail: asksForDetail(info),
        });
      },
      resolve: (event: WatchEvent<Alarm>, { alarmModelName, keyValue = null }: SubscriptionAlarmChangedArgs) =>
        alarmChange(event, { alarmModelName, keyValue }),
    },
    alarmsChanged: {
      subscribe(_parent, { alarmModelName, ...args }, { watches }, info) {
        checkArguments({ alarmModelName });
        return watches.follow(alarmSource(alarmModelName), {
          ...readFollowArguments(args, watches),
          key: null,
          needsDetail: asksForDetail(info),
        });
      },
      resolve: (event: WatchEvent<Alarm>, { alarmModelName }: SubscriptionAlarmsChangedArgs) =>
        alarmChange(event, { alarmModelName, keyValue: (event.item ?? event.previous)?.keyValue ?? null }),
    },
  },
};

function alarmChange({ cursor, kind, item, previous, observedAtMs, conflated }: WatchEvent<Alarm>, key: AlarmKey) {
  return {
    cursor,
    kind,
    conflated,
    ...key,
    previousStateName: previous?.stateName ?? null,
    alarm: item,
    observedAt: new Date(observedAtMs),
  } satisfies Omit<AlarmChange, 'alarm'> & { alarm: Alarm | null };
}

function alarmSource(alarmModelName: string): WatchSource<Alarm> {
  return {
    id: `alarms ${alarmModelName}`,
    async describe(key, upstream, call) {
      const answer = await upstream.describeAlarm({ alarmModelName, keyValue: key || null }, call);
      return answer && fromAlarmAnswer(answer);
    },
    async list(page, upstream, call) {
      const { items, nextToken } = await upstream.listAlarms({ alarmModelName, ...page }, call);
      return { items: items.map(fromAlarmSummary), nextToken };
    },
    keyOf: ({ keyValue }) => keyValue ?? NO_KEY,
    isSame: (left, right) => left.alarmModelVersion === right.alarmModelVersion && isSameReading(left, right),
  };
}
