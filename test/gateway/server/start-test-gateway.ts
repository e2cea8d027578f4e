import { request as httpRequest } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../src/clock.ts';
import { type GatewayLimits, type GatewayOptions, startGateway } from '../../../src/gateway/server.ts';
import { startTestDataplane } from '../../dataplane/start-dataplane.ts';
import { createTestLog } from '../../test-log.ts';
import { type Behaviour, startFaultyUpstream } from '../upstream/faulty-upstream.ts';
import { upstreamAt } from '../upstream/with-upstream.ts';
import { WATCHING } from '../watch/watch-settings.ts';

const LIMITS: GatewayLimits = {
  bodyLimitBytes: 100_000,
  maxDepth: 15,
  maxAliases: 100,
  maxTokens: 5000,
  maxDirectives: 50,
  maxBatchEntries: 1000,
  maxConnections: 1000,
  connectionLifetimeMs: 0,
  maxSubscriptionsPerPrincipal: 1000,
  maxSubscriptions: 1000,
  messagesPerSecond: 1000,
  maxSubscriptionsPerConnection: 100,
  connectionInitTimeoutMs: 2000,
  slowClientTimeoutMs: 5000,
};

type Overrides = Partial<Omit<GatewayOptions, 'limits'>> & {
  readonly limits?: Partial<GatewayLimits>;
  /** What the data plane has; MOTOR_RESOURCES where they are left out. */
  readonly resources?: readonly object[];
};

/** A gateway for one test, in front of a real data plane behind a relay that can be told to misbehave. */
export async function startTestGateway({ limits, resources, ...overrides }: Overrides = {}) {
  const dataplane = await startTestDataplane({ ...(resources && { resources }) });
  const relayed = forwardingTo(dataplane.url);
  let behaviour = relayed;
  const relay = await startFaultyUpstream((request, response) => {
    behaviour(request, response);
  });
  const { log, lines } = createTestLog();
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    upstream: upstreamAt(relay.endpoint),
    clock: systemClock,
    log,
    join: { keyTemplate: '{deviceName}', detectorModelNames: [], alarmModelNames: [] },
    watching: WATCHING,
    bus: null,
    heartbeatIntervalMs: 60_000,
    deadlineMs: 5000,
    drainTimeoutMs: 3000,
    drainSpreadMs: 500,
    introspection: true,
    landingPage: true,
    debugExtensions: false,
    limits: { ...LIMITS, ...limits },
    ...overrides,
  });
  onTestFinished(async () => {
    await gateway.close();
    await relay.close();
    await dataplane.close();
  });
  return {
    gateway,
    url: gateway.url,
    dataplane,
    /** Where the relay is. */
    endpoint: relay.endpoint,
    /** The lines logged so far. */
    lines,
    /** What upstream received so far. */
    requests: relay.requests,
    /** Answers in place of the data plane, until `null`. */
    misbehave: (instead: Behaviour | null) => {
      behaviour = instead ?? relayed;
    },
  };
}

/** Hands every request on as it came, and the answer back. */
function forwardingTo(url: string): Behaviour {
  return ({ method, url: path, headers, body }, response) => {
    const forwarded = httpRequest(new URL(path, url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  };
}

/** A log, and the lines it has written. */
/** Posts a GraphQL request as JSON. */
export function post(url: string, request: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
}

/** The GraphQL answer to a query or mutation. */
export async function answerTo(url: string, query: string, variables: object = {}) {
  const response = await post(url, { query, variables });
  return (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
    extensions?: Record<string, unknown>;
  };
}

/** Sends a motor's pressure, on which its detector is made or changes its state: above 70 it is dangerous. */
export async function putPressure(url: string, motorid: string, pressure: number): Promise<void> {
  const query =
    'mutation Put($messages: [MessageInput!]!) { putMessages(input: { messages: $messages }) { results { ok } } }';
  const messages = [{ inputName: 'PressureInput', payload: { motorid, sensorData: { pressure } } }];
  const answer = await answerTo(url, query, { messages });
  const expected = { data: { putMessages: { results: [{ ok: true }] } } };
  if (!isDeepStrictEqual(answer, expected)) throw new Error('Expected a message that is taken', { cause: answer });
}

/** A socket without a client, which is cut off when the test ends. */
export function openSocket(url: string, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
  onTestFinished(() => {
    // One that is not open yet is refused.
    socket.on('error', () => undefined).terminate();
  });
  return socket;
}

/** A graphql-ws client on a socket of its own, for one test. */
export function connect(url: string, options: Partial<ClientOptions> = {}): Client {
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  onTestFinished(async () => {
    await client.dispose();
  });
  return client;
}

/** The result of a query or mutation over WebSocket. */
export async function resultOf(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const result = await client.iterate({ query, variables }).next();
  return result.value as {
    data?: Record<string, unknown> | null;
    errors?: readonly { extensions: Record<string, unknown> }[];
  };
}

/** What an operation is refused with: graphql-ws's clients throw the list of errors. */
export async function refusalOf(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const refusal: unknown = await client
    .iterate({ query, variables })
    .next()
    .then(
      (result) => {
        throw new Error(`Expected errors, got ${JSON.stringify(result)}`);
      },
      (errors: unknown) => errors,
    );
  if (!Array.isArray(refusal)) throw new Error('Expected errors', { cause: refusal });
  return refusal as { message: string; extensions: Record<string, unknown> }[];
}
