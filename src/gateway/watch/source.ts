import { isDeepStrictEqual } from 'node:util';
import { type Page, type PageRequest, type Upstream, type UpstreamCall } from '../upstream/upstream.ts';

/** What can be watched together: the detectors or alarms of one model, or one object that has no list. Reads reject with an UpstreamError. */
export interface WatchSource<Item> {
  /** Unique among all sources, also of other kinds: sources with the same id are one watch. */
  readonly id: string;
  /** One object by its key; null: there is none. */
  describe(key: string, upstream: Upstream, call: UpstreamCall): Promise<Item | null>;
  /** One page of all objects, which may tell less of each. Absent: the source is one object. */
  readonly list?: (page: PageRequest, upstream: Upstream, call: UpstreamCall) => Promise<Page<Item>>;
  readonly keyOf: (item: Item) => string;
  /** Whether two readings tell the same, as far as both tell it. */
  readonly isSame: (left: Item, right: Item) => boolean;
}

/** The key of the object of a model that has no key. No keyValue is empty. */
export const NO_KEY = '';

/** What detectors and alarms have alike. `detail` is what only Describe tells; null on an object from a list. */
interface Reading {
  readonly stateName: string;
  readonly creationTime: Date;
  readonly lastUpdateTime: Date;
  readonly detail: object | null;
}

/** `isSame` for detectors and alarms: whatever changes in one moves its lastUpdateTime, so a summary without detail is enough. */
export function isSameReading(left: Reading, right: Reading): boolean {
  return (
    left.stateName === right.stateName &&
    left.lastUpdateTime.getTime() === right.lastUpdateTime.getTime() &&
    left.creationTime.getTime() === right.creationTime.getTime() &&
    (left.detail === null || right.detail === null || isDeepStrictEqual(left.detail, right.detail))
  );
}
