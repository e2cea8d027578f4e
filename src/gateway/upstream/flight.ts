import { setTimeout as sleep } from 'node:timers/promises';
import { type UpstreamError } from './errors.ts';
import { type Operation, upstreamError } from './faults.ts';
import { type Exchange } from './http-handler.ts';
import { type UpstreamCall } from './upstream.ts';

/** What one attempt came to. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly error: UpstreamError };

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
  readonly maxAttempts: number;
  readonly attempt: (exchange: Exchange) => Promise<Outcome<Answer>>;
  /** It ends here, or the last who waited has gone. Those who wait hear of it after this. */
  readonly onEnd: () => void;
}

interface Waiter<Answer> {
  readonly call: UpstreamCall;
  readonly endsAtMs: number;
  readonly settle: (outcome: { readonly answer: Answer } | { readonly error: Error }) => void;
}

const RETRY_BASE_MS = 100;

/** Makes a flight. It begins when the first joins, is repeated while that can help and somebody has the time, and ends when all have gone. */
export function createFlight<Answer>(plan: FlightPlan<Answer>): Flight<Answer> {
  const { operation, deadlineMs, maxAttempts } = plan;
  const waiters = new Set<Waiter<Answer>>();
  const aborter = new AbortController();
  let exchange: Exchange | null = null;
  /** Why there will be another attempt; null while one is under way. */
  let pausedBy: UpstreamError | null = null;

  async function run(): Promise<void> {
    for (let number = 1; ; number += 1) {
      const [first] = waiters;
      first?.call.onRequest?.(operation.name);
      exchange = { abortSignal: aborter.signal, requested: false, connected: false, answer: null };
      const outcome = await plan.attempt(exchange);
      const error = 'error' in outcome ? outcome.error : null;
      if (error === null || !error.upstream.retryable || number === maxAttempts) {
        settle(outcome, () => true);
        return;
      }
      const waitMs = Math.max(error.retryAfterMs ?? 0, Math.random() * RETRY_BASE_MS * 2 ** number);
      const nextAtMs = performance.now() + waitMs;
      settle(outcome, (waiter) => waiter.endsAtMs <= nextAtMs);
      if (waiters.size === 0) return;
      pausedBy = error;
      await sleep(waitMs, undefined, { signal: aborter.signal }).catch(() => undefined);
      if (waiters.size === 0) return;
      pausedBy = null;
    }
  }

  function settle(outcome: Parameters<Waiter<Answer>['settle']>[0], leaves: (waiter: Waiter<Answer>) => boolean): void {
    const leaving = [...waiters].filter(leaves);
    for (const waiter of leaving) waiters.delete(waiter);
    if (waiters.size === 0) plan.onEnd();
    for (const waiter of leaving) waiter.settle(outcome);
  }

  /** For one who gives up. */
  function failure(message: string): { readonly error: UpstreamError } {
    return {
      error: pausedBy ?? upstreamError(operation, exchange?.connected ? 'timeout' : 'timeoutConnecting', message),
    };
  }

  return {
    join: (call) =>
      new Promise((resolve, reject) => {
        const giveUp = (message: string) => {
          settle(failure(message), (other) => other === waiter);
          if (waiters.size === 0) aborter.abort(new Error(message));
        };
        const endWithCaller = () => {
          giveUp('The operation ended before upstream answered');
        };
        const timer = setTimeout(() => {
          giveUp(`Expected an answer within ${deadlineMs} ms, got none`);
        }, deadlineMs);
        const waiter: Waiter<Answer> = {
          call,
          endsAtMs: performance.now() + deadlineMs,
          settle(outcome) {
            clearTimeout(timer);
            call.signal.removeEventListener('abort', endWithCaller);
            if ('answer' in outcome) resolve(outcome.answer);
            else reject(outcome.error);
          },
        };
        waiters.add(waiter);
        if (call.signal.aborted) {
          endWithCaller();
          return;
        }
        call.signal.addEventListener('abort', endWithCaller, { once: true });
        if (exchange !== null) return;
        run().catch((error: unknown) => {
          settle({ error: error as Error }, () => true);
        });
      }),
  };
}
