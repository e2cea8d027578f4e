import {
  type DetectorChange,
  type Resolvers,
  type SubscriptionDetectorChangedArgs,
  type SubscriptionDetectorsChangedArgs,
} from '../generated/resolvers.ts';
import { asksForDetail } from '../load-detector.ts';
import { checkArguments } from '../rules.ts';
import { type DetectorAnswer, type DetectorKey } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readFollowArguments } from '../watch/follow-arguments.ts';
import { isSameReading, NO_KEY, type WatchSource } from '../watch/source.ts';
import { type Detector, fromDetectorAnswer, fromDetectorSummary } from './detector.ts';

/** The subscriptions to detectors. */
export const detectorSubscriptions: Resolvers = {
  Subscription: {
    detectorChanged: {
      subscribe(_parent, { detectorModelName, keyValue = null, ...args }, { watches }, info) {
        checkArguments({ detectorModelName, keyValue });
        return watches.follow(detectorSource(detectorModelName), {
          ...readFollowArguments(args, watches),
          key: keyValue ?? NO_KEY,
          needsDetail: asksForDetail(info),
        });
      },
      resolve: (event: WatchEvent<Detector>, { detectorModelName, keyValue = null }: SubscriptionDetectorChangedArgs) =>
        detectorChange(event, { detectorModelName, keyValue }),
    },
    detectorsChanged: {
      subscribe(_parent, { detectorModelName, stateName = null, ...args }, { watches }, info) {
        checkArguments({ detectorModelName, stateName });
        return watches.follow(detectorSource(detectorModelName), {
          ...readFollowArguments(args, watches),
          key: null,
          needsDetail: asksForDetail(info),
          passes: (detector) => stateName === null || detector.stateName === stateName,
        });
      },
      resolve: (event: WatchEvent<Detector>, { detectorModelName }: SubscriptionDetectorsChangedArgs) =>
        detectorChange(event, { detectorModelName, keyValue: (event.item ?? event.previous)?.keyValue ?? null }),
    },
  },
};

function detectorChange(
  { cursor, kind, item, previous, observedAtMs, conflated }: WatchEvent<Detector>,
  key: DetectorKey,
) {
  return {
    cursor,
    kind,
    conflated,
    ...key,
    previousStateName: previous?.stateName ?? null,
    detector: item,
    observedAt: new Date(observedAtMs),
  } satisfies Omit<DetectorChange, 'detector'> & { detector: Detector | null };
}

/**
 * All detectors of a model, whatever their state: a list by state would not tell from which state a detector came, to which it
 * went, or whether it is gone. One watch serves all filters and all keys.
 */
export function detectorSource(detectorModelName: string): WatchSource<Detector> {
  return {
    id: `detectors ${detectorModelName}`,
    async describe(key, upstream, call) {
      const answer = await upstream.describeDetector({ detectorModelName, keyValue: key || null }, call);
      return answer && fromDetectorAnswer(inOrder(answer));
    },
    async list(page, upstream, call) {
      const request = { detectorModelName, stateName: null, ...page };
      const { items, nextToken } = await upstream.listDetectors(request, call);
      return { items: items.map(fromDetectorSummary), nextToken };
    },
    keyOf: ({ keyValue }) => keyValue ?? NO_KEY,
    isSame: (left, right) => left.detectorModelVersion === right.detectorModelVersion && isSameReading(left, right),
  };
}

/** Upstream may give variables and timers in any order, which is no change. */
function inOrder(detector: DetectorAnswer): DetectorAnswer {
  return { ...detector, variables: byName(detector.variables), timers: byName(detector.timers) };
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
