import {
  buildSchema,
  type ExecutionArgs,
  type ExecutionResult,
  execute as interpret,
  getIntrospectionQuery,
  GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { execute } from '../../../src/gateway/compiled/execute.ts';
import { createSchema } from '../../../src/gateway/schema.ts';

const schema = buildSchema(`
  type Query { device(name: String = "d", tags: [String!] = ["t"]): Device devices: [Device!] fleet: Fleet! twin: Twin numbers: [Int!]! }
  type Mutation { add(n: Int!): Int! }
  type Subscription { changed: Device }
  type Device { name: String! state: State sibling: Device error: String }
  type Fleet { devices: [Device]! }
  union Twin = Device | Fleet
  enum State { ON OFF }
`);

/** The answer of the compiled operation, which is graphql-js's too. */
async function answerTo(
  query: string,
  rootValue: unknown,
  args: Partial<ExecutionArgs> = {},
): Promise<ExecutionResult> {
  const given = { schema, document: parse(query), rootValue, ...args };
  const expected = await interpret(given);
  for (let run = 0; run < 2; run += 1) {
    const answer = await execute(given);
    expect(JSON.stringify(answer)).toBe(JSON.stringify(expected));
    expect(answer.errors?.map(({ originalError }) => originalError)).toEqual(
      expected.errors?.map(({ originalError }) => originalError),
    );
  }
  return execute(given);
}

const messagesOf = ({ errors }: ExecutionResult) =>
  errors?.map(({ path, message }) => `${path?.join('.')}: ${message}`);

test('an error where null is not allowed makes the nearest place null that allows it', async () => {
  const devices = [{ name: 'a' }, { name: null }, { name: () => Promise.reject(new Error('later')) }];
  const inFleet = await answerTo('{ fleet { devices { name } } }', { fleet: { devices } });
  expect(inFleet.data).toEqual({ fleet: { devices: [{ name: 'a' }, null, null] } });
  expect(messagesOf(inFleet)).toEqual([
    'fleet.devices.1.name: Cannot return null for non-nullable field Device.name.',
    'fleet.devices.2.name: later',
  ]);
  expect((await answerTo('{ devices { name } }', { devices })).data).toEqual({ devices: null });
  expect((await answerTo('{ fleet { devices { name } } device { state } }', { device: {} })).data).toBeNull();
});

test('what is thrown, rejected or returned as an Error is told where it stands, once', async () => {
  const told = new GraphQLError('told', { extensions: { code: 'TOLD' } });
  const fail = (error: unknown) => ({
    name: 'd',
    async error() {
      await Promise.resolve();
      throw error;
    },
  });
  const query = '{ device { name error sibling { error again: error } } }';
  for (const error of [told, new TypeError('plain'), 'text']) {
    const { errors } = await answerTo(query, { device: { ...fail(error), sibling: { error } } });
    expect(errors?.map(({ path }) => path)).toContainEqual(['device', 'error']);
  }
  const { errors } = await answerTo(query, { device: fail(told) });
  expect(errors?.[0]?.extensions).toEqual({ code: 'TOLD' });
});

test('an error below what has become null meanwhile is not told', async () => {
  const after = async (ticks: number, fail: boolean) => {
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    if (fail) throw new Error(`after ${ticks}`);
    return { devices: [] };
  };
  const rootValue = {
    device: { name: () => after(1, true), sibling: { name: 's', error: () => after(20, true) } },
    fleet: () => after(60, false),
  };
  const { errors } = await answerTo('{ device { name sibling { error } } fleet { devices { name } } }', rootValue);
  expect(errors?.map(({ message }) => message)).toEqual(['after 1']);
});

test('values that do not fit their type are refused in the words of graphql-js', async () => {
  expect(messagesOf(await answerTo('{ numbers }', { numbers: 'no list' }))).toEqual([
    'numbers: Expected Iterable, but did not find one for field "Query.numbers".',
  ]);
  expect(messagesOf(await answerTo('{ numbers }', { numbers: new Set([1, 2.5]) }))).toEqual([
    'numbers.1: Int cannot represent non-integer value: 2.5',
  ]);
  expect(messagesOf(await answerTo('{ device { state } }', { device: { state: 'BROKEN' } }))).toEqual([
    'device.state: Enum "State" cannot represent value: "BROKEN"',
  ]);
  for (const name of [null, 'Nothing', 'State', 'Query', 5]) {
    const { data } = await answerTo('{ twin { __typename } }', { twin: {} }, { schema: withTwin(name) });
    expect(data).toEqual({ twin: null });
  }
});

function withTwin(name: unknown): GraphQLSchema {
  const twins = buildSchema(
    'type Query { twin: Twin } union Twin = Device type Device { name: String } enum State { ON }',
  );
  Object.assign(twins.getType('Twin') ?? {}, { resolveType: () => name });
  return twins;
}

test('an answer without promises is given at once, and one with them once they are settled', async () => {
  const document = parse('{ device { name } devices { name } }');
  expect(execute({ schema, document, rootValue: { device: { name: 'd' } } })).toEqual({
    data: { device: { name: 'd' }, devices: null },
  });
  const later = execute({ schema, document, rootValue: { devices: [Promise.resolve({ name: 'd' })] } });
  expect(later).toBeInstanceOf(Promise);
  expect(await later).toEqual({ data: { device: null, devices: [{ name: 'd' }] } });
});

test('the fields of a mutation wait for each other', async () => {
  const steps: string[] = [];
  const rootValue = {
    async add({ n }: { n: number }) {
      steps.push(`begin ${n}`);
      await Promise.resolve();
      steps.push(`end ${n}`);
      if (n === 2) throw new Error('no two');
      return n;
    },
  };
  const document = parse('mutation { a: add(n: 1) b: add(n: 2) c: add(n: 3) }');
  expect((await execute({ schema, document, rootValue })).data).toBeNull();
  expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});

test('an event of a subscription is the root value', async () => {
  const query = 'subscription { changed { name } }';
  expect((await answerTo(query, { changed: { name: 'd' } })).data).toEqual({ changed: { name: 'd' } });
});

test('fields of one name are one field, of all that is asked for below it', async () => {
  const query = `
    query ($yes: Boolean!, $no: Boolean!) {
      device { name }
      ...More @include(if: $yes)
      ... on Query { device { ...Never @skip(if: $yes) ...Never @include(if: $no) sibling { name } } }
    }
    fragment More on Query { device { state sibling { state } } }
    fragment Never on Device { error }`;
  const device = { name: 'd', state: 'ON', sibling: { name: 's', state: 'OFF' } };
  const answer = (yes: boolean, no: boolean) => answerTo(query, { device }, { variableValues: { yes, no } });
  expect(JSON.stringify((await answer(true, false)).data)).toBe(
    '{"device":{"name":"d","state":"ON","sibling":{"state":"OFF","name":"s"}}}',
  );
  expect((await answer(false, false)).data).toEqual({ device: { name: 'd', error: null, sibling: { name: 's' } } });
});

test('a document with more conditions than are kept compiled is answered by their present values', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const document = parse(
    `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { ${names.map((name) => `${name}: __typename @include(if: $${name})`).join(' ')} }`,
  );
  for (let round = 0; round < 64; round += 1) {
    const variableValues = Object.fromEntries(names.map((name, bit) => [name, (round >> bit) % 2 === 1]));
    const { data } = await execute({ schema, document, variableValues });
    expect(Object.keys(data ?? {})).toEqual(names.filter((name) => variableValues[name]));
  }
});

