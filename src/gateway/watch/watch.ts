import { type ChangeLogLimits, type LoggedChange } from './change-log.ts';
import { type CursorPosition } from './cursor.ts';
import { createPolling, performAlone, type PollingOptions } from './polling.ts';
import { type WatchSource } from './source.ts';
import { createTimeline } from './timeline.ts';
import { createTopic, type Follower, type Topic } from './topic.ts';

/** What a watch needs. */
export interface WatchOptions extends PollingOptions {
  readonly logLimits: ChangeLogLimits;
}

/** Changes that this replica has not told, and the sequence number after which it has. */
export interface Missed<Item> {
  readonly changes: readonly LoggedChange<Item>[];
  readonly sequence: number;
}

/** One poll loop for one source, while anybody follows one of its topics. */
export interface Watch<Item> {
  /** The topic of one object, or of all (null); made if there is none. */
  topic(key: string | null): Topic<Item>;
  /** Begins to poll for the follower, or to share what is polled; the returned function leaves. */
  join(topic: Topic<Item>, follower: Follower): () => void;
  /** The changes after a cursor that the topic, which is present, does not know; null if nobody does. Absent: nobody else could. */
  missed?(topic: Topic<Item>, after: CursorPosition): Promise<Missed<Item> | null>;
  /** Drops a topic that nobody follows. */
  forget(topic: Topic<Item>): void;
  isEmpty(): boolean;
}

/** Makes a watch that polls for itself, and does nothing until somebody joins. */
export function createWatch<Item>(source: WatchSource<Item>, options: WatchOptions): Watch<Item> {
  const topics = new Map<string | null, Topic<Item>>();
  const timeline = createTimeline();
  const polling = createPolling(source, topics, options);

  return {
    topic(key) {
      const topic = topics.get(key) ?? createTopic(key, source.isSame, timeline, options.logLimits);
      topics.set(key, topic);
      return topic;
    },
    join(topic, follower) {
      polling.join(topic, follower);
      if (!polling.isRunning()) polling.start(performAlone);
      return () => {
        polling.leave(topic, follower);
        if (topic.followers.size > 0) return;
        topic.expire();
        if (![...topics.values()].some(({ followers }) => followers.size > 0)) polling.stop();
      };
    },
    forget: (topic) => topics.delete(topic.key),
    isEmpty: () => topics.size === 0,
  };
}
