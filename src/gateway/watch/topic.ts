import { createHash } from 'node:crypto';
import { type Position } from '../../fanout/bus.ts';
import { UpstreamError } from '../upstream/errors.ts';
import { type ChangeLog, type ChangeLogLimits, createChangeLog, type LoggedChange } from './change-log.ts';
import { type Change, changesBetween, type Objects } from './change.ts';
import { type CursorPosition } from './cursor.ts';
import { type Timeline } from './timeline.ts';

/** What somebody who follows a topic asks for. */
export interface Interest {
  /** The shortest time between two polls that it asks for. */
  readonly pollIntervalMs: number;
  /** Whether it asks for what only Describe tells. */
  readonly needsDetail: boolean;
}

/** Who follows a topic. Both functions are signals: what there is to know is read from the topic. */
export interface Follower extends Interest {
  /** There are changes, or a first or fresh reading. */
  onNews(): void;
  /** Upstream refused to let the topic be read: it does not exist, or not for us. */
  onRefusal(error: UpstreamError): void;
}

/** All objects of a topic as last read, and where that is in the changes. */
export interface Present<Item> {
  readonly objects: Objects<Item>;
  readonly sequence: number;
  readonly position: Position;
  readonly observedAtMs: number;
}

/** What followers follow: one object of a watch, or all. What it knows survives a time without followers. */
export interface Topic<Item> {
  /** Null: all objects. */
  readonly key: string | null;
  /** Keeps the topics of a watch apart in cursors. */
  readonly tag: string;
  readonly followers: Set<Follower>;
  /** Null unless the last poll read it. */
  present(): Present<Item> | null;
  /** Where the next change comes after. */
  position(): Position;
  /** Whether it has ever been read, so that there is something to go on from. */
  hasHistory(): boolean;
  /** Whether the last reading told a change. */
  hasMoved(): boolean;
  /** The sequence number that a cursor stands for; null unless all changes since are known. */
  find(cursor: CursorPosition): number | null;
  changesAfter(sequence: number): readonly LoggedChange<Item>[] | null;
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
  timeline: Timeline,
  limits: ChangeLogLimits,
): Topic<Item> {
  const followers = new Set<Follower>();
  let log: ChangeLog<Item> | null = null;
  let last: { readonly objects: Objects<Item>; readonly observedAtMs: number } | null = null;
  let fresh = false;
  let moved = false;

  function changesAfter(sequence: number) {
    return log?.changesAfter(sequence) ?? null;
  }

  return {
    key,
    tag: createHash('sha256').update(JSON.stringify(key)).digest('base64url').slice(0, 6),
    followers,
    changesAfter,
    present() {
      return fresh && last
        ? { ...last, sequence: timeline.now(), position: timeline.positionOf(timeline.now()) }
        : null;
    },
    position: () => timeline.positionOf(timeline.now()),
    hasHistory: () => last !== null,
    hasMoved: () => moved,
    find(cursor) {
      const step = cursor.complete ? timeline.stepOf(cursor) : null;
      return step === null || changesAfter(step) === null ? null : step;
    },
    record(objects, observedAtMs, keepsSame) {
      const known = last?.objects ?? objects;
      const changes = changesBetween(known, objects, isSame);
      // The first reading is a step of its own: what a topic of this name knew before, if there was one, is forgotten.
      log ??= createChangeLog(timeline.advance(1), limits);
      const before = timeline.advance(changes.length) - changes.length;
      const logged = changes.map((change, index) => {
        const sequence = before + 1 + index;
        return { ...change, sequence, position: timeline.positionOf(sequence), observedAtMs };
      });
      log.append(logged, observedAtMs);
      moved = changes.length > 0;
      const isNews = !fresh || moved;
      last = { objects: keepsSame ? applied(known, changes) : objects, observedAtMs };
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
