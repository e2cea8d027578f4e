import { isDeepStrictEqual } from 'node:util';
import {
  type AlarmChange,
  type Resolvers,
  type SubscriptionAlarmChangedArgs,
  type SubscriptionAlarmsChangedArgs,
} from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { type AlarmKey } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readAfter } from '../watch/read-after.ts';
import { readAllPages, singleObject } from '../watch/read-objects.ts';
import { type WatchSource } from '../watch/watch.ts';
import { type Alarm, alarmKeyText, fromAlarmAnswer, fromAlarmSummary } from './alarm.ts';

/** The subscriptions to alarms. */
export const alarmSubscriptions: Resolvers = {
  Subscription: {
    alarmChanged: {
      subscribe(_parent, { alarmModelName, keyValue = null, after }, { watches }) {
        checkArguments({ alarmModelName, keyValue });
        return watches.follow(alarmSource({ alarmModelName, keyValue }), { after: readAfter(after) });
      },
      resolve: (event: WatchEvent<Alarm>, { alarmModelName, keyValue = null }: SubscriptionAlarmChangedArgs) =>
        alarmChange(event, { alarmModelName, keyValue }),
    },
    alarmsChanged: {
      subscribe(_parent, { alarmModelName, after }, { watches }) {
        checkArguments({ alarmModelName });
        return watches.follow(alarmsSource(alarmModelName), { after: readAfter(after) });
      },
      resolve: (event: WatchEvent<Alarm>, { alarmModelName }: SubscriptionAlarmsChangedArgs) =>
        alarmChange(event, { alarmModelName, keyValue: (event.item ?? event.previous)?.keyValue ?? null }),
    },
  },
};

function alarmChange({ cursor, kind, item, previous, observedAtMs }: WatchEvent<Alarm>, key: AlarmKey) {
  return {
    cursor,
    kind,
    ...key,
    previousStateName: previous?.stateName ?? null,
    alarm: item,
    observedAt: new Date(observedAtMs),
  } satisfies Omit<AlarmChange, 'alarm'> & { alarm: Alarm | null };
}

function alarmSource(key: AlarmKey): WatchSource<Alarm> {
  return {
    id: `alarm ${alarmKeyText(key)}`,
    single: true,
    async read(upstream, call) {
      const answer = await upstream.describeAlarm(key, call);
      return singleObject(answer && fromAlarmAnswer(answer));
    },
    isSame: isDeepStrictEqual,
  };
}

function alarmsSource(alarmModelName: string): WatchSource<Alarm> {
  return {
    id: `alarms ${alarmModelName}`,
    single: false,
    read: (upstream, call) =>
      readAllPages(async (page) => {
        const { items, nextToken } = await upstream.listAlarms({ alarmModelName, ...page }, call);
        return { items: items.map(fromAlarmSummary), nextToken };
      }),
    isSame: isDeepStrictEqual,
  };
}
