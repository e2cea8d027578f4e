import {
  execute as interpret,
  type ExecutionArgs,
  type ExecutionResult,
  getVariableValues,
  type GraphQLError,
  OperationTypeNode,
} from 'graphql';
import { executeFields, executeFieldsSerially } from './execute-fields.ts';
import { findOperation, type Operation } from './operation.ts';
import { addError, isPromise, type Run } from './run.ts';

/**
 * Does what `execute` of graphql-js does, with the same result, from an operation that is compiled when its document is first given:
 * the very document that was parsed and validated, not one like it. What it cannot compile it leaves to graphql-js.
 */
export function execute(args: ExecutionArgs): ExecutionResult | PromiseLike<ExecutionResult> {
  const operation = args.fieldResolver || args.typeResolver ? null : findOperation(args);
  if (!operation) return interpret(args);
  const { schema, fragments, node } = operation;
  const { coerced: variableValues, errors } = getVariableValues(
    schema,
    node.variableDefinitions ?? [],
    args.variableValues ?? {},
    // 50: what graphql-js takes.
    { maxErrors: args.options?.maxCoercionErrors ?? 50, hideSuggestions: args.hideSuggestions ?? false },
  );
  if (errors) return { errors };
  return run(operation, {
    schema,
    fragments,
    operation: node,
    rootValue: args.rootValue,
    contextValue: args.contextValue,
    variableValues,
    errors: [],
    errorPaths: new Set(),
    argumentValues: new Map(),
  });
}

function run(operation: Operation, state: Run): ExecutionResult | PromiseLike<ExecutionResult> {
  const succeed = (data: NonNullable<ExecutionResult['data']>): ExecutionResult =>
    state.errors.length === 0 ? { data } : { errors: state.errors, data };
  const fail = (error: unknown): ExecutionResult => {
    addError(state, error as GraphQLError, undefined);
    return { errors: state.errors, data: null };
  };
  try {
    const fields = operation.fieldsFor(state);
    const data =
      operation.node.operation === OperationTypeNode.MUTATION
        ? executeFieldsSerially(fields, state, state.rootValue)
        : executeFields(fields, state, state.rootValue, undefined);
    return isPromise(data) ? data.then(succeed, fail) : succeed(data);
  } catch (error) {
    return fail(error);
  }
}
