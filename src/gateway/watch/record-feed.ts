import { type Bus, BusUnavailableError, type LoggedChange as LoggedText, type TopicChanges } from '../../fanout/bus.ts';
import { createLimit } from '../limit.ts';
import { type LoggedChange } from './change-log.ts';
import { type Change } from './change.ts';
import { type CursorPosition } from './cursor.ts';
import { type Mirror, mirrorOf, readChange, takeInto } from './mirror.ts';
import { objectsOf } from './reader.ts';
import { IS_READ, readRefusal } from './record-text.ts';
import { type Timeline } from './timeline.ts';
import { type Topic } from './topic.ts';
import { type Missed } from './watch.ts';

/** What brings the record of a watch to the topics of this replica. */
export interface RecordFeed<Item> {
  /** Reads on in the record and gives its mirror, which is there while anybody has the lease. Rejects as the bus does. */
  readOn(): Promise<Mirror<Item>>;
  /**
   * Reads on, and lets all topics take what the record says of them. What this replica saw for itself yields to what was read
   * `marginMs` later, a lease time unless told otherwise: rounds take their time, and clocks differ.
   */
  catchUp(marginMs?: number): Promise<void>;
  /** As it was last read; null: never. */
  mirror(): Mirror<Item> | null;
  /** Lets a topic take what the mirror says of it, if that is not old. */
  settle(topic: Topic<Item>): void;
  /** From here on the mirror may be old, and with it what topics know, until it has caught up. */
  suspend(): void;
  /** The changes after a position that only the record knows, null if it does not either. */
  missed(topic: Topic<Item>, after: CursorPosition): Promise<Missed<Item> | null>;
}

/** Makes the feed of the record `id`, which reads nothing yet. */
export function createRecordFeed<Item>(
  id: string,
  topics: ReadonlyMap<string | null, Topic<Item>>,
  timeline: Timeline,
  { bus, leaseMs }: { readonly bus: Bus; readonly leaseMs: number },
): RecordFeed<Item> {
  let mirror: Mirror<Item> | null = null;
  let isCurrent = false;
  let suspensions = 0;
  const inTurn = createLimit(1);

  function settle(topic: Topic<Item>, marginMs = leaseMs): void {
    const standing = isCurrent && mirror ? standingOf(topic, mirror) : null;
    if (mirror === null || standing === null) topic.expire();
    else if (standing !== IS_READ) topic.fail(readRefusal(standing));
    else if (mirror.observedAtMs === null) topic.expire();
    else if (topic.isAdopted()) topic.confirm(mirror.observedAtMs);
    else if (mirror.observedAtMs > (topic.knownAtMs() ?? -Infinity) + marginMs) {
      const objects = topic.key === null ? new Map(mirror.objects) : mirror.objects;
      topic.adopt(objectsOf(topic, objects), mirror.observedAtMs, mirror.position);
    } else topic.expire();
  }

  function advance(known: Mirror<Item>, told: TopicChanges): void {
    timeline.reach(known.position);
    const news = new Map<Topic<Item>, LoggedChange<Item>[]>();
    for (const text of told.changes) {
      const change = takeInto(known, text);
      const sequence = timeline.reach(text);
      for (const topic of change === null ? [] : [topics.get(change.key), topics.get(null)]) {
        if (change === null || topic?.isAdopted() !== true) continue;
        const changes = news.get(topic) ?? [];
        news.set(topic, changes);
        changes.push(logged(change, text, sequence));
      }
    }
    for (const [topic, changes] of news) topic.append(changes);
    known.position = told.position;
    known.observedAtMs = told.observedAtMs;
  }

  async function read(): Promise<Mirror<Item>> {
    const told = mirror && (await bus.changesAfter(id, mirror.position));
    if (mirror && told) advance(mirror, told);
    else {
      const present = await bus.read(id);
      if (present === null) throw new BusUnavailableError('Expected the record of a watch, got none: it was lost');
      mirror = mirrorOf(present);
      timeline.reach(mirror.position);
      for (const topic of topics.values()) topic.disown();
    }
    return mirror;
  }

  async function catchUp(marginMs?: number): Promise<void> {
    const before = suspensions;
    await read();
    isCurrent = before === suspensions;
    for (const topic of topics.values()) settle(topic, marginMs);
  }

  return {
    settle,
    suspend() {
      isCurrent = false;
      suspensions += 1;
      for (const topic of topics.values()) topic.expire();
    },
    mirror: () => mirror,
    readOn: () => inTurn(read),
    catchUp: (marginMs) => inTurn(() => catchUp(marginMs)),
    async missed(topic, { epoch, sequence, complete, topicTag }) {
      if (!complete || topicTag !== topic.tag) return null;
      const told = await bus.changesAfter(id, { epoch, sequence });
      if (told === null) return null;
      await inTurn(() => catchUp());
      const reached = topic.find({ ...told.position, topicTag: topic.tag, complete: true, round: 0 });
      if (reached === null) return null;
      return { changes: changesOf(topic, told), sequence: reached };
    },
  };
}

/** A topic that is not read for itself may be part of all that is. */
function standingOf<Item>({ key }: Topic<Item>, { standings }: Mirror<Item>): string | null {
  return standings.get(key) ?? (standings.get(null) === IS_READ ? IS_READ : null);
}

function changesOf<Item>({ key }: Topic<Item>, { changes }: TopicChanges): LoggedChange<Item>[] {
  return changes.flatMap((text) => {
    const change = readChange<Item>(text);
    return change && (key === null || change.key === key) ? [logged(change, text, text.sequence)] : [];
  });
}

function logged<Item>(
  change: Change<Item>,
  { epoch, sequence: place, atMs }: LoggedText,
  sequence: number,
): LoggedChange<Item> {
  return { ...change, sequence, position: { epoch, sequence: place }, observedAtMs: atMs };
}
