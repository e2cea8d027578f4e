import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { execute } from './compiled/execute.ts';
import { type ContextShared, createEventContexts, createOperationContext } from './context.ts';
import { formatError, logMasked } from './format-error.ts';
import { logOperation } from './operation-log.ts';
import { type Tally } from './tally.ts';
import { cancellable } from './watch/cancellable.ts';
import { type WatchEvent } from './watch/follow.ts';

/** An operation that passed the document guard. Its context is made here. */
export interface Operation extends Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> {
  readonly requestId: string;
}

/** Runs the operations of WebSocket clients. What an iterator gives ends at its `return()`: the client has gone. */
export interface Execution {
  /** A query or mutation: one result. */
  runOnce(operation: Operation): AsyncIterableIterator<ExecutionResult>;
  /** A subscription: one result for each event, or one that says why there are none. */
  subscribe(operation: Operation): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
}

/** What executions need. */
export interface ExecutionOptions {
  readonly shared: ContextShared;
  readonly deadlineMs: number;
  readonly introspection: boolean;
  readonly debugExtensions: boolean;
  /** Where queries and mutations count until their answer is sent. */
  readonly inFlight: Tally;
  readonly log: Log;
}

/** Makes the Execution of a gateway. Each operation ends with a line in the log. */
export function createExecution(options: ExecutionOptions): Execution {
  const { shared, deadlineMs, debugExtensions, inFlight, log } = options;
  const eventContext = createEventContexts(shared, deadlineMs);
  // Suggestions would tell what introspection does not.
  const hideSuggestions = !options.introspection;

  return {
    runOnce(operation) {
      const { context, upstreamCalls, end } = createOperationContext(shared, operation.requestId, deadlineMs);
      const record = createRecord(log, operation);
      async function* run(): AsyncGenerator<ExecutionResult, undefined> {
        const ended = inFlight.begin();
        try {
          const result = await execute({ ...operation, contextValue: context, hideSuggestions });
          record.note(result.errors);
          yield debugExtensions ? { ...result, extensions: { upstreamCalls: upstreamCalls() } } : result;
        } finally {
          end();
          record.write();
          ended();
        }
      }
      return cancellable(run(), end);
    },

    async subscribe(operation) {
      const record = createRecord(log, operation);
      const { context, end } = createOperationContext(shared, operation.requestId, deadlineMs);
      const stream = await createSourceEventStream({ ...operation, contextValue: context, hideSuggestions }).finally(
        end,
      );
      if (!(Symbol.asyncIterator in stream)) {
        record.note(stream.errors);
        record.write();
        return stream;
      }
      // What every resolver under Subscription gives.
      const events = stream as AsyncIterableIterator<WatchEvent<object>>;
      async function* run(): AsyncGenerator<ExecutionResult, undefined> {
        try {
          for await (const event of events) {
            const contextValue = eventContext(operation.requestId, event.item);
            const result = await execute({ ...operation, rootValue: event, contextValue, hideSuggestions });
            record.note(result.errors);
            yield result;
          }
        } catch (error) {
          const originalError = error instanceof Error ? error : new Error(String(error));
          record.note([new GraphQLError(originalError.message, { originalError })]);
          throw originalError;
        } finally {
          record.write();
        }
      }
      return cancellable(run(), () => void events.return?.());
    },
  };
}

/** Gathers what the log tells of an operation. */
function createRecord(log: Log, operation: Operation) {
  const startedAtMs = performance.now();
  const codes = new Set<unknown>();
  return {
    note(errors: readonly GraphQLError[] = []): void {
      logMasked(log, operation.requestId, errors);
      for (const error of errors) codes.add(formatError(error).extensions?.['code']);
    },
    write(): void {
      logOperation(log, { ...operation, startedAtMs, codes });
    },
  };
}
