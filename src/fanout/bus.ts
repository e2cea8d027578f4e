/**
 * What replicas of the gateway share: the record of each watched thing (a topic), who polls it, and limits. How a watch uses it:
 *
 * 1. Join: `subscribe`, then `acquire`. Who gets the lease polls; everybody else follows.
 * 2. Poll: `read` the record as what is known, then for each poll `append` what differs from it. `renew` while a poll or the pause
 *    after it outlasts a third of the lease. An append or renewal that is refused: somebody else polls by now, so follow. One that
 *    rejects may have been done: acquire anew. The record takes nothing from an old lease, so nothing is told twice.
 * 3. Follow: `read` once; at CHANGED, `changesAfter` the own position, or `read` again if that is null. `acquire` at RELEASED and
 *    when the lease of the holder runs out: that is the failover, one lease's length after the holder died or froze.
 * 4. Cut off (LOST, or a call that rejects): poll alone, with changes under an epoch of one's own. What is known stays known.
 * 5. Back (FOUND): go to 1. What the record has that differs from what is known is told under the own epoch, once; from there on
 *    positions are the record's. A client that comes back with a position that `changesAfter` does not know gets a gap and all.
 */
import { randomBytes } from 'node:crypto';

/** A place in the changes of a topic. An epoch is one lease: no two changes ever share a position, not even after data loss. */
export interface Position {
  readonly epoch: string;
  /** Grows by one with each change, from one epoch to the next too. */
  readonly sequence: number;
}

/** The right to write a topic's record, until a newer lease is given: its epoch is the fencing token. */
export interface Lease {
  readonly topic: string;
  readonly epoch: string;
}

/** One object as it is now; null: it is gone. */
export interface ObjectChange {
  readonly key: string;
  readonly text: string | null;
}

/** A change in the log. `previous` and `text` are the object before and after, null where it was not there. */
export interface LoggedChange extends ObjectChange, Position {
  readonly previous: string | null;
  readonly atMs: number;
}

/** What one poll found, at `atMs` of the poller's clock. `fault` is the poller's text for why it could not read; null: it could. */
export interface Reading {
  readonly changes: readonly ObjectChange[];
  readonly atMs: number;
  readonly fault: string | null;
}

/** How a topic stands: after its last change, at the last reading without a fault (null: none yet), with the last reading's fault. */
export interface TopicState {
  readonly position: Position;
  readonly observedAtMs: number | null;
  readonly fault: string | null;
}

/** How a topic stands, with the text of every object by its key. */
export interface TopicPresent extends TopicState {
  readonly objects: ReadonlyMap<string, string>;
}

/** How a topic stands, with the changes that led there, oldest first. */
export interface TopicChanges extends TopicState {
  readonly changes: readonly LoggedChange[];
}

/**
 * A hint to look again. CHANGED: changes, a first reading, or another fault. WANTED: a key that was not wanted before. RELEASED: the
 * lease is free. LOST: nothing can be called or heard; FOUND: it can again, and hints may have been missed.
 */
export type Signal = 'CHANGED' | 'WANTED' | 'RELEASED' | 'LOST' | 'FOUND';

/** The topics that replicas share. All calls reject with a BusUnavailableError. Records are forgotten if no lease is on them. */
export interface Topics {
  /** Takes the lease unless another replica holds it, for at most another `expiresInMs`. One's own is replaced by a new one. */
  acquire(topic: string, ttlMs: number): Promise<{ readonly lease: Lease } | { lease: null; expiresInMs: number }>;
  /** False if the lease is no longer the newest. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Frees the topic, unless the lease is no longer the newest. */
  release(lease: Lease): Promise<void>;
  /**
   * Brings the record up to a reading, renews the lease, and gives the new position. Null, with nothing done, if the lease is no
   * longer the newest or the record is not at the sequence number `after`. The first reading is where the log begins.
   */
  append(lease: Lease, after: number, reading: Reading, ttlMs: number): Promise<Position | null>;
  /** Null if there is no record: nobody has had the lease, or it is lost. */
  read(topic: string): Promise<TopicPresent | null>;
  /** Null if the log does not hold the position, or not all since. */
  changesAfter(topic: string, position: Position): Promise<TopicChanges | null>;
  /** What is called after it misses no signal of what happens after. The returned function ends it. */
  subscribe(topic: string, listener: (signal: Signal) => void): () => void;
  /** Asks that these keys be read for `ttlMs` from now, besides those asked for before. */
  want(topic: string, keys: readonly string[], ttlMs: number): Promise<void>;
  /** The keys that any replica wants. */
  wanted(topic: string): Promise<ReadonlySet<string>>;
}

/** At most `limit` in any moment, refilled evenly within `windowMs`. */
interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Limits over all replicas. All calls reject with a BusUnavailableError. */
export interface SharedLimits {
  /** Spends `cost` of a rate and gives 0; or spends nothing and gives how many ms to wait. A cost above the limit never passes. */
  spend(name: string, cost: number, rate: Rate): Promise<number>;
  /**
   * Sets this replica's share of a limit for `ttlMs`, 0 gives it back. False, with nothing done, if it is to grow and all shares
   * would exceed the limit. Called again before the time is up it keeps the share; that of a dead replica comes back by itself.
   */
  holdShare(name: string, count: number, limit: number, ttlMs: number): Promise<boolean>;
}

/** One replica's end of the bus. */
export interface Bus extends Topics, SharedLimits {
  /** Whether calls are made at all: false from LOST to FOUND. */
  readonly isConnected: () => boolean;
  /** Ends the connection; leases and shares that were not given back run out. */
  readonly close: () => void;
}

/** How long and how much is kept of a topic. */
export interface RecordLimits {
  /** A record is forgotten so long after its last lease or reading, a change in the log so long after it. At least a lease's length. */
  readonly keepMs: number;
  /** The most changes in a log; those of one reading are kept whole. */
  readonly maxChanges: number;
}

/** The bus did not answer: what was asked for may or may not have been done. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
}

/** A name that is given once, such as that of an epoch or a replica. 12 characters that are safe everywhere. */
export function createUniqueName(): string {
  return randomBytes(9).toString('base64url');
}
