import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { type Bus } from '../../fanout/bus.ts';
import { type Upstream } from '../upstream/upstream.ts';
import { withinBudget } from './budgeted-upstream.ts';
import { createCallBudget } from './call-budget.ts';
import { type ChangeLogLimits } from './change-log.ts';
import { follow, type FollowOptions, type WatchEvent } from './follow.ts';
import { createPollCounters, type PollCounters } from './poll-counters.ts';
import { type WatchSource } from './source.ts';
import { createSharedWatch } from './shared-watch.ts';
import { createWatch, type Watch } from './watch.ts';

/** How watches poll and what they keep, from the settings. */
export interface WatchSettings extends ChangeLogLimits {
  readonly pollIntervalMs: number;
  readonly pollMaxIntervalMs: number;
  readonly pollCallsPerSecond: number;
  readonly maxBacklogEvents: number;
}

/** What the watches of a process share. */
export interface WatchesOptions extends WatchSettings {
  /** Gives each call a deadline of its own. */
  readonly upstream: Upstream;
  readonly scheduler: Scheduler;
  /** What replicas share their polling through; null: there is only this one. */
  readonly bus: Bus | null;
  readonly log: Log;
}

/** What a subscriber wants of a source. */
interface FollowRequest<Item> extends Pick<FollowOptions<Item>, 'after' | 'pollIntervalMs' | 'needsDetail'> {
  /** Null: all objects. */
  readonly key: string | null;
  /** Which of them; absent: all. */
  readonly passes?: (item: Item) => boolean;
}

/** All watched things of a process: one poll loop for each source, however many subscribers follow it. */
export interface Watches {
  /** The events for one subscriber, until it calls `return()`. Polling begins with the first `next()`. */
  follow<Item>(source: WatchSource<Item>, request: FollowRequest<Item>): AsyncIterableIterator<WatchEvent<Item>>;
  /** The least that a subscriber may ask for. */
  readonly pollIntervalMs: number;
  /** For what events load: what a list does not tell is described within the polls' budget. */
  readonly upstream: Upstream;
  readonly counters: Readonly<PollCounters>;
  /** Resolves when other replicas can take over what nobody follows here any more. */
  handedOver(): Promise<void>;
}

/** So long after a replica has died another polls in its place: less than two intervals. */
const LEASE_INTERVALS = 1.5;
/** How many topics are kept at most that nobody follows. */
const MAX_IDLE = 1000;

/** Makes the watches of a process. Nothing is polled until somebody follows, and nothing after the last one has left. */
export function createWatches(options: WatchesOptions): Watches {
  const { upstream, scheduler, bus, pollIntervalMs, maxBacklogEvents } = options;
  const budget = createCallBudget(options.pollCallsPerSecond, scheduler);
  const counters = createPollCounters();
  const releases = new Set<Promise<void>>();
  const sharing = {
    leaseMs: pollIntervalMs * LEASE_INTERVALS,
    onRelease(release: Promise<void>) {
      releases.add(release);
      void release.finally(() => releases.delete(release));
    },
  };
  const watches = new Map<string, Watch<unknown>>();
  /** What ends the memory of the topics that nobody follows, the longest idle first. */
  const idle = new Map<string, { readonly cancel: () => void; readonly forget: () => void }>();

  function enter<Item>(source: WatchSource<Item>): Watch<Item> {
    // The id names the kind of source too, so what stands under it watches Items.
    const known = watches.get(source.id) as Watch<Item> | undefined;
    if (known) return known;
    const log = options.log.child({ watch: source.id });
    const watchOptions = { ...options, budget, counters, logLimits: options, log };
    const watch = bus
      ? createSharedWatch(source, { ...watchOptions, ...sharing, bus })
      : createWatch(source, watchOptions);
    watches.set(source.id, watch);
    return watch;
  }

  /** Keeps for a while what a topic knows, for those who come back. */
  function keep(topicId: string, forget: () => void): void {
    const end = () => {
      wakeUp(topicId);
      forget();
    };
    idle.set(topicId, { cancel: scheduler.schedule(options.resumeLogAgeMs, end), forget: end });
    const [longestIdle] = idle.values();
    if (idle.size > MAX_IDLE) longestIdle?.forget();
  }

  function wakeUp(topicId: string): void {
    idle.get(topicId)?.cancel();
    idle.delete(topicId);
  }

  return {
    pollIntervalMs,
    upstream: withinBudget(upstream, budget),
    counters,
    async handedOver() {
      await Promise.all(releases);
    },
    follow(source, request) {
      const { key, passes = () => true } = request;
      const topicId = `${source.id} ${JSON.stringify(key)}`;
      return follow({
        ...request,
        passes,
        maxBacklogEvents,
        nowMs: () => scheduler.nowMs(),
        join(follower) {
          wakeUp(topicId);
          const watch = enter(source);
          const topic = watch.topic(key);
          const leave = watch.join(topic, follower);
          const forget = () => {
            watch.forget(topic);
            if (watch.isEmpty()) watches.delete(source.id);
          };
          return {
            topic,
            missed: watch.missed && ((after) => watch.missed?.(topic, after) ?? Promise.resolve(null)),
            leave() {
              leave();
              if (topic.followers.size > 0) return;
              if (topic.knownAtMs() !== null) keep(topicId, forget);
              else forget();
            },
          };
        },
      });
    },
  };
}
