import { once } from 'node:events';
import { type Server as HttpServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Clock, createScheduler } from '../clock.ts';
import { type Bus } from '../fanout/bus.ts';
import { type Log } from '../telemetry/log.ts';
import { createMetricsPage } from '../telemetry/metrics.ts';
import { createApollo } from './apollo.ts';
import { createConnections } from './client-connections.ts';
import { type JoinSettings } from './context.ts';
import { createDeliveryCounters } from './delivery-counters.ts';
import { createExecution } from './execution.ts';
import { createDocumentGuard } from './guard/document-guard.ts';
import { createOriginGuard } from '../security/origin-guard.ts';
import { createClientAddress } from '../security/client-address.ts';
import { withResponseHeaders } from '../security/response-headers.ts';
import { createWebServer, type TlsFiles } from '../security/web-server.ts';
import { createSubscriptionLimiter, type SubscriptionLimits } from './guard/subscription-limiter.ts';
import { createReadinessCheck } from './health.ts';
import { createHttpApp } from './http.ts';
import { createGatewayMetrics } from './metrics.ts';
import { createSchema } from './schema.ts';
import { createTally } from './tally.ts';
import { type Upstream } from './upstream/upstream.ts';
import { createWatches, type WatchSettings } from './watch/watches.ts';
import { serveWebSockets } from './websocket.ts';

/** What the gateway needs. Times in ms. */
export interface GatewayOptions {
  readonly host: string;
  readonly port: number;
  /** Without it plain HTTP. */
  readonly tls?: TlsFiles | null;
  /** Whose X-Forwarded-For is believed; nobody's without it. */
  readonly trustedProxies?: readonly string[];
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly log: Log;
  readonly join: JoinSettings;
  readonly watching: WatchSettings;
  /** What replicas share through; null: there is only this one. */
  readonly bus: Bus | null;
  /** How often devices are to send heartbeats, for their presence. */
  readonly heartbeatIntervalMs: number;
  /** For every operation; upstream calls within it end with it. */
  readonly deadlineMs: number;
  readonly drainTimeoutMs: number;
  /** Within how long subscribers are sent away, so that they do not all come to another gateway at once. */
  readonly drainSpreadMs: number;
  readonly introspection: boolean;
  readonly landingPage: boolean;
  /** With it a response's `extensions.upstreamCalls` tells how many upstream calls the operation made. */
  readonly debugExtensions: boolean;
  /**
   * Origins whose pages may ask, besides the gateway's own (on loopback: any loopback origin): `https://app.example.com`, or `*`
   * for every page on the web.
   */
  readonly corsOrigins?: readonly string[];
  readonly limits: GatewayLimits;
}

/** What one client may ask for. */
export interface GatewayLimits extends SubscriptionLimits {
  readonly bodyLimitBytes: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxTokens: number;
  readonly maxDirectives: number;
  readonly maxBatchEntries: number;
  readonly maxConnections: number;
  readonly connectionLifetimeMs: number;
  readonly maxSubscriptionsPerConnection: number;
  readonly messagesPerSecond: number;
  readonly connectionInitTimeoutMs: number;
  readonly slowClientTimeoutMs: number;
}

/** A listening gateway. `close` drains: answers in flight finish, sockets close with a code that clients retry. */
export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
/** For clients to answer the closing handshake. */
const CLOSE_TIMEOUT_MS = 1000;

/** Starts the gateway and resolves when it listens. Rejects if the address cannot be had. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log, limits, upstream, bus } = options;
  const scheduler = createScheduler(clock);
  const watches = createWatches({ ...options.watching, upstream, scheduler, bus, log });
  const { join, heartbeatIntervalMs } = options;
  const shared = { upstream, watches, join, clock, heartbeatIntervalMs, maxBatchEntries: limits.maxBatchEntries };
  const schema = createSchema();
  const documentGuard = createDocumentGuard(schema, limits, options.introspection);
  const originGuard = createOriginGuard(options.host, options.corsOrigins ?? []);
  const path = GRAPHQL_PATH;
  const tls = options.tls ?? null;
  const inFlight = createTally();
  let closing: Promise<void> | null = null;

  const apollo = createApollo({ ...options, schema, documentGuard });
  await apollo.start();
  const checkReadiness = createReadinessCheck(upstream, clock, bus, () => closing !== null);
  const connections = createConnections(limits);
  const delivery = createDeliveryCounters();
  const takeSubscription = createSubscriptionLimiter(limits, bus, scheduler);
  const execution = createExecution({ ...options, shared, takeSubscription, counters: delivery, inFlight });
  const metrics = createMetricsPage(createGatewayMetrics({ polls: watches.counters, delivery, connections }));
  const clientAddress = createClientAddress(options.trustedProxies ?? []);
  const transport = { ...limits, clientAddress, path, schema, documentGuard, originGuard, execution, connections, log };
  const app = createHttpApp({ ...options, ...transport, apollo, shared, checkReadiness, metrics, inFlight });
  const httpServer = createWebServer(tls, log, {}, withResponseHeaders(app, tls !== null));
  serveWebSockets(httpServer, transport);
  await listen(httpServer, options);

  async function drain(): Promise<void> {
    const closed = once(httpServer, 'close');
    httpServer.close();
    await inFlight.idle(options.drainTimeoutMs);
    await connections.close(options.drainSpreadMs, CLOSE_TIMEOUT_MS);
    await watches.handedOver();
    httpServer.closeAllConnections();
    await closed;
    await apollo.stop();
  }

  return { url: urlOf(httpServer, options), close: () => (closing ??= drain()) };
}

async function listen(server: HttpServer, { host, port }: GatewayOptions): Promise<void> {
  server.listen(port, host);
  // Rejects on 'error'.
  await once(server, 'listening');
}

/** Where a client on this machine finds the server. */
function urlOf(server: HttpServer, { host, tls }: GatewayOptions): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}${GRAPHQL_PATH}`;
}
