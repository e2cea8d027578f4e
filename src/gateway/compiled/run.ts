import { type GraphQLError, type GraphQLResolveInfo, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

/** Where a value stands in the answer. */
export type Path = GraphQLResolveInfo['path'];

/** Values of arguments or variables by name. */
export type Values = Readonly<Record<string, unknown>>;

/** What the fields of a document are collected from. */
export interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: GraphQLResolveInfo['fragments'];
}

/** One run of a compiled operation. */
export interface Run extends Scope {
  readonly operation: OperationDefinitionNode;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly variableValues: Record<string, unknown>;
  readonly errors: GraphQLError[];
  /** Where those errors are; undefined: the whole answer. */
  readonly errorPaths: Set<Path | undefined>;
  /** Values of arguments with variables in them, for a list to read them once. The keys are their readers. */
  readonly argumentValues: Map<object, Values>;
}

/** Adds an error, unless what it stands in has become null by another. Source: graphql-js 16, execute.js, CollectedErrors. */
export function addError({ errors, errorPaths }: Run, error: GraphQLError, path: Path | undefined): void {
  if (errorPaths.has(undefined)) return;
  for (let above = path; above; above = above.prev) if (errorPaths.has(above)) return;
  errorPaths.add(path);
  errors.push(error);
}

/** Whether it has a `then`, which is what graphql-js asks. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
