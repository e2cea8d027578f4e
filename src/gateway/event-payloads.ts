import { type DocumentNode, type ExecutionArgs, getOperationAST, type OperationDefinitionNode, visit } from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { execute } from './compiled/execute.ts';
import { type ContextShared, createEventContexts } from './context.ts';
import { type DeliveryCounters } from './delivery-counters.ts';
import { logMasked } from './format-error.ts';
import { createPayload, type Payload } from './payload.ts';
import { FOLLOW_ARGUMENTS } from './watch/follow-arguments.ts';
import { type WatchEvent } from './watch/follow.ts';

/** What event payloads need. */
interface EventPayloadOptions {
  readonly shared: ContextShared;
  readonly deadlineMs: number;
  readonly hideSuggestions: boolean;
  readonly counters: Pick<DeliveryCounters, 'executions'>;
  readonly log: Log;
}

type Operation = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'> & {
  readonly requestId: string;
};

/** The payload of one event for a subscription. */
export type EventPayload = (event: WatchEvent<object>) => Promise<Payload>;

/**
 * Gives the payloads of events: executed and made text once for all subscribers that asked the same with the same variables.
 * One that comes later than the deadline gets a fresh one. Who asks makes no difference yet; rights belong into the key.
 */
export function createEventPayloads(options: EventPayloadOptions): (operation: Operation) => EventPayload {
  const { shared, deadlineMs, hideSuggestions, counters, log } = options;
  const contextOf = createEventContexts(shared, deadlineMs);
  const made = new Map<WatchEvent<object>, Map<string, Promise<Payload>>>();

  async function make(operation: Operation, event: WatchEvent<object>): Promise<Payload> {
    counters.executions += 1;
    const contextValue = contextOf(operation.requestId, event.item);
    const result = await execute({ ...operation, rootValue: event, contextValue, hideSuggestions });
    if (result.errors) logMasked(log, operation.requestId, result.errors);
    return createPayload(result);
  }

  function payloadsOf(event: WatchEvent<object>): Map<string, Promise<Payload>> {
    const ofEvent = made.get(event) ?? new Map<string, Promise<Payload>>();
    if (ofEvent.size === 0) {
      made.set(event, ofEvent);
      setTimeout(() => made.delete(event), deadlineMs).unref();
    }
    return ofEvent;
  }

  return (operation) => {
    const key = keyOf(operation);
    return (event) => {
      const payloads = payloadsOf(event);
      const payload = payloads.get(key) ?? make(operation, event);
      payloads.set(key, payload);
      return payload;
    };
  };
}

/** The variables that decide on a payload, by operation. Documents are shared, so that the same text is the same operation. */
const known = new WeakMap<OperationDefinitionNode, { readonly number: number; readonly names: readonly string[] }>();
let lastNumber = 0;

/** The same for operations that have the same payload for the same event. */
function keyOf({ document, operationName, variableValues }: Operation): string {
  const values = variableValues ?? {};
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('Expected an operation that the guard let pass, got none');
  const { number, names } = known.get(operation) ?? {
    number: (lastNumber += 1),
    names: variablesOf(document, operation),
  };
  known.set(operation, { number, names });
  // One that is not given may have a default.
  const given = names.filter((name) => Object.hasOwn(values, name));
  return JSON.stringify([number, ...given.map((name) => [name, values[name]])]);
}

/** Not those that only say which events there are: who comes back with `after` shares with those who stayed. */
function variablesOf(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const names = new Set<string>();
  const rootFields: readonly unknown[] = operation.selectionSet.selections;
  visit(document, {
    OperationDefinition: (node) => (node === operation ? undefined : false),
    VariableDefinition: () => false,
    Argument({ name }, _key, _parent, _path, ancestors) {
      return rootFields.includes(ancestors.at(-1)) && FOLLOW_ARGUMENTS.has(name.value) ? false : undefined;
    },
    Variable({ name }) {
      names.add(name.value);
    },
  });
  return [...names];
}
