import { getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { type Operation } from './execution.ts';
import { type DocumentGuard } from './guard/document-guard.ts';
import { logOperation } from './operation-log.ts';

/** What a client asks for, as it sent it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** What operations are prepared with. */
export interface PreparationOptions {
  readonly schema: GraphQLSchema;
  readonly documentGuard: DocumentGuard;
  readonly log: Log;
}

/** Where an operation comes from. */
export type OperationSource = Pick<Operation, 'requestId' | 'clientAddress' | 'principal'>;

/** The operation a client asks for, or what is wrong with it, which the log tells too. */
export function prepareOperation(
  { query, operationName, variables }: OperationRequest,
  source: OperationSource,
  { schema, documentGuard, log }: PreparationOptions,
): Operation | readonly GraphQLError[] {
  const document = documentGuard.check(query);
  if (!('kind' in document)) return refuseOperation(document, source, log);
  if (!getOperationAST(document, operationName)) {
    const message = operationName
      ? `Unknown operation named "${operationName}".`
      : 'Must provide operation name if query contains multiple operations.';
    const error = new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
    return refuseOperation([error], source, log);
  }
  return { schema, document, operationName, variableValues: variables, ...source };
}

/** Logs an operation that is refused, and gives why. */
export function refuseOperation(
  errors: readonly GraphQLError[],
  { requestId, clientAddress }: OperationSource,
  log: Log,
): readonly GraphQLError[] {
  const codes = errors.map((error) => error.extensions['code']);
  logOperation(log, { requestId, clientAddress, startedAtMs: performance.now(), codes });
  return errors;
}
