import { type Bus, type Lease, type Position, type Reading } from '../../fanout/bus.ts';
import { type Scheduler } from '../../clock.ts';
import { createDraft } from './draft.ts';
import { type RecordFeed } from './record-feed.ts';
import { entryName } from './record-text.ts';
import { type ReadingTaker } from './round.ts';
import { type WatchSource } from './source.ts';
import { isFollowed, type Topic } from './topic.ts';

/** What the record of a watch is written with. */
export interface RecordWriterOptions<Item> {
  readonly source: WatchSource<Item>;
  readonly topics: ReadonlyMap<string | null, Topic<Item>>;
  readonly feed: RecordFeed<Item>;
  readonly bus: Bus;
  /** How long a holder that is dead or frozen holds up the others. */
  readonly leaseMs: number;
  readonly scheduler: Scheduler;
}

/** Writes the record of a watch for who has its lease. All reject as the bus does. */
export interface RecordWriter<Item> {
  /** Lets the record say that nothing is read: so it is until this replica has read it. */
  begin(lease: Lease): Promise<void>;
  /** Performs a round, then writes what it read and what it failed to read. */
  perform(
    lease: Lease,
    read: (taker: ReadingTaker<Item>) => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<{ readonly round: PromiseSettledResult<boolean>; readonly isWritten: boolean }>;
}

/** Redis does nothing else while it writes so many, which is some ms. */
const MAX_CHANGES_AT_ONCE = 500;

/** Makes a writer. */
export function createRecordWriter<Item>(options: RecordWriterOptions<Item>): RecordWriter<Item> {
  const { source, topics, feed, bus, leaseMs, scheduler } = options;

  /** Writes a reading in parts, of which the last says how the topics stand. False if the lease or the position is not the newest. */
  async function append(lease: Lease, after: Position, reading: Reading): Promise<boolean> {
    let position: Position | null = after;
    let begin = 0;
    do {
      const changes = reading.changes.slice(begin, begin + MAX_CHANGES_AT_ONCE);
      begin += MAX_CHANGES_AT_ONCE;
      const fault = begin < reading.changes.length ? 'PARTIAL' : reading.fault;
      position = await bus.append(lease, position.sequence, { ...reading, changes, fault }, leaseMs);
    } while (position !== null && begin < reading.changes.length);
    return position !== null;
  }

  return {
    async begin(lease) {
      const { standings, position } = await feed.readOn();
      if (standings.size === 0) return;
      const changes = [...standings.keys()].map((key) => ({ key: entryName({ kind: 'topic', key }), text: null }));
      await append(lease, position, { changes, atMs: scheduler.nowMs(), fault: 'PARTIAL' });
      await feed.catchUp();
    },
    async perform(lease, read, signal) {
      const mirror = feed.mirror() ?? (await feed.readOn());
      const draft = createDraft(mirror, source.isSame);
      const [round] = await Promise.allSettled([read(draft)]);
      if (signal.aborted) return { round, isWritten: false };
      const followed = [...topics.values()].filter(isFollowed);
      const fault = draft.isWhole(followed) ? null : 'PARTIAL';
      const reading = { changes: draft.changes(followed), atMs: scheduler.nowMs(), fault };
      const isWritten = await append(lease, mirror.position, reading);
      if (isWritten) await feed.catchUp(0);
      return { round, isWritten };
    },
  };
}
