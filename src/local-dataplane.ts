import { FALLBACK_REGION, tlsFilesOf } from './access-settings.ts';
import { createScheduler, systemClock } from './clock.ts';
import { type Access, createAccess } from './dataplane/access.ts';
import { loadFiles, refusalLines } from './dataplane/load/load-files.ts';
import { type LoadReport } from './dataplane/load/resource-file.ts';
import { readCatalog } from './dataplane/runtime/catalog.ts';
import { type Control, createControl } from './dataplane/runtime/control.ts';
import { createRuntime } from './dataplane/runtime/runtime.ts';
import { startDataplane } from './dataplane/server.ts';
import { createSinks } from './dataplane/sinks/sinks.ts';
import { createSqliteStore } from './dataplane/store/sqlite.ts';
import { backUpSqliteStore, restoreSqliteStore } from './dataplane/store/sqlite-backup.ts';
import { type StoreError } from './dataplane/store/store.ts';
import { engineOptions, quotasOf } from './engine-options.ts';
import { accessKeyPath, openAccessKeys } from './security/access-key-file.ts';
import { type AccessKey } from './security/access-keys.ts';
import { createClientAddress } from './security/client-address.ts';
import { isLoopback } from './security/origin-guard.ts';
import { type TlsFiles } from './security/web-server.ts';
import { type Settings } from './settings.ts';
import { type Log } from './telemetry/log.ts';

/** A device that has missed so many counts as disconnected, as it is OFFLINE for the gateway. */
const MISSED_HEARTBEATS = 3;

/** A data plane on this machine's disk. `close` finishes what is in flight, then closes the store. */
export interface LocalDataplane {
  readonly url: string;
  /** Where the gateway of the same process asks: always plain HTTP. */
  readonly embeddedUrl: string;
  readonly loaded: LoadReport;
  close(): Promise<void>;
}

/**
 * Opens the store, loads what is to be loaded, then listens. Rejects if the store, a file or the address cannot be used, or if
 * everybody could do everything from other machines. `embeddedKey` may do everything besides those in the data directory.
 */
export async function startLocalDataplane(
  settings: Settings,
  log: Log,
  embeddedKey: AccessKey | null,
): Promise<LocalDataplane> {
  const access = openAccess(settings, log, embeddedKey);
  const closers: (() => Promise<void>)[] = [];
  // The last that was opened is closed first.
  const close = async (): Promise<void> => {
    for (const closePart of closers.toReversed()) await closePart();
  };
  try {
    const store = createSqliteStore({ directory: settings.data, onFault: createFaultLine(log) });
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
    const clientAddress = createClientAddress(settings.trustProxy);
    const listen = async (host: string, port: number, tls: TlsFiles | null): Promise<string> => {
      const bodyLimitBytes = settings.dataplaneBodyLimitBytes;
      const server = await startDataplane({ host, port, tls, clientAddress, runtime, access, log, bodyLimitBytes });
      closers.push(() => server.close());
      return server.url;
    };
    const tls = tlsFilesOf(settings);
    const url = await listen(settings.dataplaneHost, settings.dataplanePort, tls);
    // The certificate is for the name that others know: within the process there is none to check.
    const embeddedUrl = tls === null || embeddedKey === null ? url : await listen('127.0.0.1', 0, null);
    return { url, embeddedUrl, loaded, close };
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

/** Copies the store of the data directory to a new file, also while a data plane runs on it. Throws as backUpSqliteStore does. */
export function backUp(file: string, { data }: Settings): void {
  backUpSqliteStore(data, file);
}

/** Puts a backup in the place of the data directory's store; answers where that is now. Throws as restoreSqliteStore does. */
export function restore(file: string, { data }: Settings): string | null {
  return restoreSqliteStore(file, data, systemClock.nowMs());
}

function createFaultLine(log: Log): (fault: StoreError | null) => void {
  return (fault) => {
    if (fault === null) log.warn('the store can be written again');
    else
      log.error({ err: fault }, 'the store cannot be written: what fails for it is refused, and nothing of it is kept');
  };
}

function openAccess(settings: Settings, log: Log, embeddedKey: AccessKey | null): Access {
  const { data, dataplaneHost, allowAnonymous } = settings;
  const keys = openAccessKeys(accessKeyPath(data), log);
  if (!keys.areSet() && !isLoopback(dataplaneHost) && !allowAnonymous) {
    throw new Error(
      `Expected access keys in ${data}, as other machines reach ${dataplaneHost}, got none: create one with "fleetgraph keys ` +
        'create", or let everybody do everything with --allow-anonymous',
    );
  }
  return createAccess({ keys, embeddedKey, account: accountOf(settings), clock: systemClock });
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
