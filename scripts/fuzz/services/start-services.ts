import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../../../src/main.ts';
import { readSettings } from '../../../src/settings.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { type FuzzTarget } from '../run-cases.ts';
import { type Secrets } from './check-answer.ts';
import { createGraphqlFuzz } from './graphql.ts';
import { createWireFuzz } from './wire.ts';

/** What no answer may contain, besides where things are. */
const WEBHOOK_SECRET = 'whsec_ZnV6emVkLXNlY3JldC10aGF0LW5vYm9keS1zZWVz';

/** Which of the two services is fuzzed. */
export type FuzzedService = 'graphql' | 'wire';

/**
 * Starts the whole program on a temporary directory with the example fleet, as it is in production, to be fuzzed over HTTP.
 */
export async function startServices(service: FuzzedService): Promise<{
  readonly target: FuzzTarget;
  readonly close: () => Promise<void>;
}> {
  const data = await mkdtemp(join(tmpdir(), 'fleetgraph-fuzz-'));
  const flags = new Map([
    ['data', data],
    ['load', fileURLToPath(new URL('../../../examples', import.meta.url))],
    ['port', '0'],
    ['dataplanePort', '0'],
    ['logLevel', 'error'],
  ]);
  const environment = { NODE_ENV: 'production', FLEETGRAPH_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const { settings, problems } = readSettings('serve', flags, environment, false);
  if (problems.length > 0) throw new Error(`Expected good settings, got ${problems.join('; ')}`);
  const program = await startProgram('serve', settings, createLog({ level: 'error', format: 'json' }));
  const { gatewayUrl, dataplane } = program;
  if (gatewayUrl === null || dataplane === null) throw new Error('Expected both services, got one');
  const secrets: Secrets = [WEBHOOK_SECRET, data, new URL(dataplane.url).host];
  const { fuzz, close } =
    service === 'graphql' ? createGraphqlFuzz(gatewayUrl, secrets) : createWireFuzz(dataplane.url, secrets);
  return {
    target: { name: service, share: 1, fuzz },
    async close() {
      close();
      await program.close();
      await rm(data, { recursive: true });
    },
  };
}
