import { type Scheduler } from '../../clock.ts';
import { type UpstreamCall } from '../upstream/upstream.ts';
import { type CallBudget } from './call-budget.ts';
import { type Objects } from './change.ts';
import { isThrottle } from './poll-loop.ts';
import { type Topic } from './topic.ts';

/** One round of polling: its calls, and what came of them. */
export interface Round<Item> {
  readonly calls: () => number;
  readonly changes: () => number;
  /** Why a part of it failed, a throttle first; undefined: nothing has. */
  readonly failure: () => Error | undefined;
  /** Makes one call when the budget allows it. Rejects if the round was aborted meanwhile. */
  ask<Answer>(read: (call: UpstreamCall) => Promise<Answer>): Promise<Answer>;
  record(topic: Topic<Item>, objects: Objects<Item>, keepsSame: boolean): void;
  fail(topics: readonly Topic<Item>[], error: unknown): void;
}

/** Begins a round. `lane` is where its calls wait for the budget. */
export function createRound<Item>(
  call: UpstreamCall,
  lane: string,
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
      changes += topic.record(objects, scheduler.nowMs(), keepsSame);
    },
    fail(topics, error) {
      failures.push(error instanceof Error ? error : new Error('Expected an error', { cause: error }));
      if (!call.signal.aborted) for (const topic of topics) topic.fail(error);
    },
  };
}
