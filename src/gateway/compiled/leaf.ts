import {
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLOutputType,
  GraphQLString,
  isNonNullType,
} from 'graphql';
// No public API, but the messages are to be graphql-js's.
import { inspect } from 'graphql/jsutils/inspect.js';

const isString = (value: unknown) => typeof value === 'string';
const PLAIN = new Map<GraphQLOutputType, (value: unknown) => boolean>([
  [GraphQLString, isString],
  [GraphQLID, isString],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
  [GraphQLFloat, (value) => Number.isFinite(value)],
]);

/** Makes a test whether a value of a type goes into the answer as it is, which of others is not known yet. */
export function createPlainTest(type: GraphQLOutputType): (value: unknown) => boolean {
  const isPlain = PLAIN.get(getNullableType(type)) ?? (() => false);
  return isNonNullType(type) ? isPlain : (value) => value === null || isPlain(value);
}

/** A value as its scalar or enum writes it, never null. Throws if it cannot. */
export function serialize(type: GraphQLLeafType, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized === null || serialized === undefined) {
    throw new Error(
      `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
    );
  }
  return serialized;
}
