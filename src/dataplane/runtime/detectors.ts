import { type Clock } from '../../clock.ts';
import { describeTimers, describeVariables, formatSnapshot, parseSnapshot } from '../../engine/detector/snapshot.ts';
import { updateDetector } from '../../engine/detector/update.ts';
import { type Log } from '../../telemetry/log.ts';
import { type DetectorPage, type DetectorSummaryRow, type Store, type Transaction } from '../store/store.ts';
import { type CatalogReference } from './catalog.ts';
import {
  type DetectorDescription,
  type DetectorEntry,
  type DetectorUpdateEntry,
  type EntryError,
  InvalidRequestError,
} from './entry.ts';
import { getCurrentDetector } from './step.ts';

interface DetectorOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalog: CatalogReference;
  readonly maxVariablesPerDetector: number;
}

/** Makes the operations on detectors. Source: detector-engine.md, 14. */
export function createDetectors(options: DetectorOptions) {
  const { store, log, catalog } = options;

  /** All entries in one transaction: what is wrong with one is its answer, and only a fault of the store fails them all. */
  async function forEach<E extends DetectorEntry>(
    entries: readonly E[],
    perform: (tx: Transaction, entry: E) => Promise<EntryError | null>,
  ): Promise<readonly (EntryError | null)[]> {
    try {
      return await store.transact(async (tx) => {
        const outcomes: (EntryError | null)[] = [];
        for (const entry of entries) outcomes.push(await perform(tx, entry));
        return outcomes;
      });
    } catch (err) {
      if (err instanceof InvalidRequestError) throw err;
      log.error({ err }, 'detectors not changed');
      const errorMessage = 'The detector could not be changed';
      return entries.map(() => ({ errorCode: 'InternalFailureException', errorMessage }));
    }
  }

  return {
    updateDetectors: (entries: readonly DetectorUpdateEntry[]) =>
      forEach(entries, (tx, entry) => update(tx, entry, options)),
    deleteDetectors: (entries: readonly DetectorEntry[]) =>
      forEach(entries, async (tx, { detectorModelName, keyValue }) => {
        const model = catalog.current.models.get(detectorModelName);
        if (model === undefined) return unknownModel(detectorModelName);
        const wasCurrent = (await getCurrentDetector(tx, model, keyValue)) !== null;
        await tx.deleteDetector(detectorModelName, keyValue);
        return wasCurrent ? null : unknownDetector(detectorModelName, keyValue); // [ASSUMED A36]
      }),
    describeDetector: (detectorModelName: string, keyValue: string | null) =>
      store.transact(async (tx): Promise<DetectorDescription | null | 'unknown-model'> => {
        const model = catalog.current.models.get(detectorModelName);
        if (model === undefined) return 'unknown-model';
        const detector = await getCurrentDetector(tx, model, keyValue);
        if (detector === null) return null;
        const { snapshot: text, ...summary } = detector;
        const snapshot = parseSnapshot(text);
        return { ...summary, variables: describeVariables(snapshot), timers: describeTimers(snapshot) };
      }),
    listDetectors: (page: DetectorPage) =>
      store.transact(async (tx): Promise<readonly DetectorSummaryRow[] | 'unknown-model'> =>
        catalog.current.models.has(page.detectorModelName) ? tx.listDetectors(page) : 'unknown-model',
      ),
  };
}

/** [ASSUMED A37] an unknown model, detector or state is the entry's error; too many variables refuse the request. */
async function update(
  tx: Transaction,
  entry: DetectorUpdateEntry,
  { catalog, clock, maxVariablesPerDetector }: DetectorOptions,
): Promise<EntryError | null> {
  const { detectorModelName, keyValue } = entry;
  const model = catalog.current.models.get(detectorModelName);
  if (model === undefined) return unknownModel(detectorModelName);
  const detector = await getCurrentDetector(tx, model, keyValue);
  if (detector === null) return unknownDetector(detectorModelName, keyValue);
  const nowMs = clock.nowMs();
  const updated = updateDetector(model.definition, entry, nowMs, { maxVariables: maxVariablesPerDetector });
  if (updated.ok) {
    const { stateName } = updated.snapshot;
    await tx.putDetector({
      ...detector,
      stateName,
      lastUpdateTimeMs: nowMs,
      snapshot: formatSnapshot(updated.snapshot),
    });
    return null;
  }
  if (updated.reason === 'too-many-variables') throw new InvalidRequestError(updated.message);
  return { errorCode: 'InvalidRequestException', errorMessage: updated.message };
}

function unknownModel(detectorModelName: string): EntryError {
  return {
    errorCode: 'ResourceNotFoundException',
    errorMessage: `Detector model of name: ${detectorModelName} not found`,
  };
}

function unknownDetector(detectorModelName: string, keyValue: string | null): EntryError {
  const key = keyValue === null ? 'without a key' : `of key ${keyValue}`;
  return { errorCode: 'ResourceNotFoundException', errorMessage: `Detector ${key} not found: ${detectorModelName}` };
}
