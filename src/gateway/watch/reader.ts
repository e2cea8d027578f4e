import { type Scheduler } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { readList } from '../all-items.ts';
import { createLimit } from '../limit.ts';
import { type Upstream, type UpstreamCall } from '../upstream/upstream.ts';
import { type CallBudget } from './call-budget.ts';
import { type Objects } from './change.ts';
import { type PollCounters } from './poll-counters.ts';
import { isThrottle } from './poll-loop.ts';
import { planRound, type RoundPlan } from './poll-planner.ts';
import { createRound, type ReadingTaker, type Round } from './round.ts';
import { type WatchSource } from './source.ts';
import { interestsIn, isRefusal, type Topic } from './topic.ts';

/** What a reader needs. */
export interface ReaderOptions {
  /** Gives each call a deadline of its own. */
  readonly upstream: Upstream;
  readonly scheduler: Scheduler;
  readonly budget: CallBudget;
  readonly counters: PollCounters;
  /** Names what is watched. */
  readonly log: Log;
}

/**
 * Reads the topics that are due, in as few calls as can be, and, where that is no more calls, the others of `followed`, for `taker`. Gives whether there were changes. Rejects if a part failed; what was read counts all the same.
 */
type Reader<Item> = (
  call: UpstreamCall,
  due: readonly Topic<Item>[],
  followed: readonly Topic<Item>[],
  taker: ReadingTaker<Item>,
) => Promise<boolean>;

type KeyedTopic<Item> = Topic<Item> & { readonly key: string };

/** Describe calls of one reader at a time. */
const MAX_CONCURRENT_CALLS = 10;

/** Makes the reader of a source. It remembers from round to round how long the list is. */
export function createReader<Item>(source: WatchSource<Item>, options: ReaderOptions): Reader<Item> {
  const { upstream, counters, log } = options;
  const limit = createLimit(MAX_CONCURRENT_CALLS);
  // Short until known otherwise.
  let pages = source.list ? 1 : Infinity;

  /** Gives the topics that the list told nothing of. */
  async function sweep(
    round: Round<Item>,
    maxPages: number,
    followed: readonly Topic<Item>[],
  ): Promise<readonly Topic<Item>[]> {
    const { list } = source;
    if (!list) return followed;
    try {
      const all = await readList((page) => round.ask((call) => list(page, upstream, call)), maxPages);
      // At least twice what was worth reading, so that a growing number of keys seldom tries in vain.
      pages = all?.pages ?? maxPages * 2;
      if (all === null) return followed;
      const objects = new Map(all.items.map((item) => [source.keyOf(item), item]));
      for (const topic of followed) round.record(topic, objectsOf(topic, objects), true);
      return [];
    } catch (error) {
      if (isRefusal(error) && error.code === 'NOT_FOUND') {
        // The model is gone, or never was, and with it all that it had.
        for (const topic of followed) {
          if (isKeyed(topic) || topic.knownAtMs() !== null) round.record(topic, new Map(), true);
          if (!isKeyed(topic)) round.refuse(topic, error);
        }
        return [];
      }
      // Who may not list may describe.
      const lost = isRefusal(error) ? followed.filter((topic) => !isKeyed(topic)) : followed;
      if (isRefusal(error)) pages = Infinity;
      round.fail(lost, error);
      return isRefusal(error) ? followed : [];
    }
  }

  async function describe(round: Round<Item>, topic: KeyedTopic<Item>): Promise<void> {
    const failure = round.failure();
    if (isThrottle(failure)) {
      round.refuse(topic, failure);
      return;
    }
    try {
      const item = await round.ask((call) => source.describe(topic.key, upstream, call));
      round.record(topic, new Map(item === null ? [] : [[topic.key, item]]), false);
    } catch (error) {
      round.fail([topic], error);
    }
  }

  function planFor(due: readonly Topic<Item>[]): RoundPlan {
    const keyed = due.filter(isKeyed);
    const details = keyed.filter(
      (topic) => needsDetail(topic) && (topic.hasMoved() || topic.knownAtMs() === null),
    ).length;
    return planRound({ keys: keyed.length, all: keyed.length < due.length, pages, details });
  }

  return async (call, due, followed, taker) => {
    const round = createRound<Item>(call, source.id, taker, options);
    const plan = planFor(due);
    const unread = plan.kind === 'sweep' ? new Set(await sweep(round, plan.maxPages, followed)) : new Set(due);
    const toDescribe = due.filter(isKeyed).filter((topic) => unread.has(topic));
    await Promise.all(toDescribe.map((topic) => limit(() => describe(round, topic))));
    const [calls, changes, failure] = [round.calls(), round.changes(), round.failure()];
    counters[plan.kind === 'sweep' ? 'sweeps' : 'describes'] += 1;
    counters.calls += calls;
    counters.changes += changes;
    log.debug({ plan: plan.kind, calls, changes }, 'polled');
    if (failure === undefined) return changes > 0;
    counters.failures += 1;
    throw failure;
  };
}

function isKeyed<Item>(topic: Topic<Item>): topic is KeyedTopic<Item> {
  return topic.key !== null;
}

function needsDetail<Item>(topic: Topic<Item>): boolean {
  for (const interest of interestsIn(topic)) if (interest.needsDetail) return true;
  return false;
}

/** Those of all objects that a topic is about. */
export function objectsOf<Item>({ key }: Topic<Item>, objects: Objects<Item>): Objects<Item> {
  if (key === null) return objects;
  const item = objects.get(key);
  return new Map(item === undefined ? [] : [[key, item]]);
}
