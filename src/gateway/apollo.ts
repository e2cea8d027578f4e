import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import Negotiator from 'negotiator';
import { type Log } from '../telemetry/log.ts';
import { execute } from './compiled/execute.ts';
import { type Context } from './context.ts';
import { formatError, formatResult, logMasked } from './format-error.ts';
import { type DocumentGuard } from './guard/document-guard.ts';
import { createLandingPage } from './landing-page.ts';
import { logOperation } from './operation-log.ts';

/** What Apollo Server needs to answer HTTP. */
export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly documentGuard: DocumentGuard;
  readonly introspection: boolean;
  readonly landingPage: boolean;
  readonly debugExtensions: boolean;
  readonly log: Log;
}

/** The context of an HTTP operation. */
export interface HttpContext extends Context {
  readonly clientAddress: string;
  readonly upstreamCalls: () => number;
}

const MAX_PERSISTED_CHARACTERS = 8 * 1024 * 1024;

/** Apollo Server with our limits, errors and log, and without what it would do unasked. */
export function createApollo(options: ApolloOptions): ApolloServer<HttpContext> {
  const { schema, documentGuard, log } = options;
  return new ApolloServer<HttpContext>({
    schema,
    parseOptions: documentGuard.parseOptions,
    validationRules: [...documentGuard.validationRules],
    validationOptions: documentGuard.validationOptions,
    documentStore: documentGuard.documents.forApollo,
    // The document guard refuses it where it is off.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: (_formatted, error) => formatError(asGraphQLError(error)),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // In memory: another replica asks the client for the document once more.
    persistedQueries: { cache: new InMemoryLRUCache({ maxSize: MAX_PERSISTED_CHARACTERS }) },
    stopOnTerminationSignals: false,
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      createLandingPage(options.landingPage),
      createExecutionPlugin(options),
      createOperationPlugin(options),
    ],
  });
}

/**
 * In plain JSON a request that reached GraphQL is answered with 200, whatever is wrong with its document or variables.
 * Source: GraphQL over HTTP, draft, section 6.4.1.
 */
const OF_THE_DOCUMENT = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

/** Has operations executed compiled. Apollo then leaves all that comes of it to us: errors, their log and the status. */
function createExecutionPlugin({ schema, introspection, log }: ApolloOptions): ApolloServerPlugin<HttpContext> {
  // Suggestions would tell what introspection does not.
  const hideSuggestions = !introspection;
  return {
    requestDidStart: () =>
      Promise.resolve({
        async responseForOperation({ document, operation, request, contextValue }) {
          // There may be none, whatever the type says; Apollo tells why.
          if ((operation as unknown) === undefined) return null;
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) return refuseSubscription();
          const { operationName, variables: variableValues } = request;
          const result = await execute({
            schema,
            document,
            operationName,
            variableValues,
            contextValue,
            hideSuggestions,
          });
          if (result.errors) logMasked(log, contextValue.requestId, result.errors);
          return responseOf(result);
        },
      }),
  };
}

function refuseSubscription(): GraphQLResponse {
  const message =
    'Expected a subscription over WebSocket or with accept: text/event-stream or multipart/mixed, got neither';
  const error = new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
  return { ...responseOf({ errors: [error] }), http: { status: 406, headers: new HeaderMap() } };
}

function responseOf(result: ExecutionResult): GraphQLResponse {
  const headers = new HeaderMap();
  return {
    body: { kind: 'single', singleResult: formatResult(result) },
    // Without data, nothing was executed: the variables are wrong.
    http: result.data === undefined ? { status: 400, headers } : { headers },
  };
}

/** Logs each operation, and tells how many upstream calls it made if asked to. */
function createOperationPlugin({ log, debugExtensions }: ApolloOptions): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart() {
      const startedAtMs = performance.now();
      return Promise.resolve({
        didEncounterErrors({ errors, contextValue }) {
          logMasked(log, contextValue.requestId, errors);
          return Promise.resolve();
        },
        willSendResponse({ response, contextValue, document, request: { operationName, http }, operation, metrics }) {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const codes = (singleResult.errors ?? []).map((error) => error.extensions?.['code']);
          if (codes.some((code) => OF_THE_DOCUMENT.has(code)) && takesPlainJson(http?.headers.get('accept')))
            response.http.status = 200;
          if (http?.method === 'GET' && metrics.persistedQueryHit === true && codes.length === 0) {
            // The client may keep it, and asks each time whether it is still so.
            response.http.headers.set('cache-control', 'private, no-cache');
          }
          const { requestId, clientAddress } = contextValue;
          logOperation(log, { requestId, clientAddress, document, operationName, startedAtMs, codes });
          if (debugExtensions && operation) {
            singleResult.extensions = { ...singleResult.extensions, upstreamCalls: contextValue.upstreamCalls() };
          }
          return Promise.resolve();
        },
      });
    },
    unexpectedErrorProcessingRequest({ error, requestContext }) {
      log.error({ requestId: requestContext.contextValue.requestId, err: error }, 'internal server error');
      return Promise.resolve();
    },
  };
}

/** Whether a client takes `application/json` rather than `application/graphql-response+json`. */
function takesPlainJson(accept: string | undefined): boolean {
  const types = ['application/json', 'application/graphql-response+json'];
  return new Negotiator({ headers: { accept } }).mediaType(types) === types[0];
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
