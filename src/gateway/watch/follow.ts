import { cancellable } from './cancellable.ts';
import { type CursorPosition, encodeCursor } from './cursor.ts';
import { type Follower, type LoggedChange, type Present, type Watch } from './watch.ts';

/** One event of a subscription. `previous` and `item` are the object before and now; both are null in a GAP. */
export interface WatchEvent<Item> {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CREATED' | 'UPDATED' | 'DELETED' | 'GAP';
  readonly previous: Item | null;
  readonly item: Item | null;
  readonly observedAtMs: number;
}

/** What one subscriber follows, and how. */
export interface FollowOptions<Item> {
  /** Joins the watch; called with the first `next()`, and `leave` when the events end. */
  readonly join: (follower: Follower) => { readonly watch: Watch<Item>; readonly leave: () => void };
  /** Where to go on; null: begin with the present state. */
  readonly after: CursorPosition | null;
  /** A source of a single object tells of its absence too. */
  readonly single: boolean;
  /** An object's change is told if the object before or after it passes. */
  readonly passes: (item: Item) => boolean;
  readonly nowMs: () => number;
}

/**
 * The events of a watch, for one subscriber, pulled at its own pace: what a slow one has not taken is kept once for all, and one
 * that falls behind what is kept gets a GAP and the present state. Ends at `return()`, also while it waits. Rejects with an
 * UpstreamError if upstream refuses before the present state is known.
 */
export function follow<Item>(options: FollowOptions<Item>): AsyncIterableIterator<WatchEvent<Item>> {
  let ended = false;
  let refusal: Error | null = null;
  let wake: () => void = () => undefined;
  const follower: Follower = {
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
    const { watch, leave } = options.join(follower);
    try {
      /** The change that was told last; null: the present state is to be told first. */
      let position = resume(watch, options.after);
      if (position === null && options.after !== null) yield gap(watch, options.nowMs());
      while (!ended) {
        if (position === null) {
          const present = watch.present();
          if (present !== null) {
            yield* snapshots(watch, present, options);
            position = present.sequence;
          } else if (refusal !== null) throw refusal;
          else await news();
          continue;
        }
        const changes = watch.changesAfter(position);
        if (changes === null) {
          yield gap(watch, options.nowMs());
          position = null;
          continue;
        }
        for (const change of changes) {
          position = change.sequence;
          if (isTold(change, options)) yield told(watch, change);
        }
        if (changes.length === 0) await news();
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

/** The sequence number that a cursor stands for, if all changes since are still known; else null. */
function resume<Item>(watch: Watch<Item>, after: CursorPosition | null): number | null {
  if (after === null || after.epoch !== watch.epoch || !after.complete) return null;
  return watch.changesAfter(after.sequence) === null ? null : after.sequence;
}

/** One SNAPSHOT for each object that passes; only the last one's cursor stands for all of them. */
function* snapshots<Item>(
  watch: Watch<Item>,
  { objects, sequence, observedAtMs }: Present<Item>,
  options: FollowOptions<Item>,
): Generator<WatchEvent<Item>> {
  const items: (Item | null)[] = [...objects.values()].filter(options.passes);
  if (options.single && items.length === 0) items.push(null);
  for (const [index, item] of items.entries()) {
    const cursor = encodeCursor({ epoch: watch.epoch, sequence, complete: index === items.length - 1 });
    yield { cursor, kind: 'SNAPSHOT', previous: null, item, observedAtMs };
  }
}

function isTold<Item>({ previous, item }: LoggedChange<Item>, options: FollowOptions<Item>): boolean {
  return (previous !== null && options.passes(previous)) || (item !== null && options.passes(item));
}

function told<Item>(
  watch: Watch<Item>,
  { kind, previous, item, sequence, observedAtMs }: LoggedChange<Item>,
): WatchEvent<Item> {
  return { cursor: encodeCursor({ epoch: watch.epoch, sequence, complete: true }), kind, previous, item, observedAtMs };
}

/** Its cursor stands for no place, so that who comes back with it gets a GAP again. */
function gap<Item>(watch: Watch<Item>, observedAtMs: number): WatchEvent<Item> {
  const cursor = encodeCursor({ epoch: watch.epoch, sequence: watch.lastSequence(), complete: false });
  return { cursor, kind: 'GAP', previous: null, item: null, observedAtMs };
}
