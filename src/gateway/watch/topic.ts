import { UpstreamError } from '../upstream/errors.ts';
import { type ChangeLog, type ChangeLogLimits, createChangeLog } from './change-log.ts';
import { type Change, changesBetween, type Objects } from './change.ts';

/** Who follows a topic. Both functions are signals: what there is to know is read from the topic. */
export interface Follower {
  /** The shortest time between two polls that it asks for. */
  readonly pollIntervalMs: number;
  /** Whether it asks for what only Describe tells. */
  readonly needsDetail: boolean;
  /** There are changes, or a first or fresh reading. */
  onNews(): void;
  /** Upstream refused to let the topic be read: it does not exist, or not for us. */
  onRefusal(error: UpstreamError): void;
}

/** All objects of a topic as last read, and the number of the last change before. */
export interface Present<Item> {
  readonly objects: Objects<Item>;
  readonly sequence: number;
  readonly observedAtMs: number;
}

/** What followers follow: one object of a watch, or all. What it knows survives a time without followers. */
export interface Topic<Item> extends Pick<ChangeLog<Item>, 'epoch' | 'lastSequence' | 'changesAfter'> {
  /** Null: all objects. */
  readonly key: string | null;
  readonly followers: Set<Follower>;
  /** Null unless the last poll read it. */
  present(): Present<Item> | null;
  /** Whether it has ever been read, so that there is something to go on from. */
  hasHistory(): boolean;
  /** Whether the last reading told a change. */
  hasMoved(): boolean;
  /** Takes a reading of all its objects and gives the number of changes. With `keepsSame`, what has not changed stays as known: that may tell more. */
  record(objects: Objects<Item>, observedAtMs: number, keepsSame: boolean): number;
  /** Takes that a reading failed, and says so to those who wait for a first one if upstream refuses. */
  fail(error: unknown): void;
  /** From here on what is known may be old. */
  expire(): void;
}

/** Makes a topic of which nothing is known. */
export function createTopic<Item>(
  key: string | null,
  isSame: (left: Item, right: Item) => boolean,
  limits: ChangeLogLimits,
): Topic<Item> {
  const followers = new Set<Follower>();
  const log = createChangeLog<Item>(limits);
  let last: Present<Item> | null = null;
  let fresh = false;
  let moved = false;

  return {
    ...log,
    key,
    followers,
    present: () => (fresh ? last : null),
    hasHistory: () => last !== null,
    hasMoved: () => moved,
    record(objects, observedAtMs, keepsSame) {
      const known = last?.objects ?? objects;
      const changes = changesBetween(known, objects, isSame);
      log.append(changes, observedAtMs);
      moved = changes.length > 0;
      const isNews = !fresh || moved;
      last = { objects: keepsSame ? applied(known, changes) : objects, sequence: log.lastSequence(), observedAtMs };
      fresh = true;
      if (isNews) for (const follower of followers) follower.onNews();
      return changes.length;
    },
    fail(error) {
      fresh = false;
      if (isRefusal(error)) for (const follower of followers) follower.onRefusal(error);
    },
    expire() {
      fresh = false;
    },
  };
}

/** Whether upstream will say the same however often it is asked. */
export function isRefusal(error: unknown): error is UpstreamError {
  return (
    error instanceof UpstreamError && ['NOT_FOUND', 'UPSTREAM_FORBIDDEN', 'UPSTREAM_REJECTED'].includes(error.code)
  );
}

/** The objects after the changes; those that did not change are the very same. */
function applied<Item>(objects: Objects<Item>, changes: readonly Change<Item>[]): Objects<Item> {
  if (changes.length === 0) return objects;
  const after = new Map(objects);
  for (const { key, item } of changes) {
    if (item === null) after.delete(key);
    else after.set(key, item);
  }
  return after;
}
