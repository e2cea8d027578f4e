import { type Clock } from '../../clock.ts';
import { type Log } from '../../telemetry/log.ts';
import { applyFiles } from '../load/apply-files.ts';
import { type LoadReport, type ResourceFile } from '../load/resource.ts';
import {
  type DeploymentRow,
  type DetectorPage,
  type DetectorSummaryRow,
  type DeviceRow,
  type Store,
} from '../store/store.ts';
import { type CatalogReference, readCatalog } from './catalog.ts';
import { createDetectors } from './detectors.ts';
import { createDevices } from './devices.ts';
import {
  type DetectorDescription,
  type DetectorEntry,
  type DetectorUpdateEntry,
  type EntryError,
  type MessageEntry,
} from './entry.ts';
import { createIngest } from './ingest.ts';

export { type DetectorDescription, type EntryError, InvalidRequestError } from './entry.ts';

/**
 * The data plane behind the wire: what the operations do, with requests that already have the right shape. Lists of
 * entries answer one outcome each, in their order: null is success. What is answered is on disk.
 */
export interface Runtime {
  putMessages(messages: readonly MessageEntry[]): Promise<readonly (EntryError | null)[]>;
  /** Throws an InvalidRequestError for too many variables, which refuses the whole request. */
  updateDetectors(entries: readonly DetectorUpdateEntry[]): Promise<readonly (EntryError | null)[]>;
  deleteDetectors(entries: readonly DetectorEntry[]): Promise<readonly (EntryError | null)[]>;
  describeDetector(
    detectorModelName: string,
    keyValue: string | null,
  ): Promise<DetectorDescription | null | 'unknown-model'>;
  listDetectors(page: DetectorPage): Promise<readonly DetectorSummaryRow[] | 'unknown-model'>;
  getDevice(deviceFleetName: string, deviceName: string): Promise<DeviceRow | null>;
  /** `request` is the SendHeartbeat request as JSON text, whole. */
  sendHeartbeat(deviceFleetName: string, deviceName: string, request: string): Promise<'ok' | 'unknown-device'>;
  listPendingDeployments(deviceFleetName: string, deviceName: string): Promise<readonly DeploymentRow[]>;
  /** Applies what was read from files. Rejects, and nothing is applied, only if the store fails. */
  load(files: readonly ResourceFile[]): Promise<LoadReport>;
}

/** What the runtime stands on. It does not close the store. */
interface RuntimeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: {
    readonly messagePayloadLimitBytes: number;
    readonly maxVariablesPerDetector: number;
  };
}

/** Makes the runtime over what the store holds. Rejects if the store cannot be read or holds a model that is not valid. */
export async function createRuntime({ store, clock, log, limits }: RuntimeOptions): Promise<Runtime> {
  const catalog: CatalogReference = { current: await store.transact(readCatalog) };
  let lastLoad: Promise<unknown> = Promise.resolve();

  async function load(files: readonly ResourceFile[]): Promise<LoadReport> {
    const before = catalog.current;
    try {
      return await store.transact(async (tx) => {
        const report = await applyFiles(tx, files, clock.nowMs());
        // Last, and here: transactions that come after this one and share its COMMIT see the new models.
        catalog.current = await readCatalog(tx);
        return report;
      });
    } catch (error) {
      catalog.current = before;
      throw error;
    }
  }

  return {
    putMessages: createIngest({ store, clock, log, catalog, ...limits }),
    ...createDetectors({ store, clock, log, catalog, ...limits }),
    ...createDevices({ store, clock }),
    load(files) {
      // One after the other, so that one that fails brings back the catalog of the one before.
      const result = lastLoad.then(() => load(files));
      lastLoad = result.catch(() => undefined);
      return result;
    },
  };
}
