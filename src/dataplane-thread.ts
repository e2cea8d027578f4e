import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { LocalDataplane } from './local-dataplane.ts';
import { type AccessKey } from './security/access-keys.ts';
import { type Settings } from './settings.ts';
import { createLog } from './telemetry/log.ts';

/** The embedded data plane, in a thread of its own. `failure` resolves, with the reason, if it ends without `close`. */
export interface DataplaneThread extends LocalDataplane {
  readonly failure: Promise<Error>;
}

/** What the thread tells once: that it listens, or why it could not start. */
type Started =
  | ({ readonly kind: 'listening' } & Omit<LocalDataplane, 'close'>)
  | { readonly kind: 'failed'; readonly message: string };

/** Marks the workerData of this thread, as another program's worker might import this file. */
interface ThreadData {
  readonly fleetgraphDataplane: Settings;
  readonly embeddedKey: AccessKey;
}

/** Starts the data plane's thread and resolves when it listens. Rejects as startLocalDataplane does. */
export async function startDataplaneThread(settings: Settings, embeddedKey: AccessKey): Promise<DataplaneThread> {
  const data: ThreadData = { fleetgraphDataplane: settings, embeddedKey };
  const worker = new Worker(new URL(import.meta.url), { workerData: data, name: 'dataplane' });
  const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
  const failure = Promise.race([
    new Promise<Error>((resolve) => worker.once('error', resolve)),
    exited.then((code) => new Error(`The data plane's thread ended with ${code}`)),
  ]);
  const started = await Promise.race([
    once(worker, 'message').then(([message]) => message as Started),
    failure.then((error) => Promise.reject(error)),
  ]);
  if (started.kind === 'failed') throw new Error(started.message);
  return {
    url: started.url,
    embeddedUrl: started.embeddedUrl,
    loaded: started.loaded,
    failure,
    async close() {
      worker.postMessage('close');
      await exited;
    },
  };
}

async function runThread(
  port: NonNullable<typeof parentPort>,
  { fleetgraphDataplane: settings, embeddedKey }: ThreadData,
): Promise<void> {
  const log = createLog({ level: settings.logLevel, format: settings.logFormat });
  // Only here: the thread that has GraphQL has no use for the engine and the store.
  const { startLocalDataplane } = await import('./local-dataplane.ts');
  const report = (started: Started) => {
    port.postMessage(started);
  };
  try {
    const dataplane = await startLocalDataplane(settings, log, embeddedKey);
    port.once('message', () => {
      void dataplane.close().finally(() => {
        port.close();
      });
    });
    const { url, embeddedUrl, loaded } = dataplane;
    report({ kind: 'listening', url, embeddedUrl, loaded });
  } catch (error) {
    log.debug({ err: error }, 'could not start');
    report({ kind: 'failed', message: (error as Error).message });
    port.close();
  }
}

if (!isMainThread && parentPort !== null && isThreadData(workerData)) {
  await runThread(parentPort, workerData);
}

function isThreadData(data: unknown): data is ThreadData {
  return typeof data === 'object' && data !== null && 'fleetgraphDataplane' in data;
}
