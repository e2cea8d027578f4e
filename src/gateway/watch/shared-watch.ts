import { type Bus, BusUnavailableError } from '../../fanout/bus.ts';
import { createPolling } from './polling.ts';
import { createRecordFeed } from './record-feed.ts';
import { joined, readInterests } from './record-text.ts';
import { type SharedPolling, startSharedPolling } from './shared-polling.ts';
import { type WatchSource } from './source.ts';
import { createTimeline } from './timeline.ts';
import { createTopic, interestsIn, type Topic } from './topic.ts';
import { type Watch, type WatchOptions } from './watch.ts';

/** What a watch that replicas share needs. */
interface SharedWatchOptions extends WatchOptions {
  readonly bus: Bus;
  /** How long a replica that is dead or frozen holds up the others. */
  readonly leaseMs: number;
  /** Hears of what is under way for others to take over. */
  readonly onRelease: (release: Promise<void>) => void;
}

/**
 * Makes a watch that one of the replicas polls, for all of them, and of which all tell the same changes at the same positions. Cut
 * off from the others it is a watch that polls for itself, under positions of its own.
 */
export function createSharedWatch<Item>(source: WatchSource<Item>, options: SharedWatchOptions): Watch<Item> {
  const topics = new Map<string | null, Topic<Item>>();
  /** Those that are here for other replicas alone. */
  const foreign = new Set<Topic<Item>>();
  const timeline = createTimeline();
  const polling = createPolling(source, topics, options);
  const feed = createRecordFeed(source.id, topics, timeline, options);
  let shared: SharedPolling | null = null;

  function make(key: string | null): Topic<Item> {
    const topic = topics.get(key) ?? createTopic(key, source.isSame, timeline, options.logLimits);
    topics.set(key, topic);
    return topic;
  }

  function takeInterests(wanted: ReadonlySet<string>): void {
    const interests = readInterests(wanted);
    for (const topic of topics.values()) {
      if (interests.has(topic.key)) continue;
      topic.elsewhere = null;
      if (foreign.delete(topic)) topics.delete(topic.key);
    }
    for (const [key, interest] of interests) {
      if (!topics.has(key)) foreign.add(make(key));
      const topic = make(key);
      const { pollIntervalMs } = joined(interestsIn(topic));
      topic.elsewhere = interest;
      if (interest.pollIntervalMs < pollIntervalMs) polling.hurry(topic);
    }
  }

  return {
    topic(key) {
      const topic = make(key);
      foreign.delete(topic);
      return topic;
    },
    join(topic, follower) {
      if (shared?.isAlone() === true) polling.join(topic, follower);
      else {
        topic.followers.add(follower);
        if (shared) feed.settle(topic);
        if (topic.present() === null && shared?.isHolder() === true) polling.hurry(topic);
        shared?.renewInterests();
      }
      shared ??= startSharedPolling({ ...options, source, topics, polling, feed, takeInterests });
      return () => {
        polling.leave(topic, follower);
        if ([...topics.values()].some(({ followers }) => followers.size > 0)) return;
        if (shared) options.onRelease(shared.stop());
        shared = null;
      };
    },
    async missed(topic, after) {
      try {
        return await feed.missed(topic, after);
      } catch (error) {
        if (error instanceof BusUnavailableError) return null;
        throw error;
      }
    },
    forget(topic) {
      if (topic.elsewhere === null) topics.delete(topic.key);
      else foreign.add(topic);
    },
    isEmpty: () => topics.size === 0,
  };
}
