import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { headersOf } from '../security/canonical-request.ts';
import { type ClientAddress } from '../security/client-address.ts';
import { createOriginGuard } from '../security/origin-guard.ts';
import { createWebServer, type TlsFiles } from '../security/web-server.ts';
import { type Log } from '../telemetry/log.ts';
import { type Access } from './access.ts';
import { createFleetgraphOperations } from './fleetgraph/operations.ts';
import { createIotEventsOperations } from './iot-events/operations.ts';
import { createIotEventsDataOperations } from './iot-events-data/operations.ts';
import { AwsError } from './protocol/errors.ts';
import { type Operation } from './protocol/operation.ts';
import { decodeBody, parseTarget, readBody } from './protocol/request.ts';
import { errorReply, outputReply, type Reply, writeReply } from './protocol/response.ts';
import { createRouter } from './protocol/route.ts';
import { type Runtime } from './runtime/runtime.ts';
import { createSagemakerOperations } from './sagemaker/operations.ts';
import { createSagemakerEdgeOperations } from './sagemaker-edge/operations.ts';
import { levelOfFault } from './store/store.ts';

/** What the data plane's HTTP service needs. Port 0 takes a free one; sizes in bytes. */
export interface DataplaneOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | null;
  readonly clientAddress: ClientAddress;
  readonly runtime: Runtime;
  readonly access: Access;
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
const NO_BODY = new Uint8Array();

/** Every operation that is served: of both data planes, of their control planes, and our own. */
export function createOperations(runtime: Runtime): readonly Operation[] {
  return [
    ...createIotEventsDataOperations(runtime),
    ...createSagemakerEdgeOperations(runtime),
    ...createIotEventsOperations(runtime.control),
    ...createSagemakerOperations(runtime.control),
    ...createFleetgraphOperations(runtime),
  ];
}

/** Listens and answers the operations of both data planes and of their control planes. Rejects if the address cannot be had. */
export async function startDataplane(options: DataplaneOptions): Promise<Dataplane> {
  const { host, port, tls, log, runtime } = options;
  const operations = createOperations(runtime);
  const server: Server = createWebServer(
    tls,
    log,
    TIMEOUTS,
    createListener(operations, options, () => !server.listening),
  );
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: boundPort } = server.address() as AddressInfo;
  return {
    url: `${tls === null ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${boundPort}`,
    close: () => drain(server),
  };
}

/** How far a request has come. */
interface Progress {
  operation: Operation | null;
  /** Once its signature is verified. */
  accessKeyId: string | null;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function createListener(
  operations: readonly Operation[],
  { host, clientAddress, access, log, bodyLimitBytes }: DataplaneOptions,
  isDraining: () => boolean,
): Listener {
  const route = createRouter(operations);
  const refuseForeignPages = createPageRefusal(host);

  async function answer(request: IncomingMessage, progress: Progress): Promise<Reply> {
    refuseForeignPages(request);
    const { path, segments, query } = parseTarget(request.url ?? '');
    const { method = '', rawHeaders } = request;
    const identify = access.receive({ method, path, query, headers: headersOf(rawHeaders) });
    const { operation, params } = route(method, segments, targetOf(request));
    progress.operation = operation;
    const { accessKeyId, verify, authorize } = identify(operation);
    const hasBody = operation.method === 'POST' || operation.method === 'PUT';
    const body = hasBody ? await readBody(request, bodyLimitBytes) : NO_BODY;
    verify(body);
    progress.accessKeyId = accessKeyId;
    return outputReply(operation, await operation.invoke({ params, query, body: decodeBody(body), authorize }));
  }

  return (request, response) => {
    const requestId = randomUUID();
    const startedMs = performance.now();
    const client = log.isLevelEnabled('debug') ? clientAddress(request) : null;
    const progress: Progress = { operation: null, accessKeyId: null };
    const line = () => ({ requestId, operation: progress.operation?.name ?? null });
    const refuse = (error: unknown): Reply => {
      if (!(error instanceof AwsError)) log[levelOfFault(error)]({ ...line(), err: error }, 'request failed');
      return errorReply(error, progress.operation?.service ?? null);
    };
    void answer(request, progress)
      .catch(refuse)
      .then((reply) => {
        if (isDraining()) response.setHeader('connection', 'close');
        if (!response.destroyed) writeReply(request, response, requestId, reply);
        const durationMs = Math.round((performance.now() - startedMs) * 1000) / 1000;
        const status = response.destroyed ? null : reply.status;
        const { accessKeyId } = progress;
        log.debug({ ...line(), clientAddress: client, accessKeyId, status, durationMs }, 'request');
      });
  };
}

/** Where nobody has to sign, no page of another origin may ask: it would do so with the rights of whoever looks at it. */
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
