import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server as HttpServer } from 'node:http';
import { type Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { type ConnectionInitMessage, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { type Connections } from './client-connections.ts';
import { type Execution, type Operation } from './execution.ts';
import { formatError } from './format-error.ts';
import { type ClientAddress } from '../security/client-address.ts';
import { type OriginGuard } from '../security/origin-guard.ts';
import { type PreparationOptions, prepareOperation, refuseOperation } from './operation-request.ts';
import { type Payload } from './payload.ts';
import { type ConnectionExtra, serveConnection } from './websocket-connection.ts';

/** What the WebSocket side needs. */
export interface WebSocketOptions extends PreparationOptions {
  readonly path: string;
  readonly originGuard: OriginGuard;
  readonly clientAddress: ClientAddress;
  readonly execution: Execution;
  readonly connections: Connections;
  /** The largest message. */
  readonly bodyLimitBytes: number;
  /** Queries and mutations under way count too. */
  readonly maxSubscriptionsPerConnection: number;
  readonly messagesPerSecond: number;
  readonly connectionInitTimeoutMs: number;
  readonly slowClientTimeoutMs: number;
}

/**
 * Serves GraphQL over WebSocket on an HTTP server: the protocol graphql-transport-ws, with the document limits and errors of
 * HTTP. A bad document ends its own operation only.
 */
export function serveWebSockets(httpServer: HttpServer, options: WebSocketOptions): void {
  const { connections, execution, originGuard } = options;
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
      const { send, clientAddress } = context.extra;
      const operation = prepare(payload, clientAddress, Object.keys(context.subscriptions).length, options);
      return 'document' in operation ? { ...operation, id, send } : operation;
    },
    execute: run,
    subscribe: run,
    onError: (_context, _id, _payload, errors) => errors.map(formatError),
  });
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin } = request.headers;
    if (!originGuard.allowsHost(host) || !originGuard.allowsOrigin(origin, host)) {
      refuse(socket, '403 Forbidden');
      return;
    }
    if (connections.isFull()) {
      refuse(socket, '503 Service Unavailable\r\nRetry-After: 1');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      serveConnection(protocol, webSocket, { ...options, clientAddress: options.clientAddress(request) });
    });
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Execution arguments with what `sendPayloads` needs. */
type PreparedArgs = Operation & Pick<ConnectionExtra, 'send'> & { readonly id: string };

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
  clientAddress: string,
  active: number,
  options: WebSocketOptions,
): Operation | readonly GraphQLError[] {
  const { maxSubscriptionsPerConnection, log } = options;
  const source = { requestId: randomUUID(), clientAddress, principal: clientAddress };
  if (active <= maxSubscriptionsPerConnection) {
    return prepareOperation(payload, source, options);
  }
  const message = `Expected at most ${maxSubscriptionsPerConnection} operations at a time on one connection, got ${active}`;
  return refuseOperation([new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } })], source, log);
}
