import { type Bus, type Lease } from '../../fanout/bus.ts';
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

/** Makes a writer. */
export function createRecordWriter<Item>(options: RecordWriterOptions<Item>): RecordWriter<Item> {
  const { source, topics, feed, bus, leaseMs, scheduler } = options;
  return {
    async begin(lease) {
      const { standings, position } = await feed.readOn();
      if (standings.size === 0) return;
      const changes = [...standings.keys()].map((key) => ({ key: entryName({ kind: 'topic', key }), text: null }));
      await bus.append(lease, position.sequence, { changes, atMs: scheduler.nowMs(), fault: 'NOT_READ_YET' }, leaseMs);
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
      const position = await bus.append(lease, mirror.position.sequence, reading, leaseMs);
      if (position !== null) await feed.catchUp(0);
      return { round, isWritten: position !== null };
    },
  };
}
