import { createUniqueName } from '../../fanout/bus.ts';
import { cancellable } from './cancellable.ts';
import { type LoggedChange } from './change-log.ts';
import { conflate, type ToldChange } from './conflate.ts';
import { type CursorPosition, encodeCursor } from './cursor.ts';
import { sharedEvent } from './shared-event.ts';
import { type Follower, type Present, type Topic } from './topic.ts';
import { type Missed } from './watch.ts';

/** One event of a subscription. `previous` and `item` are the object before and now; both are null in a GAP. */
export interface WatchEvent<Item> {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CREATED' | 'UPDATED' | 'DELETED' | 'GAP';
  readonly previous: Item | null;
  readonly item: Item | null;
  readonly observedAtMs: number;
  /** Whether it stands for more than one change of its object. */
  readonly conflated: boolean;
}

/** A topic that one subscriber has joined. */
interface Joined<Item> {
  readonly topic: Topic<Item>;
  /** Finds what came after a cursor that the topic, which is present, does not know; null if nobody does. Absent: nobody could. */
  readonly missed: ((after: CursorPosition) => Promise<Missed<Item> | null>) | undefined;
  readonly leave: () => void;
}

/** What one subscriber follows, and how. */
export interface FollowOptions<Item> extends Pick<Follower, 'pollIntervalMs' | 'needsDetail'> {
  /** Joins the topic; called with the first `next()`, and `leave` when the events end. */
  readonly join: (follower: Follower) => Joined<Item>;
  /** Where to go on; null: begin with the present state. */
  readonly after: CursorPosition | null;
  /** An object's change is told if the object before or after it passes. */
  readonly passes: (item: Item) => boolean;
  /** More changes than this that a subscriber has not taken are told as the newest of each object. */
  readonly maxBacklogEvents: number;
  readonly nowMs: () => number;
}

/**
 * The events of a topic, for one subscriber, pulled at its own pace: what a slow one has not taken is kept once for all, told
 * conflated if it is much, and one that falls behind what is kept gets a GAP and the present state. Ends at `return()`, also while
 * it waits. Rejects with an UpstreamError if upstream refuses before the present state is known.
 */
export function follow<Item>(options: FollowOptions<Item>): AsyncIterableIterator<WatchEvent<Item>> {
  let ended = false;
  let refusal: Error | null = null;
  // After what a client has seen, as it comes back with no cursor of a round that it has not.
  const round = (options.after?.round ?? 0) + 1;
  let wake: () => void = () => undefined;
  const follower: Follower = {
    pollIntervalMs: options.pollIntervalMs,
    needsDetail: options.needsDetail,
    onNews() {
      refusal = null;
      wake();
    },
    onRefusal(error) {
      refusal = error;
      wake();
    },
  };
  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  async function* run(): AsyncGenerator<WatchEvent<Item>, undefined> {
    const { topic, missed, leave } = options.join(follower);
    try {
      /** The change up to which all is told; null: the present state is to be told first. */
      let position = options.after && topic.find(options.after);
      if (position === null && options.after !== null && missed !== undefined) {
        while (!ended && topic.present() === null && refusal === null) await news();
        const found = topic.present() && (await missed(options.after));
        yield* told(topic, found?.changes ?? [], options);
        position = found?.sequence ?? null;
      }
      if (position === null && options.after !== null) yield gap(topic, round, options.nowMs());
      while (!ended) {
        if (position === null) {
          const present = topic.present();
          if (present !== null) {
            yield* snapshots(topic, present, options.passes, round);
            position = present.sequence;
          } else if (refusal !== null) throw refusal;
          else await news();
          continue;
        }
        const changes = topic.changesAfter(position);
        if (changes === null) {
          yield gap(topic, round, options.nowMs());
          position = null;
          continue;
        }
        // At once: a "yield*" of nothing takes time too, in which news would not be heard.
        if (changes.length === 0) await news();
        else yield* told(topic, changes, options);
        position = changes.at(-1)?.sequence ?? position;
      }
    } finally {
      leave();
    }
  }

  return cancellable(run(), () => {
    ended = true;
    wake();
  });
}

/** One SNAPSHOT for each object that passes; only the last one's cursor stands for all of them. */
function* snapshots<Item>(
  { key, tag }: Topic<Item>,
  present: Present<Item>,
  passes: (item: Item) => boolean,
  round: number,
): Generator<WatchEvent<Item>> {
  const { objects, position, observedAtMs } = present;
  const items: (Item | null)[] = [...objects.values()].filter(passes);
  // The absence of a single object is told too.
  if (key !== null && items.length === 0) items.push(null);
  for (const [index, item] of items.entries()) {
    const complete = index === items.length - 1;
    const cursor = encodeCursor({ ...position, topicTag: tag, complete, round }, index);
    const snapshot = { cursor, kind: 'SNAPSHOT', previous: null, item, observedAtMs, conflated: false } as const;
    yield sharedEvent((item ?? present) as object, snapshot);
  }
}

/** What of the changes is told, the newest of each object only if it is much. */
function* told<Item>(
  topic: Topic<Item>,
  changes: readonly LoggedChange<Item>[],
  { passes, maxBacklogEvents }: FollowOptions<Item>,
): Generator<WatchEvent<Item>> {
  const passing = changes.filter(
    ({ previous, item }) => (previous !== null && passes(previous)) || (item !== null && passes(item)),
  );
  if (passing.length > maxBacklogEvents) {
    for (const change of conflate(passing)) yield eventOf(topic, change);
    return;
  }
  for (const change of passing) {
    yield sharedEvent(change, eventOf(topic, { ...change, conflated: false, complete: true }));
  }
}

function eventOf<Item>(
  { tag }: Topic<Item>,
  { kind, previous, item, position, complete, conflated, observedAtMs }: ToldChange<Item>,
): WatchEvent<Item> {
  return {
    cursor: encodeCursor({ ...position, topicTag: tag, complete, round: 0 }),
    kind,
    previous,
    item,
    observedAtMs,
    conflated,
  };
}

/** Its cursor stands for no place, so that who comes back with it gets a GAP again. */
function gap<Item>({ tag }: Topic<Item>, round: number, observedAtMs: number): WatchEvent<Item> {
  const cursor = encodeCursor({ epoch: createUniqueName(), topicTag: tag, sequence: 0, complete: false, round });
  return { cursor, kind: 'GAP', previous: null, item: null, observedAtMs, conflated: false };
}
