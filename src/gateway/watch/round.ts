import { type Scheduler } from '../../clock.ts';
import { type UpstreamCall } from '../upstream/upstream.ts';
import { type CallBudget } from './call-budget.ts';
import { type Objects } from './change.ts';
import { isThrottle } from './poll-loop.ts';
import { type Topic } from './topic.ts';

/** Who takes what a round reads. */
export interface ReadingTaker<Item> {
  /** Takes a reading of all objects of a topic and gives the number of changes, as `Topic.record` does. */
  record(topic: Topic<Item>, objects: Objects<Item>, observedAtMs: number, keepsSame: boolean): number;
  /** Takes that the topic could not be read. */
  fail(topic: Topic<Item>, error: unknown): void;
}

/** One round of polling: its calls, and what came of them. */
export interface Round<Item> {
  readonly calls: () => number;
  readonly changes: () => number;
  /** Why a part of it failed, a throttle first; undefined: nothing has. */
  readonly failure: () => Error | undefined;
  /** Makes one call when the budget allows it. Rejects if the round was aborted meanwhile. */
  ask<Answer>(read: (call: UpstreamCall) => Promise<Answer>): Promise<Answer>;
  record(topic: Topic<Item>, objects: Objects<Item>, keepsSame: boolean): void;
  /** Takes that a part failed, and with it these topics. */
  fail(topics: readonly Topic<Item>[], error: unknown): void;
  /** Takes that a topic was not read, for a reason that is no failure of the round, or one that is known. */
  refuse(topic: Topic<Item>, error: unknown): void;
}

/** Begins a round. `lane` is where its calls wait for the budget. */
export function createRound<Item>(
  call: UpstreamCall,
  lane: string,
  taker: ReadingTaker<Item>,
  { budget, scheduler }: { readonly budget: CallBudget; readonly scheduler: Scheduler },
): Round<Item> {
  let calls = 0;
  let changes = 0;
  const failures: Error[] = [];
  return {
    calls: () => calls,
    changes: () => changes,
    failure: () => failures.find(isThrottle) ?? failures[0],
    async ask(read) {
      await budget.take(lane, call.signal);
      calls += 1;
      try {
        return await read(call);
      } finally {
        // What an aborted round is still told is older than what may have been read since.
        call.signal.throwIfAborted();
      }
    },
    record(topic, objects, keepsSame) {
      changes += taker.record(topic, objects, scheduler.nowMs(), keepsSame);
    },
    refuse: (topic, error) => {
      taker.fail(topic, error);
    },
    fail(topics, error) {
      failures.push(error instanceof Error ? error : new Error('Expected an error', { cause: error }));
      if (!call.signal.aborted) for (const topic of topics) taker.fail(topic, error);
    },
  };
}
