import { type GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createDocumentGuard } from '../../../src/gateway/guard/document-guard.ts';
import { createSchema } from '../../../src/gateway/schema.ts';

const schema = createSchema();
const limits = { maxDepth: 15, maxAliases: 100, maxTokens: 5000, maxDirectives: 50 };
const guard = createDocumentGuard(schema, limits, true);

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

function refusals(document: string): string[] {
  const checked = guard.check(document);
  return 'kind' in checked ? [] : checked.map(({ message, extensions }) => `${String(extensions['code'])}: ${message}`);
}

test('a document within the limits is given as parsed', () => {
  const aliases = repeat(50, (index) => `a${index}: detector(detectorModelName: "m", keyValue: "k${index}") { id }`);
  expect(guard.check(`{ ${aliases} }`)).toMatchObject({ kind: 'Document' });
});

test('a document over a limit is refused with the limit and the value', () => {
  expect(refusals(`{ ${repeat(101, (index) => `a${index}: node(id: "1") { id }`)} }`)).toEqual([
    'GRAPHQL_VALIDATION_FAILED: Aliases limit of 100 exceeded, found 101.',
  ]);
  const deep = 'detector(detectorModelName: "m") { device(deviceFleetName: "f") { ';
  expect(
    refusals(`{ device(deviceFleetName: "f", deviceName: "d") { ${deep.repeat(8)} id ${'} }'.repeat(8)} } }`),
  ).toEqual(['GRAPHQL_VALIDATION_FAILED: Query depth limit of 15 exceeded, found 18.']);
  expect(refusals(`{ __typename ${'@skip(if: false) '.repeat(51)} }`)[0]).toBe(
    'GRAPHQL_VALIDATION_FAILED: Directives limit of 50 exceeded, found 51.',
  );
  expect(refusals(`{ ${'__typename '.repeat(5000)} }`)).toEqual([
    'GRAPHQL_PARSE_FAILED: Syntax Error: Document contains more that 5000 tokens. Parsing aborted.',
  ]);
});

test('fragments do not get around the limits', () => {
  const fragment = (name: string, next: string) =>
    `fragment ${name} on Device { detector(detectorModelName: "m") { device(deviceFleetName: "f") { ${next} } } }`;
  const chain = repeat(8, (index) => fragment(`F${index}`, index === 7 ? 'id' : `...F${index + 1}`));
  expect(refusals(`{ device(deviceFleetName: "f", deviceName: "d") { ...F0 } } ${chain}`)).toEqual([
    'GRAPHQL_VALIDATION_FAILED: Query depth limit of 15 exceeded, found 18.',
  ]);
  const bomb = repeat(
    20,
    (index) => `fragment B${index} on Query { a${index}: node(id: "1") { id } ...B${index + 1} ...B${index + 1} }`,
  );
  expect(refusals(`{ ...B0 } ${bomb} fragment B20 on Query { __typename }`)).toEqual([
    `GRAPHQL_VALIDATION_FAILED: Aliases limit of 100 exceeded, found ${2 ** 20 - 1}.`,
  ]);
});

test('a field may stand in one selection a hundred times, under whatever name', () => {
  expect(guard.check(`{ ${'__typename '.repeat(100)} }`)).toMatchObject({ kind: 'Document' });
  expect(
    refusals(`{ ${'a: __typename '.repeat(99)} ${'b: __typename '.repeat(1)} ${'__typename '.repeat(101)} }`),
  ).toEqual([
    'GRAPHQL_VALIDATION_FAILED: Expected a field at most 100 times in a selection, got "__typename" more often',
  ]);
});

test('a document is told no more than five errors', () => {
  expect(refusals(`{ ${repeat(200, (index) => `unknown${index}`)} }`)).toHaveLength(6);
});

test.each([
  ['on the field', 'subscription ($c: Boolean!) { FIELD @include(if: $c) { kind } }'],
  ['on a fragment', 'subscription ($c: Boolean!) { ... @skip(if: $c) { FIELD { kind } } }'],
  ['in a fragment', 'subscription ($c: Boolean!) { ...F } fragment F on Subscription { FIELD @skip(if: $c) { kind } }'],
  ['that is missing', 'subscription { FIELD @include { kind } }'],
  ['of another type', 'subscription { FIELD @include(if: "yes") { kind } }'],
])("a condition %s of a subscription's root is refused unless it is true or false", (_where, text) => {
  const document = text.replace('FIELD', 'detectorsChanged(detectorModelName: "motor")');
  expect(refusals(document)[0]).toBe(
    "GRAPHQL_VALIDATION_FAILED: Expected true or false in @skip or @include on a subscription's root field, got something else",
  );
});

test("a condition that is true or false may be on a subscription's root field, and a variable below it", () => {
  const document =
    'subscription ($c: Boolean!) { detectorsChanged(detectorModelName: "m") @include(if: true) { kind @skip(if: $c) } }';
  expect(guard.check(document)).toMatchObject({ kind: 'Document' });
});

test.each([
  [
    'fragments that spread each other twice',
    `{ ...F0 } ${repeat(300, (i) => `fragment F${i} on Query { a: node(id: "1") { id } ...F${i + 1} ...F${i + 1} }`)} fragment F300 on Query { __typename }`,
  ],
  ['a cycle of fragments', 'query { ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }'],
  [
    'every fragment in every place',
    `{ ${repeat(200, (i) => `...F${i}`)} } ${repeat(200, (i) => `fragment F${i} on Query { x: node(id: "${i}") { id } ...F${(i + 1) % 200} }`)}`,
  ],
  ['one field as often as possible', `{ ${repeat(550, () => 'node(id: "x") { id }')} }`],
  ['fields that do not exist', `{ ${repeat(4900, (i) => `detectr${i}`)} }`],
  ['a directive as often as possible', `{ __typename ${'@a'.repeat(2490)} }`],
  ['nesting without an end', '{ a '.repeat(2490)],
  ['a list in a list, without end', `query ($a: Int = ${'['.repeat(2490)}${']'.repeat(2490)}) { __typename }`],
  [
    'a circle through introspection',
    `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} }'.repeat(9)} } } }`,
  ],
])('an attack is refused, or harmless, and never blows up: %s', { timeout: 10_000 }, (_name, document) => {
  // What blows up would take hours: the timeout is far from both.
  const checked = guard.check(document);
  expect('kind' in checked ? checked.kind : checked.length).toBeTruthy();
});

test('without introspection it is refused, and no field is suggested', () => {
  const closed = createDocumentGuard(schema, limits, false);
  const messages = (document: string) =>
    (closed.check(document) as readonly GraphQLError[]).map(({ message }) => message);
  expect(messages('{ __schema { queryType { name } } }')[0]).toContain('introspection has been disabled');
  expect(messages('{ detecto }')).toEqual(['Cannot query field "detecto" on type "Query".']);
  expect(refusals('{ detecto }')[0]).toContain('Did you mean "detector"');
});
