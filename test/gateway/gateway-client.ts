import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type JoinSettings } from '../../src/gateway/context.ts';
import { startGateway } from '../../src/gateway/server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { startTestDataplane } from '../dataplane/start-dataplane.ts';
import { type Behaviour, startFaultyUpstream } from './upstream/faulty-upstream.ts';
import { upstreamAt } from './upstream/with-upstream.ts';

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
  maxSubscriptionsPerConnection: 10,
  connectionInitTimeoutMs: 3000,
};

const JOIN: JoinSettings = { keyTemplate: '{deviceName}', detectorModelNames: ['motor'], alarmModelNames: [] };

/** A gateway in front of an endpoint, for one test. */
async function askGateway(endpoint: string, join: Partial<JoinSettings> = {}, deadlineMs = 5000): Promise<Ask> {
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    upstream: upstreamAt(endpoint, deadlineMs),
    clock: systemClock,
    log: createLog({ level: 'silent', format: 'json' }),
    join: { ...JOIN, ...join },
    pollIntervalMs: 1000,
    deadlineMs,
    drainTimeoutMs: 1000,
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

/** A gateway in front of a data plane of its own, for one test. */
export async function askDataplane(join?: Partial<JoinSettings>) {
  const dataplane = await startTestDataplane();
  onTestFinished(() => dataplane.close());
  return { ask: await askGateway(dataplane.url, join), dataplane };
}

/** A gateway in front of a server that misbehaves as told, for one test. */
export async function askFaulty(behaviour: Behaviour, deadlineMs?: number) {
  const server = await startFaultyUpstream(behaviour);
  onTestFinished(() => server.close());
  return { ask: await askGateway(server.endpoint, {}, deadlineMs), server };
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
