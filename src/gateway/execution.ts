import { createSourceEventStream, type ExecutionArgs, getOperationAST, GraphQLError, OperationTypeNode } from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { execute } from './compiled/execute.ts';
import { type ContextShared, createOperationContext } from './context.ts';
import { type DeliveryCounters } from './delivery-counters.ts';
import { createEventPayloads } from './event-payloads.ts';
import { formatError, logMasked } from './format-error.ts';
import { type TakeSubscription } from './guard/subscription-limiter.ts';
import { logOperation } from './operation-log.ts';
import { createPayload, type Payload } from './payload.ts';
import { type Tally } from './tally.ts';
import { cancellable } from './watch/cancellable.ts';
import { type WatchEvent } from './watch/follow.ts';

/** An operation that passed the document guard. Its context is made here. */
export interface Operation extends Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> {
  readonly requestId: string;
  readonly clientAddress: string;
  /** Whose subscription it is: the address it comes from, as long as there is no authentication. */
  readonly principal: string;
}

/**
 * Runs an operation of a client that waits for more than one answer, over a WebSocket or an event stream. A query or mutation has
 * one payload; a subscription one for each event, or one that says why there are none. Ends at `return()`: the client has gone.
 * Rejects with what ends a subscription, already logged.
 */
export type Execution = (operation: Operation) => AsyncIterableIterator<Payload, undefined>;

/** What executions need. */
export interface ExecutionOptions {
  readonly shared: ContextShared;
  readonly deadlineMs: number;
  readonly introspection: boolean;
  readonly debugExtensions: boolean;
  readonly takeSubscription: TakeSubscription;
  readonly counters: DeliveryCounters;
  /** Where queries and mutations count until their answer is sent. */
  readonly inFlight: Tally;
  readonly log: Log;
}

/** Makes the Execution of a gateway. Each operation ends with a line in the log. */
export function createExecution(options: ExecutionOptions): Execution {
  const { shared, deadlineMs, debugExtensions, takeSubscription, counters, inFlight, log } = options;
  // Suggestions would tell what introspection does not.
  const hideSuggestions = !options.introspection;
  const eventPayloadsFor = createEventPayloads({ shared, deadlineMs, hideSuggestions, counters, log });

  function runOnce(operation: Operation): ReturnType<Execution> {
    const { context, upstreamCalls, end } = createOperationContext(shared, operation.requestId, deadlineMs);
    const record = createRecord(log, operation);
    async function* run(): AsyncGenerator<Payload, undefined> {
      const ended = inFlight.begin();
      try {
        const result = await execute({ ...operation, contextValue: context, hideSuggestions });
        if (result.errors) logMasked(log, operation.requestId, result.errors);
        const payload = createPayload(result, debugExtensions ? { upstreamCalls: upstreamCalls() } : undefined);
        record.note(payload.codes);
        yield payload;
      } finally {
        end();
        record.write();
        ended();
      }
    }
    return cancellable(run(), end);
  }

  /** The events of a subscription, or the payload that says why there are none. */
  async function open(operation: Operation): Promise<AsyncIterableIterator<WatchEvent<object>> | Payload> {
    const { context, end } = createOperationContext(shared, operation.requestId, deadlineMs);
    const stream = await createSourceEventStream({ ...operation, contextValue: context, hideSuggestions }).finally(end);
    // What every resolver under Subscription gives.
    if (Symbol.asyncIterator in stream) return stream as AsyncIterableIterator<WatchEvent<object>>;
    logMasked(log, operation.requestId, stream.errors ?? []);
    return createPayload(stream);
  }

  function subscribe(operation: Operation): ReturnType<Execution> {
    const record = createRecord(log, operation);
    let cancelled = false;
    let events: AsyncIterableIterator<WatchEvent<object>> | null = null;
    async function* run(): AsyncGenerator<Payload, undefined> {
      let giveBack: (() => void) | undefined;
      counters.subscriptions += 1;
      try {
        giveBack = await takeSubscription(operation.principal);
        const opened = await open(operation);
        if ('text' in opened) {
          record.note(opened.codes);
          yield opened;
          return;
        }
        if (cancelled) return;
        events = opened;
        const payloadOf = eventPayloadsFor(operation);
        for await (const event of events) {
          const payload = await payloadOf(event);
          counters.events += 1;
          record.note(payload.codes);
          yield payload;
        }
      } catch (error) {
        const originalError = error instanceof Error ? error : new Error(String(error));
        const ending = new GraphQLError(originalError.message, { originalError });
        logMasked(log, operation.requestId, [ending]);
        record.note([formatError(ending).extensions?.['code']]);
        throw ending;
      } finally {
        giveBack?.();
        counters.subscriptions -= 1;
        record.write();
      }
    }
    return cancellable(run(), () => {
      cancelled = true;
      void events?.return?.();
    });
  }

  return (operation) => {
    const node = getOperationAST(operation.document, operation.operationName);
    return node?.operation === OperationTypeNode.SUBSCRIPTION ? subscribe(operation) : runOnce(operation);
  };
}

/** Gathers what the log tells of an operation. */
function createRecord(log: Log, operation: Operation) {
  const startedAtMs = performance.now();
  const codes = new Set<unknown>();
  return {
    note(more: readonly unknown[]): void {
      for (const code of more) codes.add(code);
    },
    write(): void {
      logOperation(log, { ...operation, startedAtMs, codes });
    },
  };
}
