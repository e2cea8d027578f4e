import { UpstreamError } from '../upstream/errors.ts';
import { type Upstream, type UpstreamCall } from '../upstream/upstream.ts';
import { type Change, changesBetween, type Objects } from './change.ts';
import { createEpoch } from './cursor.ts';
import { type PollLoopOptions, startPollLoop } from './poll-loop.ts';

/** What can be watched: how to read all its objects, and when two readings of one are the same. */
export interface WatchSource<Item> {
  /** Unique among all sources, also of other kinds: sources with the same id are one watch. */
  readonly id: string;
  /** A source of a single object tells of its absence too. */
  readonly single: boolean;
  /** Rejects with an UpstreamError. */
  read(upstream: Upstream, call: UpstreamCall): Promise<Objects<Item>>;
  readonly isSame: (left: Item, right: Item) => boolean;
}

/** A change in its place in the watch's sequence, and when it was seen. */
export type LoggedChange<Item> = Change<Item> & { readonly sequence: number; readonly observedAtMs: number };

/** All objects as last read, and the sequence number of the last change before. */
export interface Present<Item> {
  readonly objects: Objects<Item>;
  readonly sequence: number;
  readonly observedAtMs: number;
}

/** Who follows a watch. Both are signals: what there is to know is read from the watch. */
export interface Follower {
  /** There are changes, or a first or fresh reading. */
  onNews(): void;
  /** Upstream refused to let the watched thing be read: it does not exist, or not for us. */
  onRefusal(error: UpstreamError): void;
}

/** One watched thing: polled while anybody follows it. What it knows survives a time without followers. */
export interface Watch<Item> {
  readonly epoch: string;
  /** The newest sequence number there is. */
  lastSequence(): number;
  /** Null unless the last poll succeeded, which makes it no older than the poll interval. */
  present(): Present<Item> | null;
  /** The changes after a sequence number, oldest first; null if some of them are no longer known. */
  changesAfter(sequence: number): readonly LoggedChange<Item>[] | null;
  /** Whether it has ever been read, so that there is something to go on from. */
  hasHistory(): boolean;
  isFollowed(): boolean;
  /** Starts the polling with the first follower; the returned function leaves, and stops it with the last. */
  join(follower: Follower): () => void;
}

/** How long what a client missed is kept for it: enough to reconnect, also when all clients lost their connection at once. */
export const KEEP_CHANGES_MS = 120_000;
// A single poll that saw more is kept whole.
const MAX_KEPT_CHANGES = 1000;

/** Makes a watch that does nothing until somebody joins. */
export function createWatch<Item>(
  source: WatchSource<Item>,
  upstream: Upstream,
  options: PollLoopOptions,
): Watch<Item> {
  const followers = new Set<Follower>();
  let stopLoop: (() => void) | null = null;
  // Counts the loops, so that a poll that outlives its loop is told apart.
  let loopNumber = 0;
  let last: Present<Item> | null = null;
  let fresh = false;
  let log: LoggedChange<Item>[] = [];

  async function poll(call: UpstreamCall): Promise<void> {
    const mine = loopNumber;
    try {
      const objects = await source.read(upstream, call);
      if (mine === loopNumber) record(objects);
    } catch (error) {
      if (mine === loopNumber) fail(error);
      throw error;
    }
  }

  function record(objects: Objects<Item>): void {
    const observedAtMs = options.scheduler.nowMs();
    const changes = last ? changesBetween(last.objects, objects, source.isSame) : [];
    const before = last?.sequence ?? 0;
    const isNews = !fresh || changes.length > 0;
    if (changes.length > 0) {
      const logged = changes.map((change, index) => ({ ...change, sequence: before + 1 + index, observedAtMs }));
      const recent = log.filter((change) => change.observedAtMs >= observedAtMs - KEEP_CHANGES_MS);
      log = [...recent, ...logged].slice(-Math.max(MAX_KEPT_CHANGES, logged.length));
    }
    last = { objects, sequence: before + changes.length, observedAtMs };
    fresh = true;
    if (isNews) for (const follower of followers) follower.onNews();
  }

  function fail(error: unknown): void {
    if (!(error instanceof UpstreamError)) {
      fresh = false;
      return;
    }
    // The model is gone, and with it all that it had.
    if (error.code === 'NOT_FOUND' && last !== null && last.objects.size > 0) record(new Map());
    fresh = false;
    if (error.code === 'NOT_FOUND' || error.code === 'UPSTREAM_FORBIDDEN' || error.code === 'UPSTREAM_REJECTED') {
      for (const follower of followers) follower.onRefusal(error);
    }
  }

  return {
    epoch: createEpoch(),
    lastSequence: () => last?.sequence ?? 0,
    present: () => (fresh ? last : null),
    changesAfter(sequence) {
      const missed = (last?.sequence ?? 0) - sequence;
      if (missed < 0 || missed > log.length) return null;
      return log.slice(log.length - missed);
    },
    hasHistory: () => last !== null,
    isFollowed: () => followers.size > 0,
    join(follower) {
      followers.add(follower);
      stopLoop ??= startPollLoop(poll, options);
      return () => {
        followers.delete(follower);
        if (followers.size > 0) return;
        stopLoop?.();
        stopLoop = null;
        loopNumber += 1;
        fresh = false;
      };
    },
  };
}
