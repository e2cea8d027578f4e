import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server as HttpServer } from 'node:http';
import { type Duplex } from 'node:stream';
import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { type ConnectionInitMessage, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { type Log } from '../telemetry/log.ts';
import { type Execution, type Operation } from './execution.ts';
import { formatError } from './format-error.ts';
import { type DocumentGuard } from './guard/document-guard.ts';
import { type OriginGuard } from '../security/origin-guard.ts';
import { logOperation } from './operation-log.ts';
import { type Payload } from './payload.ts';
import { type SendMessage } from './socket-sender.ts';
import { serveConnection } from './websocket-connection.ts';

/** What the WebSocket side needs. */
export interface WebSocketOptions {
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly documentGuard: DocumentGuard;
  readonly originGuard: OriginGuard;
  readonly execution: Execution;
  /** The largest message. */
  readonly bodyLimitBytes: number;
  /** Queries and mutations under way count too. */
  readonly maxSubscriptionsPerConnection: number;
  readonly connectionInitTimeoutMs: number;
  readonly slowClientTimeoutMs: number;
  readonly log: Log;
}

/** The WebSocket side of a gateway. */
export interface WebSocketSide {
  /** Closes every socket so that clients come back; those that do not answer within `timeoutMs` are cut off. */
  close(timeoutMs: number): Promise<void>;
}

/** "Service Restart": clients of graphql-ws connect again. Source: IANA, WebSocket Close Code Number Registry. */
const SERVICE_RESTART = 1012;

/**
 * Serves GraphQL over WebSocket on an HTTP server: the protocol graphql-transport-ws, with the document limits and errors of
 * HTTP. A bad document ends its own operation only.
 */
export function serveWebSockets(httpServer: HttpServer, options: WebSocketOptions): WebSocketSide {
  const { execution, originGuard } = options;
  const server = new WebSocketServer({
    noServer: true,
    path: options.path,
    maxPayload: options.bodyLimitBytes,
    handleProtocols,
  });
  const run = (args: ExecutionArgs) => sendPayloads(execution(args as PreparedArgs), args as PreparedArgs);
  const protocol = makeServer<ConnectionInitMessage['payload'], ConnectionExtra>({
    connectionInitWaitTimeout: options.connectionInitTimeoutMs,
    onSubscribe(context, id, payload) {
      const operation = prepare(payload, Object.keys(context.subscriptions).length, options);
      return 'document' in operation ? { ...operation, id, send: context.extra.send } : operation;
    },
    execute: run,
    subscribe: run,
    onError: (_context, _id, _payload, errors) => errors.map(formatError),
  });
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin } = request.headers;
    if (!originGuard.allowsHost(host) || !originGuard.allowsOrigin(origin, host)) {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      serveConnection(protocol, webSocket, options);
    });
  });

  return {
    async close(timeoutMs) {
      const closed = [...server.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of server.clients) socket.close(SERVICE_RESTART, 'The gateway restarts');
      const cutOff = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, timeoutMs);
      await Promise.all(closed);
      clearTimeout(cutOff);
    },
  };
}

/** What graphql-ws knows of a connection besides its own. */
interface ConnectionExtra {
  readonly send: SendMessage;
}

/** Execution arguments with what `sendPayloads` needs. */
type PreparedArgs = Operation & ConnectionExtra & { readonly id: string };

/**
 * What graphql-ws is to think of an operation: it gives no results, and ends when all payloads are sent. Their text is shared by
 * many operations, and graphql-ws would make it anew for each.
 */
function sendPayloads(
  payloads: AsyncIterableIterator<Payload, undefined>,
  { id, send }: PreparedArgs,
): AsyncIterableIterator<never, undefined> {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      for await (const { text } of payloads) await send(`${head}${text}}`);
      return { done: true, value: undefined };
    },
    async return() {
      await payloads.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** The operation a client asks for, or what is wrong with it, which the log tells too. */
function prepare(
  payload: SubscribePayload,
  active: number,
  options: WebSocketOptions,
): Operation | readonly GraphQLError[] {
  const { schema, documentGuard, maxSubscriptionsPerConnection, log } = options;
  const requestId = randomUUID();
  const refuse = (errors: readonly GraphQLError[]) => {
    const codes = errors.map((error) => error.extensions['code']);
    logOperation(log, { requestId, startedAtMs: performance.now(), codes });
    return errors;
  };
  if (active > maxSubscriptionsPerConnection) {
    const message = `Expected at most ${maxSubscriptionsPerConnection} operations at a time on one connection, got ${active}`;
    return refuse([new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } })]);
  }
  const document = documentGuard.check(payload.query);
  if (!('kind' in document)) return refuse(document);
  const { operationName } = payload;
  if (!getOperationAST(document, operationName)) {
    const message = operationName
      ? `Unknown operation named "${operationName}".`
      : 'Must provide operation name if query contains multiple operations.';
    return refuse([new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })]);
  }
  return { schema, document, operationName, variableValues: payload.variables, requestId };
}
