import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import { executeFields, type Field } from './execute-fields.ts';
import { createPlainTest, serialize } from './leaf.ts';
import { addError, isPromise, type Path, type Run } from './run.ts';
import { foreignValueError, runtimeTypeOf } from './runtime-type.ts';

/** The field that values are completed for. */
export interface Place {
  readonly parentType: GraphQLObjectType;
  readonly fieldName: string;
  readonly nodes: readonly FieldNode[];
  /** The fields to execute where it gives an object. */
  readonly select: (type: GraphQLObjectType, run: Run) => readonly Field[];
}

/** Turns what a resolver gave into a value of the answer, or a promise of it. Throws what makes the value around it null. */
type Complete = (run: Run, info: GraphQLResolveInfo, path: Path, value: unknown) => unknown;

/** Takes what was thrown for a value: notes it and gives null, or throws it located where the type takes no null. */
type Fail = (run: Run, path: Path, thrown: unknown) => null;

/** Makes the end of every error in a value of a type. */
export function createFailure(type: GraphQLOutputType, nodes: readonly FieldNode[]): Fail {
  const takesNull = !isNonNullType(type);
  return (run, path, thrown) => {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (!takesNull) throw error;
    addError(run, error, path);
    return null;
  };
}

/**
 * Makes the completion of the values of a type at a place, errors and promises included.
 * Source: GraphQL, October 2021, sections 6.4.3 and 6.4.4.
 */
export function createCompletion(type: GraphQLOutputType, place: Place): Complete {
  const complete = createNullableCompletion(type, place);
  const fail = createFailure(type, place.nodes);
  return (run, info, path, value) => {
    try {
      const completed = isPromise(value)
        ? value.then((settled) => complete(run, info, path, settled))
        : complete(run, info, path, value);
      return isPromise(completed) ? completed.then(undefined, (thrown: unknown) => fail(run, path, thrown)) : completed;
    } catch (thrown) {
      return fail(run, path, thrown);
    }
  };
}

function createNullableCompletion(type: GraphQLOutputType, place: Place): Complete {
  if (isNonNullType(type)) {
    const complete = createNullableCompletion(type.ofType, place);
    const message = `Cannot return null for non-nullable field ${place.parentType.name}.${place.fieldName}.`;
    return (run, info, path, value) => {
      const completed = complete(run, info, path, value);
      if (completed === null) throw new Error(message);
      return completed;
    };
  }
  const complete = createValueCompletion(type, place);
  return (run, info, path, value) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? null : complete(run, info, path, value);
  };
}

function createValueCompletion(type: Exclude<GraphQLOutputType, GraphQLNonNull<never>>, place: Place): Complete {
  if (isListType(type)) return createListCompletion(type.ofType, place);
  if (isLeafType(type)) return (_run, _info, _path, value) => serialize(type, value);
  if (isAbstractType(type)) return createAbstractCompletion(type, place);
  return createObjectCompletion(type, place);
}

function createListCompletion(itemType: GraphQLOutputType, place: Place): Complete {
  const complete = createCompletion(itemType, place);
  const isPlain = createPlainTest(itemType);
  const message = `Expected Iterable, but did not find one for field "${place.parentType.name}.${place.fieldName}".`;
  return (run, info, listPath, list) => {
    if (!isIterable(list)) throw new GraphQLError(message);
    const completed: unknown[] = [];
    let hasPromise = false;
    try {
      for (const item of list) {
        const value = isPlain(item)
          ? item
          : complete(run, info, { prev: listPath, key: completed.length, typename: undefined }, item);
        if (isPromise(value)) hasPromise = true;
        completed.push(value);
      }
    } catch (error) {
      // Those before it may reject too, and somebody has to take notice.
      if (hasPromise) void Promise.allSettled(completed);
      throw error;
    }
    return hasPromise ? Promise.all(completed) : completed;
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function createAbstractCompletion(type: GraphQLAbstractType, place: Place): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completions = new Map<GraphQLObjectType, Complete>();
  return (run, info, path, value) => {
    const completeAs = (name: unknown) => {
      const runtimeType = runtimeTypeOf(name, type, info, value);
      let complete = completions.get(runtimeType);
      if (!complete) {
        complete = createObjectCompletion(runtimeType, place);
        completions.set(runtimeType, complete);
      }
      return complete(run, info, path, value);
    };
    const name: unknown = resolveType(value, run.contextValue, info, type);
    return isPromise(name) ? name.then(completeAs) : completeAs(name);
  };
}

function createObjectCompletion(type: GraphQLObjectType, place: Place): Complete {
  let fields: readonly Field[] | undefined;
  return (run, info, path, value) => {
    fields ??= place.select(type, run);
    if (!type.isTypeOf) return executeFields(fields, run, value, path);
    const selected = fields;
    const execute = (isOfType: boolean) => {
      if (!isOfType) throw foreignValueError(type, value, place.nodes);
      return executeFields(selected, run, value, path);
    };
    const isOfType = type.isTypeOf(value, run.contextValue, info);
    return isPromise(isOfType) ? isOfType.then(execute) : execute(isOfType);
  };
}
