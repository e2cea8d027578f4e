import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import cors from 'cors';
import { getOperationAST, OperationTypeNode } from 'graphql';
import { type ClientAddress } from '../security/client-address.ts';
import { type OriginGuard } from '../security/origin-guard.ts';
import { type Log } from '../telemetry/log.ts';
import { type MetricsPage } from '../telemetry/metrics.ts';
import { type HttpContext } from './apollo.ts';
import { type ContextShared, createOperationContext } from './context.ts';
import { type EventStreamOptions, sendEventStream } from './event-stream.ts';
import { type Readiness } from './health.ts';
import { sendJson, sendText } from './http-answer.ts';
import { readBody, UnreadableBodyError } from './http-body.ts';
import { isPreflighted, readOperationRequest } from './http-operation.ts';
import { type PreparationOptions, prepareOperation } from './operation-request.ts';
import { chooseStreamFormat, type StreamFormat } from './stream-format.ts';
import { type Tally } from './tally.ts';

/** What the HTTP side needs. */
export interface HttpOptions extends EventStreamOptions, PreparationOptions {
  /** Where GraphQL is. */
  readonly path: string;
  /** Started. */
  readonly apollo: ApolloServer<HttpContext>;
  readonly shared: ContextShared;
  readonly originGuard: OriginGuard;
  readonly clientAddress: ClientAddress;
  readonly checkReadiness: () => Promise<Readiness>;
  readonly metrics: MetricsPage;
  readonly deadlineMs: number;
  readonly bodyLimitBytes: number;
  readonly landingPage: boolean;
  /** Where requests count until they are answered; those for event streams do not. */
  readonly inFlight: Tally;
}

/** A request and the answer to it. `search` is the query string with its "?", or empty. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly search: string;
  readonly requestId: string;
  /** It is no longer one of the requests that a drain waits for. */
  readonly isNoLongerInFlight: () => void;
}

type Route = (visit: Visit) => Promise<void>;

/**
 * GraphQL over HTTP, `/healthz`, `/readyz` and `/metrics`, on node:http itself: Express took a third of the processor time of a small query.
 * Source: GraphQL over HTTP, draft.
 */
export function createHttpApp(options: HttpOptions): RequestListener {
  const routes = new Map<string, Route>([
    ['/healthz', forReading(({ request, response }) => sendJson(request, response, 200, { status: 'up' }))],
    ['/readyz', forReading((visit) => answerReadiness(visit, options))],
    ['/metrics', forReading((visit) => answerMetrics(visit, options))],
    [options.path, createGraphqlRoute(options)],
  ]);
  if (options.landingPage)
    routes.set(
      '/',
      forReading((visit) => redirect(visit, options.path)),
    );
  const nothingThere = answerNothingThere(options.path);
  return (request, response) => {
    const [path, search] = splitUrl(request.url ?? '/');
    const requestId = requestIdOf(request);
    response.setHeader('X-Request-Id', requestId);
    const isNoLongerInFlight = options.inFlight.begin();
    response.once('close', isNoLongerInFlight);
    const visit = { request, response, search, requestId, isNoLongerInFlight };
    const route = routes.get(path) ?? nothingThere;
    route(visit).catch((error: unknown) => answerFault(visit, error, options.log));
  };
}

function createGraphqlRoute(options: HttpOptions): Route {
  const { apollo, shared, originGuard, deadlineMs, bodyLimitBytes } = options;
  const applyCors = cors<IncomingMessage>((request, done) => {
    const { origin, host } = request.headers;
    const exposedHeaders = ['X-Request-Id', 'X-Data-Age-Ms'];
    done(null, { origin: originGuard.allowsOrigin(origin, host), exposedHeaders, maxAge: 600 });
  });

  return async (visit) => {
    const { request, response, requestId } = visit;
    const { method = 'GET', headers } = request;
    if (!originGuard.allowsHost(headers.host)) {
      await sendError(visit, 403, 'Expected a Host that names this gateway, got another', 'FORBIDDEN');
      return;
    }
    if (headers.origin !== undefined || method === 'OPTIONS') {
      applyCors(request, response, () => undefined);
      // A preflight is answered.
      if (response.writableEnded) return;
    }
    const body = await readBody(request, bodyLimitBytes);
    const format = chooseStreamFormat(headers.accept);
    if (format) {
      await answerWithStream(visit, body, format, options);
      return;
    }
    const { context, upstreamCalls, dataAgeMs, end } = createOperationContext(shared, requestId, deadlineMs, true);
    // The answer is sent, or the client has gone.
    response.once('close', end);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headerMapOf(headers), search: visit.search, body },
      context: () => Promise.resolve({ ...context, upstreamCalls, clientAddress: options.clientAddress(request) }),
    });
    if (answer.body.kind !== 'complete') throw new Error('Expected one answer, as there is no @defer, got a stream');
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    if (dataAgeMs() > 0) response.setHeader('X-Data-Age-Ms', Math.ceil(dataAgeMs()));
    await sendText(request, response, {
      status: answer.status ?? 200,
      text: answer.body.string,
      revalidates: answer.headers.has('cache-control'),
    });
  };
}

