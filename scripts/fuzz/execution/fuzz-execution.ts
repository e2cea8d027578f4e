import { setImmediate } from 'node:timers/promises';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute as interpret,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { execute } from '../../../src/gateway/compiled/execute.ts';
import { createSchema } from '../../../src/gateway/schema.ts';
import { type Random } from '../random.ts';
import { randomRequest } from './request.ts';
import { createSmallSchema } from './small-schema.ts';
import { type CallLog, inhabit, type Mood } from './world.ts';

const worlds = [createSchema(), createSmallSchema()].map((schema) => ({ schema, createRoot: inhabit(schema) }));

/**
 * Executes a random operation compiled and by graphql-js: the answers have to be the same, at once or as promises, and the calls of
 * resolvers in the same order. A document is run three times, as what is compiled is kept.
 */
export async function fuzzExecution(random: Random): Promise<void> {
  const { schema, createRoot } = random.pick(worlds);
  const { query, operationName, variableValues } = randomRequest(random, schema);
  const document = parse(query);
  if (!isValid(schema, document)) return;
  const operation = getOperationAST(document, operationName);
  for (let run = 0; run < 3; run += 1) {
    const mood: Mood = {
      seed: random.below(2 ** 31),
      faultIn: random.pick([10, 40, 200, 2 ** 31]),
      promiseIn: random.pick([2, 5, 30, 2 ** 31]),
    };
    const args = {
      schema,
      document,
      operationName,
      variableValues: run === 0 ? variableValues : varied(random, variableValues),
      rootValue: createRoot(mood, (operation && schema.getRootType(operation.operation)?.name) ?? 'Query'),
      hideSuggestions: run === 1,
    };
    const expected = await observe(interpret, args);
    const actual = await observe(execute, args);
    const told = `${query}\n${JSON.stringify({ operationName, variables: args.variableValues, mood })}`;
    if (actual.seen !== expected.seen) {
      throw new Error(`Expected what graphql-js gives\n${expected.seen}\ngot\n${actual.seen}\nfor\n${told}`);
    }
    if (actual.unhandled > 0) throw new Error(`Expected no unhandled rejection, got ${actual.unhandled}\nfor\n${told}`);
  }
}

/** Other values of the same types, mostly. */
function varied(random: Random, variableValues: Record<string, unknown>): Record<string, unknown> {
  const vary = (value: unknown): unknown => {
    if (typeof value === 'boolean') return random.oneIn(2);
    if (typeof value === 'number') return value + random.below(2);
    return typeof value === 'string' && /^[a-z]*$/.test(value) ? `${value}${random.pick(['', 'b'])}` : value;
  };
  return Object.fromEntries(Object.entries(variableValues).map(([name, value]) => [name, vary(value)]));
}

/** A variable of a subscription's root field that has no value makes a rule of validation throw. */
function isValid(schema: GraphQLSchema, document: ReturnType<typeof parse>): boolean {
  try {
    return validate(schema, document).length === 0;
  } catch {
    return false;
  }
}

async function observe(
  way: (args: ExecutionArgs) => ExecutionResult | PromiseLike<ExecutionResult>,
  args: ExecutionArgs,
): Promise<{ seen: string; unhandled: number }> {
  // graphql-js leaves a rejection unhandled where an item of a list throws after one that is still pending.
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  let unhandled = 0;
  process.on('unhandledRejection', () => {
    unhandled += 1;
  });
  try {
    const context: CallLog = { calls: [] };
    const answer = way({ ...args, contextValue: context });
    const isPromise = 'then' in answer;
    const { data, errors, ...rest } = await answer;
    const told = [isPromise, data, errors?.map(describeError), Object.keys(rest)];
    // What goes on after the answer.
    await setImmediate();
    return { seen: JSON.stringify([...told, context.calls], null, 1), unhandled };
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

function describeError({ message, locations, path, extensions, originalError, nodes }: GraphQLError): unknown[] {
  return [
    message,
    locations,
    path,
    extensions,
    originalError && [originalError.name, originalError.message],
    nodes?.map(({ loc }) => loc?.start),
  ];
}