test('a resolver that changes its arguments changes them for itself', async () => {
  const given: unknown[] = [];
  const rootValue = {
    device(args: { name: string; tags: string[] }) {
      given.push(structuredClone(args));
      args.name = 'changed';
      args.tags.push('changed');
    },
  };
  for (const query of ['{ device(name: "n", tags: ["a"]) { name } }', '{ device(name: "n", tags: "a") { name } }']) {
    await answerTo(query, rootValue);
    expect(given.splice(0)).toEqual(Array.from({ length: 4 }, () => ({ name: 'n', tags: ['a'] })));
  }
});

test('a name in the answer that objects have already is one like the others', async () => {
  const query = '{ __proto__: device { constructor: name then: state toString: error } }';
  const { data } = await answerTo(query, { device: { name: 'd', state: 'ON' } });
  expect(JSON.stringify(data)).toBe('{"__proto__":{"constructor":"d","then":"ON","toString":null}}');
});

test('variables are read by graphql-js, and what is wrong with them is all the answer', async () => {
  const query = 'query ($n: [State!]!) { device { name } again: numbers @skip(if: true) } ';
  const wrong = { schema, document: parse(query), variableValues: { n: ['ONN', 'OF'] } };
  for (const hideSuggestions of [true, false]) {
    const answer = await execute({ ...wrong, hideSuggestions });
    expect(JSON.stringify(answer)).toBe(JSON.stringify(await interpret({ ...wrong, hideSuggestions })));
    expect(JSON.stringify(answer).includes('Did you mean')).toBe(!hideSuggestions);
  }
  const limited = { ...wrong, options: { maxCoercionErrors: 1 } };
  expect(JSON.stringify(await execute(limited))).toBe(JSON.stringify(await interpret(limited)));
});

test('what is not compiled is left to graphql-js: operations that are not there, resolvers from outside', async () => {
  const two = 'query A { device { name } } query B { devices { name } }';
  expect(messagesOf(await answerTo(two, {}))?.[0]).toContain('Must provide operation name');
  expect(messagesOf(await answerTo(two, {}, { operationName: 'C' }))?.[0]).toContain('Unknown operation named "C"');
  expect((await answerTo(two, {}, { operationName: 'B' })).data).toEqual({ devices: null });
  const fieldResolver = () => 'from outside';
  expect((await answerTo('{ device { name } }', {}, { fieldResolver })).data).toEqual({
    device: { name: 'from outside' },
  });
  const other = buildSchema('type Query { device: String }');
  expect(() => execute({ schema: buildSchema('type Nothing { a: Int }'), document: parse('{ a }') })).toThrow(
    'Query root type',
  );
  const document = parse('{ device }');
  for (const each of [schema, other, schema]) {
    const given = { schema: each, document, rootValue: { device: 'd' } };
    expect(JSON.stringify(await execute(given))).toBe(JSON.stringify(await interpret(given)));
  }
});

test('introspection tells what graphql-js tells', async () => {
  const { data } = await answerTo(getIntrospectionQuery(), {}, { schema: createSchema() });
  expect(data).toHaveProperty('__schema.queryType.name', 'Query');
});
