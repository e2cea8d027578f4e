import { type UpstreamCall } from '../upstream/upstream.ts';
import { startPollLoop } from './poll-loop.ts';
import { type PollPace } from './poll-pace.ts';
import { createReader, objectsOf, type ReaderOptions } from './reader.ts';
import { type ReadingTaker } from './round.ts';
import { type WatchSource } from './source.ts';
import { type Follower, interestsIn, isFollowed, type Topic } from './topic.ts';

/** What polling needs. */
export interface PollingOptions extends ReaderOptions {
  /** The longest interval between two polls while upstream answers and nothing changes. */
  readonly pollMaxIntervalMs: number;
}

/** Performs one round with `read`, which tells what it reads to whom it is given; gives what that gives. */
export type PerformRound<Item> = (
  read: (taker: ReadingTaker<Item>) => Promise<boolean>,
  call: UpstreamCall,
) => Promise<boolean>;

/** The poll loop of a watch over those of its topics that are of interest to somebody. */
export interface Polling<Item> {
  isRunning(): boolean;
  start(perform: PerformRound<Item>): void;
  stop(): void;
  /** Lets the topic be read at once, before the next whole poll. */
  hurry(topic: Topic<Item>): void;
  /** Adds a follower, for whom what is not known is read at once. */
  join(topic: Topic<Item>, follower: Follower): void;
  leave(topic: Topic<Item>, follower: Follower): void;
}

/** Makes a loop that does not run yet. */
export function createPolling<Item>(
  source: WatchSource<Item>,
  topics: ReadonlyMap<string | null, Topic<Item>>,
  options: PollingOptions,
): Polling<Item> {
  /** Those that wait to be read and have not been since. */
  const awaited = new Set<Topic<Item>>();
  const readTopics = createReader(source, options);
  let loop: ReturnType<typeof startPollLoop> | null = null;

  /** As fast as the most impatient asks. */
  function pace(): PollPace {
    let minMs = Infinity;
    for (const topic of topics.values()) {
      for (const { pollIntervalMs } of interestsIn(topic)) minMs = Math.min(minMs, pollIntervalMs);
    }
    return { minMs, maxMs: Math.max(minMs, options.pollMaxIntervalMs) };
  }

  function followedTopics(): readonly Topic<Item>[] {
    return [...topics.values()].filter(isFollowed);
  }

  function hurry(topic: Topic<Item>): void {
    awaited.add(topic);
    loop?.hurry();
  }

  return {
    hurry,
    isRunning: () => loop !== null,
    start(perform) {
      loop?.stop();
      const poll = (call: UpstreamCall, whole: boolean) => {
        const followed = followedTopics();
        const due = whole ? followed : followed.filter((topic) => awaited.has(topic));
        for (const topic of due) awaited.delete(topic);
        return perform((taker) => readTopics(call, due, followed, taker), call);
      };
      loop = startPollLoop(poll, { ...options, pace });
    },
    stop() {
      loop?.stop();
      loop = null;
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
      if (topic.present() === null && (isFaster || topic.followers.size === 1)) hurry(topic);
    },
    leave(topic, follower) {
      topic.followers.delete(follower);
      if (!isFollowed(topic)) awaited.delete(topic);
    },
  };
}

/** Lets the topics themselves take what is read. */
export function performAlone<Item>(read: (taker: ReadingTaker<Item>) => Promise<boolean>): Promise<boolean> {
  return read({
    record: (topic, ...reading) => topic.record(...reading),
    fail(topic, error) {
      topic.fail(error);
    },
  });
}
