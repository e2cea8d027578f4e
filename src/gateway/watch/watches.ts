import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { type Upstream } from '../upstream/upstream.ts';
import { type CursorPosition } from './cursor.ts';
import { follow, type WatchEvent } from './follow.ts';
import { createWatch, KEEP_CHANGES_MS, type Watch, type WatchSource } from './watch.ts';

/** What the watches of a process share. Times in ms. */
export interface WatchesOptions {
  readonly upstream: Upstream;
  readonly scheduler: Scheduler;
  readonly pollIntervalMs: number;
  /** For one poll. */
  readonly deadlineMs: number;
  readonly log: Log;
}

/** What a subscriber wants of a watch. */
interface WatchRequest<Item> {
  /** Where to go on; null: begin with the present state. */
  readonly after: CursorPosition | null;
  /** Which objects; absent: all. */
  readonly passes?: (item: Item) => boolean;
}

/** All watched things of a process: one poll loop for each, however many subscribers follow it. */
export interface Watches {
  /** The events for one subscriber, until it calls `return()`. Polling begins with the first `next()`. */
  follow<Item>(source: WatchSource<Item>, request: WatchRequest<Item>): AsyncIterableIterator<WatchEvent<Item>>;
}

/** How many watches are kept at most that nobody follows. */
const MAX_IDLE = 1000;

/** Makes the watches of a process. Nothing is polled until somebody follows, and nothing after the last one has left. */
export function createWatches(options: WatchesOptions): Watches {
  const { scheduler } = options;
  const watches = new Map<string, Watch<unknown>>();
  /** How to cancel the expiry of the watches that nobody follows, the longest idle first. */
  const idle = new Map<string, () => void>();

  function enter<Item>(source: WatchSource<Item>): Watch<Item> {
    idle.get(source.id)?.();
    idle.delete(source.id);
    // The id names the kind of source too, so what stands under it watches Items.
    const known = watches.get(source.id) as Watch<Item> | undefined;
    if (known) return known;
    const watch = createWatch(source, options.upstream, { ...options, log: options.log.child({ watch: source.id }) });
    watches.set(source.id, watch);
    return watch;
  }

  function exit(id: string, watch: Watch<unknown>): void {
    if (watch.isFollowed()) return;
    if (!watch.hasHistory()) {
      watches.delete(id);
      return;
    }
    idle.set(
      id,
      scheduler.schedule(KEEP_CHANGES_MS, () => {
        forget(id);
      }),
    );
    const [longestIdle] = idle.keys();
    if (idle.size > MAX_IDLE && longestIdle !== undefined) forget(longestIdle);
  }

  function forget(id: string): void {
    idle.get(id)?.();
    idle.delete(id);
    watches.delete(id);
  }

  return {
    follow(source, { after, passes = () => true }) {
      return follow({
        after,
        passes,
        single: source.single,
        nowMs: () => scheduler.nowMs(),
        join(follower) {
          const watch = enter(source);
          const leave = watch.join(follower);
          return {
            watch,
            leave() {
              leave();
              exit(source.id, watch);
            },
          };
        },
      });
    },
  };
}
