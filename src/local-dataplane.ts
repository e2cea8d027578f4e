import { createScheduler, systemClock } from './clock.ts';
import { loadFiles, refusalLines } from './dataplane/load/load-files.ts';
import { type LoadReport } from './dataplane/load/resource-file.ts';
import { readCatalog } from './dataplane/runtime/catalog.ts';
import { type Control, createControl } from './dataplane/runtime/control.ts';
import { createRuntime } from './dataplane/runtime/runtime.ts';
import { startDataplane } from './dataplane/server.ts';
import { createSinks } from './dataplane/sinks/sinks.ts';
import { createSqliteStore } from './dataplane/store/sqlite.ts';
import { engineOptions, quotasOf } from './engine-options.ts';
import { type Settings } from './settings.ts';
import { type Log } from './telemetry/log.ts';

const FALLBACK_REGION = 'us-east-1';
/** A device that has missed so many counts as disconnected, as it is OFFLINE for the gateway. */
const MISSED_HEARTBEATS = 3;

/** A data plane on this machine's disk. `close` finishes what is in flight, then closes the store. */
export interface LocalDataplane {
  readonly url: string;
  readonly loaded: LoadReport;
  close(): Promise<void>;
}

/** Opens the store, loads what is to be loaded, then listens. Rejects if the store, a file or the address cannot be used. */
export async function startLocalDataplane(settings: Settings, log: Log): Promise<LocalDataplane> {
  const closers: (() => Promise<void>)[] = [];
  // The last that was opened is closed first.
  const close = async (): Promise<void> => {
    for (const closePart of closers.toReversed()) await closePart();
  };
  try {
    const store = createSqliteStore({ directory: settings.data });
    closers.push(() => store.close());
    const sinks = await createSinks({ ...settings, log, clock: systemClock, mqtt: mqttOf(settings) });
    closers.push(() => sinks.close());
    const runtime = await createRuntime({
      store,
      scheduler: createScheduler(systemClock),
      log,
      limits: settings,
      engine: engineOptions(settings),
      sinkOf: (type) => sinks.sinkOf(type),
      quotas: quotasOf(settings),
      account: accountOf(settings),
      deviceConnectedWithinMs: connectedWithinMs(settings),
    });
    closers.push(() => runtime.close());
    const loaded = await loadAll(runtime.control, settings.load);
    const server = await startDataplane({
      host: settings.dataplaneHost,
      port: settings.dataplanePort,
      runtime,
      log,
      bodyLimitBytes: settings.dataplaneBodyLimitBytes,
    });
    closers.push(() => server.close());
    return { url: server.url, loaded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The control planes on the data directory alone: no timer fires, and no action is performed. Rejects as opening the store does. */
export async function openControl(
  settings: Settings,
): Promise<{ readonly control: Control; readonly close: () => Promise<void> }> {
  const store = createSqliteStore({ directory: settings.data });
  try {
    const control = createControl({
      store,
      clock: systemClock,
      catalog: { current: await store.transact(readCatalog) },
      quotas: quotasOf(settings),
      account: accountOf(settings),
      connectedWithinMs: connectedWithinMs(settings),
    });
    return { control, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function accountOf({ region, accountId }: Settings) {
  return { region: region ?? FALLBACK_REGION, accountId };
}

function connectedWithinMs({ heartbeatIntervalMs }: Settings): number {
  return MISSED_HEARTBEATS * heartbeatIntervalMs;
}

function mqttOf({ mqttUrl, mqttUsername, mqttPassword }: Settings) {
  return mqttUrl === null ? null : { url: mqttUrl, username: mqttUsername, password: mqttPassword };
}

/** Loads files and directories. Rejects with all reasons if any file is refused. */
export async function loadAll(control: Control, paths: readonly string[]): Promise<LoadReport> {
  const report = await loadFiles(control, paths, { dryRun: false });
  if (report.refused.length === 0) return report;
  throw new Error(`some files cannot be loaded\n${refusalLines(report.refused).join('\n')}`);
}
