import { type UpstreamError } from './errors.ts';
import { abandon, createExchange, type Exchange } from './exchange.ts';
import { type Operation, upstreamError } from './faults.ts';
import { type UpstreamCall } from './upstream.ts';
import { type Waiter, type Waiting } from './waiting.ts';

/** What one attempt came to. */
export type Attempted<Answer> = { readonly answer: Answer } | { readonly error: UpstreamError };

/** What a flight came to. An error that is no UpstreamError is a fault of ours. */
type Outcome<Answer> = { readonly answer: Answer } | { readonly error: Error };

/** One call upstream, attempts and all, for however many wait for it. */
export interface Flight<Answer> {
  /** Waits until there is an outcome, `call.signal` aborts or the deadline of its own has passed. Rejects with an UpstreamError. */
  join(call: UpstreamCall): Promise<Answer>;
}

/** What is done, and how often at most. */
export interface FlightPlan<Answer> {
  readonly operation: Operation;
  /** For each who waits. */
  readonly deadlineMs: number;
  readonly waiting: Waiting;
  readonly maxAttempts: number;
  readonly attempt: (exchange: Exchange) => Promise<Attempted<Answer>>;
  /** It ends here, or the last who waited has gone. Those who wait hear of it after this. */
  readonly onEnd: (outcome: Outcome<Answer>) => void;
}

interface Passenger<Answer> extends Waiter {
  readonly call: UpstreamCall;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const RETRY_BASE_MS = 100;

/** Makes a flight. It begins when the first joins, is repeated while that can help and somebody has the time, and ends when all have gone. */
export function createFlight<Answer>(plan: FlightPlan<Answer>): Flight<Answer> {
  const { operation, deadlineMs, maxAttempts, waiting } = plan;
  const passengers = new Set<Passenger<Answer>>();
  let exchange: Exchange | null = null;
  /** Why there will be another attempt, and how to have none; null while one is under way. */
  let pause: { readonly by: UpstreamError; readonly cancel: () => void } | null = null;

  async function run(): Promise<void> {
    for (let number = 1; ; number += 1) {
      const [first] = passengers;
      first?.call.onRequest?.(operation.name);
      exchange = createExchange();
      const outcome = await plan.attempt(exchange);
      const error = 'error' in outcome ? outcome.error : null;
      if (error === null || !error.upstream.retryable || number === maxAttempts) {
        settle(outcome, [...passengers]);
        return;
      }
      const waitMs = Math.max(error.retryAfterMs ?? 0, Math.random() * RETRY_BASE_MS * 2 ** number);
      const nextAtMs = performance.now() + waitMs;
      const tooLate = [...passengers].filter(({ endsAtMs }) => endsAtMs <= nextAtMs);
      settle(outcome, tooLate);
      if (passengers.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        const cancel = () => {
          clearTimeout(timer);
          resolve();
        };
        pause = { by: error, cancel };
      });
      if (passengers.size === 0) return;
      pause = null;
    }
  }

  function settle(outcome: Outcome<Answer>, leaving: readonly Passenger<Answer>[]): void {
    for (const passenger of leaving) {
      passengers.delete(passenger);
      waiting.leave(passenger);
    }
    if (passengers.size === 0) plan.onEnd(outcome);
    for (const passenger of leaving) {
      if ('answer' in outcome) passenger.resolve(outcome.answer);
      else passenger.reject(outcome.error);
    }
  }

  function giveUp(passenger: Passenger<Answer>, message: string): void {
    const fault = exchange?.connected ? 'timeout' : 'timeoutConnecting';
    settle({ error: pause?.by ?? upstreamError(operation, fault, message) }, [passenger]);
    if (passengers.size > 0) return;
    pause?.cancel();
    if (exchange) abandon(exchange, new Error(message));
  }

  return {
    join: (call) =>
      new Promise((resolve, reject) => {
        const passenger: Passenger<Answer> = {
          call,
          signal: call.signal,
          endsAtMs: performance.now() + deadlineMs,
          earlier: null,
          later: null,
          resolve,
          reject,
          giveUp(reason) {
            giveUp(passenger, reason === 'ended' ? ENDED : `Expected an answer within ${deadlineMs} ms, got none`);
          },
        };
        passengers.add(passenger);
        if (call.signal.aborted) {
          giveUp(passenger, ENDED);
          return;
        }
        waiting.enter(passenger);
        if (exchange !== null) return;
        run().catch((error: unknown) => {
          settle({ error: error as Error }, [...passengers]);
        });
      }),
  };
}

const ENDED = 'The operation ended before upstream answered';