/** GraphQL over server-sent events or in parts. What is wrong with the request is told at once, with the document in the stream. */
async function answerWithStream(
  visit: Visit,
  body: unknown,
  format: StreamFormat,
  options: HttpOptions,
): Promise<void> {
  const { request, response, search, requestId, isNoLongerInFlight } = visit;
  const { method = 'GET', headers } = request;
  if (method !== 'GET' && method !== 'POST') {
    response.setHeader('Allow', 'GET, POST');
    await sendError(visit, 405, `Expected GET or POST, got ${method}`, 'BAD_REQUEST');
    return;
  }
  if (!isPreflighted(headers)) {
    const message = 'Expected content-type: application/json or the header apollo-require-preflight, got neither';
    await sendError(visit, 400, message, 'BAD_REQUEST');
    return;
  }
  if (options.connections.isFull()) {
    response.setHeader('Retry-After', '1');
    await sendError(visit, 503, 'The gateway has as many connections as it takes', 'OVERLOADED');
    return;
  }
  const clientAddress = options.clientAddress(request);
  const source = { requestId, clientAddress, principal: clientAddress };
  const operation = prepareOperation(readOperationRequest(method, search, body), source, options);
  if (method === 'GET' && isMutation(operation)) {
    response.setHeader('Allow', 'POST');
    await sendError(visit, 405, 'Expected a mutation by POST, got GET', 'BAD_REQUEST');
    return;
  }
  isNoLongerInFlight();
  await sendEventStream(response, operation, format, options);
}

function isMutation(operation: ReturnType<typeof prepareOperation>): boolean {
  if (!('document' in operation)) return false;
  return getOperationAST(operation.document, operation.operationName)?.operation === OperationTypeNode.MUTATION;
}

/** Only GET and HEAD; HEAD gets no body from Node. */
function forReading(route: Route): Route {
  return async (visit) => {
    if (visit.request.method === 'GET' || visit.request.method === 'HEAD') {
      await route(visit);
      return;
    }
    visit.response.setHeader('Allow', 'GET, HEAD');
    await sendError(visit, 405, `Expected GET or HEAD, got ${visit.request.method ?? 'nothing'}`, 'BAD_REQUEST');
  };
}

async function answerReadiness({ request, response }: Visit, { checkReadiness }: HttpOptions): Promise<void> {
  const readiness = await checkReadiness();
  await sendJson(request, response, readiness.ready ? 200 : 503, readiness);
}

async function answerMetrics({ request, response }: Visit, { metrics }: HttpOptions): Promise<void> {
  const { contentType, text } = await metrics();
  response.setHeader('Content-Type', contentType);
  await sendText(request, response, { status: 200, text });
}

function redirect({ response }: Visit, location: string): Promise<void> {
  response.writeHead(302, { location }).end();
  return Promise.resolve();
}

function answerNothingThere(graphqlPath: string): Route {
  return (visit) => {
    const [path] = splitUrl(visit.request.url ?? '/');
    return sendError(visit, 404, `Nothing is at ${path}; GraphQL is at ${graphqlPath}`, 'BAD_REQUEST');
  };
}

/** What failed on the way to GraphQL, as GraphQL clients expect it. */
async function answerFault(visit: Visit, error: unknown, log: Log): Promise<void> {
  const { response, requestId } = visit;
  if (error instanceof UnreadableBodyError && !response.headersSent) {
    await sendError(visit, error.status, error.message, 'BAD_REQUEST');
    return;
  }
  log.error({ requestId, err: error }, 'internal server error');
  if (response.headersSent) response.destroy();
  else await sendError(visit, 500, 'Internal server error', 'INTERNAL_SERVER_ERROR');
}

function sendError({ request, response }: Visit, status: number, message: string, code: string): Promise<void> {
  return sendJson(request, response, status, { errors: [{ message, extensions: { code } }] });
}

/** The path, and the query string with its "?". */
function splitUrl(url: string): readonly [path: string, search: string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

/** The client's request id, or one made up where there is none or a bad one. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:=+/-]{1,128}$/.test(given) ? given : randomUUID();
}

function headerMapOf(headers: IncomingMessage['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}
