import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
} from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { NESTS_TOO_DEEP } from './guard/document-guard.ts';
import { UpstreamError } from './upstream/errors.ts';

/**
 * An error as clients see it, the same over HTTP and WebSocket: upstream's by the table of codes, the client's own as they are,
 * and ours as INTERNAL_SERVER_ERROR without a word of what happened.
 */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { message, locations, path, extensions } = error.toJSON();
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const original = originalOf(error);
  if (original instanceof UpstreamError) {
    const { code, upstream } = original;
    // Where nothing is configured there is no upstream to tell of.
    return {
      message: original.message,
      ...place,
      extensions: code === 'NOT_CONFIGURED' ? { code } : { code, upstream },
    };
  }
  // The parser's stack overflowed; Apollo quotes V8.
  if (original instanceof RangeError && codeOf(error) === 'GRAPHQL_PARSE_FAILED') {
    return { message: NESTS_TOO_DEEP, extensions: { code: 'GRAPHQL_PARSE_FAILED' } };
  }
  if (isMasked(error)) {
    return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  }
  // `http`, the status it gives, is for Apollo alone. JSON leaves out what is undefined.
  return { message, ...place, extensions: { ...extensions, http: undefined, code: codeOf(error) } };
}

/** A result as clients see it. */
export function formatResult({ data, errors }: ExecutionResult): FormattedExecutionResult {
  return { ...(errors && { errors: errors.map(formatError) }), ...(data !== undefined && { data }) };
}

/** Logs those of the errors that clients see masked. */
export function logMasked(log: Log, requestId: string, errors: readonly GraphQLError[]): void {
  for (const error of errors.filter(isMasked)) {
    log.error({ requestId, path: error.path, err: originalOf(error) }, 'internal server error');
  }
}

function isMasked(error: GraphQLError): boolean {
  return !(originalOf(error) instanceof UpstreamError) && codeOf(error) === 'INTERNAL_SERVER_ERROR';
}

/** An error without a code is GraphQL's own about what the client sent, else it was thrown by a fault of ours. */
function codeOf(error: GraphQLError): unknown {
  const { extensions, message, nodes, originalError, path } = error;
  if (extensions['code'] !== undefined) return extensions['code'];
  const ofVariable = nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
  // Its value came from a variable; one written in the document is found by validation.
  const ofArgument = originalError instanceof GraphQLError && /^Argument "/.test(message);
  const ofRequest = path === undefined && originalError === undefined;
  return ofVariable || ofArgument || ofRequest ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** What was thrown, however often it was wrapped since. */
function originalOf(error: Error): Error {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error;
}
