import { type UpstreamCall } from '../upstream/upstream.ts';
import { type ChangeLogLimits } from './change-log.ts';
import { startPollLoop } from './poll-loop.ts';
import { type PollPace } from './poll-pace.ts';
import { createReader, objectsOf, type ReaderOptions } from './reader.ts';
import { type WatchSource } from './source.ts';
import { createTimeline } from './timeline.ts';
import { createTopic, type Follower, type Topic } from './topic.ts';

/** What a watch needs. */
interface WatchOptions extends ReaderOptions {
  /** The longest interval between two polls while upstream answers and nothing changes. */
  readonly pollMaxIntervalMs: number;
  readonly logLimits: ChangeLogLimits;
}

/** One poll loop for one source, while anybody follows one of its topics. */
export interface Watch<Item> {
  /** The topic of one object, or of all (null); made if there is none. */
  topic(key: string | null): Topic<Item>;
  /** Begins to poll for the follower; the returned function leaves. */
  join(topic: Topic<Item>, follower: Follower): () => void;
  /** Drops a topic that nobody follows. */
  forget(topic: Topic<Item>): void;
  isEmpty(): boolean;
}

/** Makes a watch that does nothing until somebody joins. */
export function createWatch<Item>(source: WatchSource<Item>, options: WatchOptions): Watch<Item> {
  const topics = new Map<string | null, Topic<Item>>();
  /** Those that were joined and have not been read since. */
  const awaited = new Set<Topic<Item>>();
  const timeline = createTimeline();
  const read = createReader(source, options);
  let loop: ReturnType<typeof startPollLoop> | null = null;

  function poll(call: UpstreamCall, whole: boolean): Promise<boolean> {
    const followed = followedTopics();
    const due = whole ? followed : [...awaited];
    for (const topic of due) awaited.delete(topic);
    return read(call, due, followed);
  }

  function followedTopics(): readonly Topic<Item>[] {
    return [...topics.values()].filter(({ followers }) => followers.size > 0);
  }

  /** As fast as the most impatient follower asks. */
  function pace(): PollPace {
    let minMs = Infinity;
    for (const { followers } of topics.values()) {
      for (const { pollIntervalMs } of followers) minMs = Math.min(minMs, pollIntervalMs);
    }
    return { minMs, maxMs: Math.max(minMs, options.pollMaxIntervalMs) };
  }

  return {
    topic(key) {
      const topic = topics.get(key) ?? createTopic(key, source.isSame, timeline, options.logLimits);
      topics.set(key, topic);
      return topic;
    },
    join(topic, follower) {
      const isFaster = follower.pollIntervalMs < pace().minMs;
      // What was polled at a slower pace is old for one who asks for a faster.
      if (isFaster) for (const known of topics.values()) known.expire();
      topic.followers.add(follower);
      const everything = topics.get(null)?.present();
      if (topic.present() === null && everything) {
        topic.record(objectsOf(topic, everything.objects), everything.observedAtMs, true);
      }
      if (topic.present() === null && (isFaster || topic.followers.size === 1)) awaited.add(topic);
      if (loop === null) loop = startPollLoop(poll, { ...options, pace });
      else if (awaited.has(topic)) loop.hurry();
      return () => {
        topic.followers.delete(follower);
        if (topic.followers.size > 0) return;
        awaited.delete(topic);
        topic.expire();
        if (followedTopics().length > 0) return;
        loop?.stop();
        loop = null;
      };
    },
    forget: (topic) => topics.delete(topic.key),
    isEmpty: () => topics.size === 0,
  };
}
