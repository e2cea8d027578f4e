import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { type JoinSettings } from '../../src/gateway/context.ts';
import { startGateway } from '../../src/gateway/server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { startTestDataplane } from '../dataplane/start-dataplane.ts';
import { type Behaviour, startFaultyUpstream } from './upstream/faulty-upstream.ts';
import { upstreamAt } from './upstream/with-upstream.ts';
import { WATCHING } from './watch/watch-settings.ts';

/** A response, its data as the test expects it. */
export interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions: { readonly upstreamCalls: number };
}

/** Asks a gateway over HTTP. */
export type Ask = <Data>(query: string, variables?: Record<string, unknown>) => Promise<Answer<Data>>;

const LIMITS = {
  bodyLimitBytes: 1_048_576,
  maxDepth: 15,
  maxAliases: 100,
  maxTokens: 2000,
  maxDirectives: 50,
  maxBatchEntries: 300,
  maxConnections: 1000,
  connectionLifetimeMs: 0,
  maxSubscriptionsPerPrincipal: 1000,
  maxSubscriptions: 1000,
  messagesPerSecond: 1000,
  maxSubscriptionsPerConnection: 10,
  connectionInitTimeoutMs: 3000,
  slowClientTimeoutMs: 5000,
};

const JOIN: JoinSettings = { keyTemplate: '{deviceName}', detectorModelNames: ['motor'], alarmModelNames: [] };

interface GatewayOptions {
  readonly join?: Partial<JoinSettings> | undefined;
  readonly deadlineMs?: number | undefined;
  /** Whether the control planes are at the same endpoint; else they are not configured. */
  readonly controlPlanes?: boolean;
  readonly clock?: Clock;
}

/** A gateway in front of an endpoint, for one test. */
async function askGateway(endpoint: string, options: GatewayOptions): Promise<Ask> {
  const { join, deadlineMs = 5000, controlPlanes = false, clock = systemClock } = options;
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    upstream: upstreamAt(endpoint, { deadlineMs, controlPlanes }),
    clock,
    log: createLog({ level: 'silent', format: 'json' }),
    bus: null,
    join: { ...JOIN, ...join },
    watching: WATCHING,
    heartbeatIntervalMs: 60_000,
    deadlineMs,
    drainTimeoutMs: 1000,
    drainSpreadMs: 0,
    introspection: true,
    landingPage: false,
    debugExtensions: true,
    limits: LIMITS,
  });
  onTestFinished(() => gateway.close());
  return async <Data>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<Data>;
  };
}

/** A gateway in front of a data plane of its own, whose clock it shares, for one test. */
export async function askDataplane(
  join?: Partial<JoinSettings>,
  options: { readonly controlPlanes?: boolean; readonly resources?: readonly object[] } = {},
) {
  const { controlPlanes = false, ...dataplaneOptions } = options;
  const dataplane = await startTestDataplane(dataplaneOptions);
  onTestFinished(() => dataplane.close());
  return { ask: await askGateway(dataplane.url, { join, controlPlanes, clock: dataplane.clock }), dataplane };
}

/** A gateway in front of a server that misbehaves as told, for one test. */
export async function askFaulty(behaviour: Behaviour, deadlineMs?: number) {
  const server = await startFaultyUpstream(behaviour);
  onTestFinished(() => server.close());
  return { ask: await askGateway(server.endpoint, { deadlineMs }), server };
}

/** A gateway at `nowMs` in front of a server that answers, as told, for the control planes too, for one test. */
export async function askControlPlanes(behaviour: Behaviour, nowMs = 0, join?: Partial<JoinSettings>) {
  const server = await startFaultyUpstream(behaviour);
  onTestFinished(() => server.close());
  const clock = { nowMs: () => nowMs };
  return { ask: await askGateway(server.endpoint, { join, controlPlanes: true, clock }), server };
}

/** What a response says of refused arguments, by the alias of their field. */
export function refusals({ errors = [] }: Answer<unknown>) {
  return Object.fromEntries(
    errors.map(({ path, extensions, message }) => [
      path?.join('.') ?? '',
      { code: extensions['code'], argument: extensions['argument'], message },
    ]),
  );
}
