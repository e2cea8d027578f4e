import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createOriginGuard } from '../security/origin-guard.ts';
import { type Log } from '../telemetry/log.ts';
import { createFleetgraphOperations } from './fleetgraph/operations.ts';
import { createIotEventsOperations } from './iot-events/operations.ts';
import { createIotEventsDataOperations } from './iot-events-data/operations.ts';
import { AwsError } from './protocol/errors.ts';
import { type Operation } from './protocol/operation.ts';
import { parseTarget, readBody } from './protocol/request.ts';
import { errorReply, outputReply, type Reply, writeReply } from './protocol/response.ts';
import { createRouter } from './protocol/route.ts';
import { type Runtime } from './runtime/runtime.ts';
import { createSagemakerOperations } from './sagemaker/operations.ts';
import { createSagemakerEdgeOperations } from './sagemaker-edge/operations.ts';

/** What the data plane's HTTP service needs. Port 0 takes a free one; sizes in bytes. */
export interface DataplaneOptions {
  readonly host: string;
  readonly port: number;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly bodyLimitBytes: number;
}

/** A listening data plane. `close` lets requests in flight finish, for at most 3 seconds. */
export interface Dataplane {
  readonly url: string;
  close(): Promise<void>;
}

/** Clients that dribble their request are cut off; an idle connection stays longer than SDKs keep theirs. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
};
const DRAIN_MS = 3_000;

/** Listens and answers the operations of both data planes and of their control planes. Rejects if the address cannot be had. */
export async function startDataplane(options: DataplaneOptions): Promise<Dataplane> {
  const { host, port, runtime } = options;
  const operations = [
    ...createIotEventsDataOperations(runtime),
    ...createSagemakerEdgeOperations(runtime),
    ...createIotEventsOperations(runtime.control),
    ...createSagemakerOperations(runtime.control),
    ...createFleetgraphOperations(runtime),
  ];
  const server: Server = createServer(
    TIMEOUTS,
    createListener(operations, options, () => !server.listening),
  );
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${boundPort}`,
    close: () => drain(server),
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function createListener(
  operations: readonly Operation[],
  { host, log, bodyLimitBytes }: DataplaneOptions,
  isDraining: () => boolean,
): Listener {
  const route = createRouter(operations);
  const refuseForeignPages = createPageRefusal(host);

  async function answer(
    request: IncomingMessage,
    requestId: string,
  ): Promise<{ operation: string | null; reply: Reply }> {
    let operation: Operation | null = null;
    try {
      refuseForeignPages(request);
      const { segments, query } = parseTarget(request.url ?? '');
      const match = route(request.method ?? '', segments, targetOf(request));
      operation = match.operation;
      const hasBody = operation.method === 'POST' || operation.method === 'PUT';
      const body = hasBody ? await readBody(request, bodyLimitBytes) : '';
      const output = await operation.invoke({ params: match.params, query, body });
      return { operation: operation.name, reply: outputReply(operation, output) };
    } catch (error) {
      const name = operation?.name ?? null;
      if (!(error instanceof AwsError)) log.error({ requestId, operation: name, err: error }, 'request failed');
      return { operation: name, reply: errorReply(error, operation?.service ?? null) };
    }
  }

  return (request, response) => {
    const requestId = randomUUID();
    const startedMs = performance.now();
    void answer(request, requestId).then(({ operation, reply }) => {
      if (isDraining()) response.setHeader('connection', 'close');
      if (!response.destroyed) writeReply(request, response, requestId, reply);
      const durationMs = Math.round((performance.now() - startedMs) * 1000) / 1000;
      log.debug({ requestId, operation, status: response.destroyed ? null : reply.status, durationMs }, 'request');
    });
  };
}

/** Nobody is asked who they are, so no page of another origin may ask: it would do so with the rights of whoever looks at it. */
function createPageRefusal(listenHost: string): (request: IncomingMessage) => void {
  const guard = createOriginGuard(listenHost, []);
  return ({ headers: { origin, host } }) => {
    if (!guard.allowsOrigin(origin, host)) {
      throw new AwsError('AccessDeniedException', 'Expected no web page of another origin, got a request from one');
    }
  };
}

function targetOf(request: IncomingMessage): string | undefined {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target : undefined;
}

async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
