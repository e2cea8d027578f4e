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
  /** Those of this replica. */
  readonly followers: Set<Follower>;
  /** What other replicas ask for; null: nothing. */
  elsewhere: Interest | null;
  /** Null unless the last poll read it. */
  present(): Present<Item> | null;
  /** Whether the last reading told a change. */
  hasMoved(): boolean;
  /** The sequence number that a cursor stands for; null unless all changes since are known. */
  find(cursor: CursorPosition): number | null;
  changesAfter(sequence: number): readonly LoggedChange<Item>[] | null;
  /** Takes a reading of all its objects and gives the number of changes. With `keepsSame`, what has not changed stays as known: that may tell more. */
  record(objects: Objects<Item>, observedAtMs: number, keepsSame: boolean): number;
  /**
   * Takes all its objects from a record at `position`, and goes on with that: until `record` finds a change, its changes come
   * by `append`. The differences from what is known are told as changes of this replica's own.
   */
  adopt(objects: Objects<Item>, observedAtMs: number, position: Position): void;
  /** Goes on with no record. */
  disown(): void;
  isAdopted(): boolean;
  /** Takes what has changed in its record since. */
  append(changes: readonly LoggedChange<Item>[]): void;
  /** Takes that its record was read anew by then. */
  confirm(observedAtMs: number): void;
  /** When what is known was observed; null: it has never been read, so that there is nothing to go on from. */
  knownAtMs(): number | null;
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
  const tag = createHash('sha256').update(JSON.stringify(key)).digest('base64url').slice(0, 6);
  /** The step from which on it goes on with a record. */
  let adoptedAt = Infinity;
  let log: ChangeLog<Item> | null = null;
  let last: { readonly objects: Objects<Item>; readonly observedAtMs: number } | null = null;
  let fresh = false;
  let moved = false;

  function changesAfter(sequence: number) {
    return log?.changesAfter(sequence) ?? null;
  }

  function tell(isNews: boolean): void {
    fresh = true;
    if (isNews) for (const follower of followers) follower.onNews();
  }

  function record(objects: Objects<Item>, observedAtMs: number, keepsSame: boolean): number {
    const known = last?.objects ?? objects;
    const changes = changesBetween(known, objects, isSame);
    // The first reading is a step of its own: what a topic of this name knew before, if there was one, is forgotten.
    log ??= createChangeLog(timeline.advance(1), limits);
    log.append(placed(changes, observedAtMs, timeline), observedAtMs);
    moved = changes.length > 0;
    if (moved) adoptedAt = Infinity;
    last = { objects: keepsSame ? applied(known, changes) : objects, observedAtMs };
    tell(!fresh || moved);
    return changes.length;
  }

  return {
    key,
    tag,
    followers,
    elsewhere: null,
    changesAfter,
    present() {
      return fresh && last
        ? { ...last, sequence: timeline.now(), position: timeline.positionOf(timeline.now()) }
        : null;
    },
    hasMoved: () => moved,
    find(cursor) {
      const step = cursor.complete && cursor.topicTag === tag ? timeline.stepOf(cursor) : null;
      // What a record's position stood for before it was adopted, only the record knows.
      const isKnown = step !== null && (step >= adoptedAt || timeline.isOwn(cursor));
      return isKnown && changesAfter(step) !== null ? step : null;
    },
    record,
    isAdopted: () => adoptedAt < Infinity,
    adopt(objects, observedAtMs, position) {
      record(objects, observedAtMs, true);
      adoptedAt = timeline.reach(position);
    },
    disown: () => void (adoptedAt = Infinity),
    append(changes) {
      const newest = changes.at(-1);
      if (!log || !last || !newest) return;
      log.append(changes, newest.observedAtMs);
      last = { objects: applied(last.objects, changes), observedAtMs: newest.observedAtMs };
      moved = true;
      tell(true);
    },
    confirm(observedAtMs) {
      if (!last) return;
      moved &&= observedAtMs === last.observedAtMs;
      last = { ...last, observedAtMs };
      tell(!fresh);
    },
    knownAtMs: () => last?.observedAtMs ?? null,
    fail(error) {
      fresh = false;
      if (isRefusal(error)) for (const follower of followers) follower.onRefusal(error);
    },
    expire() {
      fresh = false;
    },
  };
}

/** The changes as the next steps of this replica's own. */
function placed<Item>(
  changes: readonly Change<Item>[],
  observedAtMs: number,
  timeline: Timeline,
): LoggedChange<Item>[] {
  const before = timeline.advance(changes.length) - changes.length;
  return changes.map((change, index) => {
    const sequence = before + 1 + index;
    return { ...change, sequence, position: timeline.positionOf(sequence), observedAtMs };
  });
}

/** What followers of this replica and others ask for. */
export function* interestsIn<Item>({ followers, elsewhere }: Topic<Item>): Generator<Interest, undefined> {
  yield* followers;
  if (elsewhere) yield elsewhere;
}

/** Whether anybody follows the topic, here or elsewhere. */
export function isFollowed<Item>({ followers, elsewhere }: Topic<Item>): boolean {
  return followers.size > 0 || elsewhere !== null;
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
