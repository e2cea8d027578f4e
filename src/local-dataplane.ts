import { systemClock } from './clock.ts';
import { readResources } from './dataplane/load/read-resources.ts';
import { type LoadReport } from './dataplane/load/resource.ts';
import { createRuntime, type Runtime } from './dataplane/runtime/runtime.ts';
import { startDataplane } from './dataplane/server.ts';
import { createSqliteStore } from './dataplane/store/sqlite.ts';
import { type Settings } from './settings.ts';
import { type Log } from './telemetry/log.ts';

/** Source: detector-engine.md, section 10.1. */
const MAX_VARIABLES_PER_DETECTOR = 50;

/** A data plane on this machine's disk. `close` finishes what is in flight, then closes the store. */
export interface LocalDataplane {
  readonly url: string;
  readonly loaded: LoadReport;
  close(): Promise<void>;
}

/** Opens the store, loads what is to be loaded, then listens. Rejects if the store, a file or the address cannot be used. */
export async function startLocalDataplane(settings: Settings, log: Log): Promise<LocalDataplane> {
  const store = createSqliteStore({ directory: settings.data });
  try {
    const runtime = await createRuntime({
      store,
      clock: systemClock,
      log,
      limits: {
        messagePayloadLimitBytes: settings.messagePayloadLimitBytes,
        maxVariablesPerDetector: MAX_VARIABLES_PER_DETECTOR,
      },
    });
    const loaded = await load(runtime, settings.load);
    const server = await startDataplane({
      host: settings.dataplaneHost,
      port: settings.dataplanePort,
      runtime,
      log,
      bodyLimitBytes: settings.dataplaneBodyLimitBytes,
    });
    return {
      url: server.url,
      loaded,
      async close() {
        await server.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function load(runtime: Runtime, directories: readonly string[]): Promise<LoadReport> {
  const files = await Promise.all(directories.map(readResources));
  const report = await runtime.load(files.flat());
  if (report.refused.length > 0) {
    const lines = report.refused.map(({ file, path, message }) => `  ${file}${path && ` at ${path}`}: ${message}`);
    throw new Error(`some files cannot be loaded\n${lines.join('\n')}`);
  }
  return report;
}
