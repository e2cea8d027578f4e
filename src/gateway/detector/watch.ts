import { isDeepStrictEqual } from 'node:util';
import {
  type DetectorChange,
  type Resolvers,
  type SubscriptionDetectorChangedArgs,
  type SubscriptionDetectorsChangedArgs,
} from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { type DetectorKey } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readAfter } from '../watch/read-after.ts';
import { readAllPages, singleObject } from '../watch/read-objects.ts';
import { type WatchSource } from '../watch/watch.ts';
import { type Detector, detectorKeyText, fromDetectorAnswer, fromDetectorSummary } from './detector.ts';

/** The subscriptions to detectors. */
export const detectorSubscriptions: Resolvers = {
  Subscription: {
    detectorChanged: {
      subscribe(_parent, { detectorModelName, keyValue = null, after }, { watches }) {
        checkArguments({ detectorModelName, keyValue });
        return watches.follow(detectorSource({ detectorModelName, keyValue }), { after: readAfter(after) });
      },
      resolve: (event: WatchEvent<Detector>, { detectorModelName, keyValue = null }: SubscriptionDetectorChangedArgs) =>
        detectorChange(event, { detectorModelName, keyValue }),
    },
    detectorsChanged: {
      subscribe(_parent, { detectorModelName, stateName = null, after }, { watches }) {
        checkArguments({ detectorModelName, stateName });
        return watches.follow(detectorsSource(detectorModelName), {
          after: readAfter(after),
          passes: (detector) => stateName === null || detector.stateName === stateName,
        });
      },
      resolve: (event: WatchEvent<Detector>, { detectorModelName }: SubscriptionDetectorsChangedArgs) =>
        detectorChange(event, { detectorModelName, keyValue: (event.item ?? event.previous)?.keyValue ?? null }),
    },
  },
};

function detectorChange({ cursor, kind, item, previous, observedAtMs }: WatchEvent<Detector>, key: DetectorKey) {
  return {
    cursor,
    kind,
    ...key,
    previousStateName: previous?.stateName ?? null,
    detector: item,
    observedAt: new Date(observedAtMs),
  } satisfies Omit<DetectorChange, 'detector'> & { detector: Detector | null };
}

function detectorSource(key: DetectorKey): WatchSource<Detector> {
  return {
    id: `detector ${detectorKeyText(key)}`,
    single: true,
    async read(upstream, call) {
      const answer = await upstream.describeDetector(key, call);
      return singleObject(answer && fromDetectorAnswer(answer));
    },
    isSame: isSameDetector,
  };
}

/**
 * All detectors of a model, whatever their state: a list by state would not tell from which state a detector came, to which it
 * went, or whether it is gone. One watch serves all filters.
 */
function detectorsSource(detectorModelName: string): WatchSource<Detector> {
  return {
    id: `detectors ${detectorModelName}`,
    single: false,
    read: (upstream, call) =>
      readAllPages(async (page) => {
        const { items, nextToken } = await upstream.listDetectors(
          { detectorModelName, stateName: null, ...page },
          call,
        );
        return { items: items.map(fromDetectorSummary), nextToken };
      }),
    isSame: isDeepStrictEqual,
  };
}

/** Whether two readings tell the same. Upstream may give variables and timers in any order. */
function isSameDetector(left: Detector, right: Detector): boolean {
  return isDeepStrictEqual(inOrder(left), inOrder(right));
}

function inOrder(detector: Detector): Detector {
  const { detail } = detector;
  return {
    ...detector,
    detail: detail && { variables: byName(detail.variables), timers: byName(detail.timers) },
  };
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
