import { type Clock } from '../../clock.ts';
import { describeTimers, describeVariables, parseSnapshot } from '../../engine/detector/snapshot.ts';
import { updateDetector } from '../../engine/detector/update.ts';
import { type Log } from '../../telemetry/log.ts';
import { type DetectorPage, type DetectorSummaryRow, levelOfFault, type Transaction } from '../store/store.ts';
import { type CatalogReference } from './catalog.ts';
import {
  type DetectorDescription,
  type DetectorEntry,
  type DetectorUpdateEntry,
  type EntryError,
  InvalidRequestError,
} from './entry.ts';
import { getCurrentDetector, noteTimer, rowOf } from './step.ts';
import { type Aftermath, type Transact } from './transact.ts';

interface DetectorOptions {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalog: CatalogReference;
  readonly maxVariables: number;
}

/** Makes the operations on detectors. Source: detector-engine.md, 14. */
export function createDetectors(options: DetectorOptions) {
  const { transact, log, catalog } = options;

  /** All entries in one transaction: what is wrong with one is its answer, and only a fault of the store fails them all. */
  async function forEach<E extends DetectorEntry>(
    entries: readonly E[],
    perform: (tx: Transaction, entry: E, aftermath: Aftermath) => Promise<EntryError | null>,
  ): Promise<readonly (EntryError | null)[]> {
    try {
      return await transact(async (tx, aftermath) => {
        const outcomes: (EntryError | null)[] = [];
        for (const entry of entries) outcomes.push(await perform(tx, entry, aftermath));
        return outcomes;
      });
    } catch (err) {
      if (err instanceof InvalidRequestError) throw err;
      log[levelOfFault(err)]({ err }, 'detectors not changed');
      const errorMessage = 'The detector could not be changed';
      return entries.map(() => ({ errorCode: 'InternalFailureException', errorMessage }));
    }
  }

  return {
    updateDetectors: (entries: readonly DetectorUpdateEntry[]) =>
      forEach(entries, (tx, entry, aftermath) => update(tx, entry, aftermath, options)),
    deleteDetectors: (entries: readonly DetectorEntry[]) =>
      forEach(entries, async (tx, { detectorModelName, keyValue }) => {
        const model = catalog.current.models.get(detectorModelName);
        if (model === undefined) return unknownModel(detectorModelName);
        const wasCurrent = (await getCurrentDetector(tx, model, keyValue)) !== null;
        await tx.deleteDetector(detectorModelName, keyValue);
        return wasCurrent ? null : unknownDetector(detectorModelName, keyValue); // [ASSUMED A36]
      }),
    describeDetector: (detectorModelName: string, keyValue: string | null) =>
      transact(async (tx): Promise<DetectorDescription | null | 'unknown-model'> => {
        const model = catalog.current.models.get(detectorModelName);
        if (model === undefined) return 'unknown-model';
        const detector = await getCurrentDetector(tx, model, keyValue);
        if (detector === null) return null;
        const snapshot = parseSnapshot(detector.snapshot);
        return { ...detector, variables: describeVariables(snapshot), timers: describeTimers(snapshot) };
      }),
    listDetectors: (page: DetectorPage) =>
      transact(async (tx): Promise<readonly DetectorSummaryRow[] | 'unknown-model'> =>
        catalog.current.models.has(page.detectorModelName) ? tx.listDetectors(page) : 'unknown-model',
      ),
  };
}

/** [ASSUMED A37] an unknown model, detector or state is the entry's error; too many variables refuse the request. */
async function update(
  tx: Transaction,
  entry: DetectorUpdateEntry,
  aftermath: Aftermath,
  { catalog, clock, maxVariables }: DetectorOptions,
): Promise<EntryError | null> {
  const { detectorModelName, keyValue } = entry;
  const model = catalog.current.models.get(detectorModelName);
  if (model === undefined) return unknownModel(detectorModelName);
  const detector = await getCurrentDetector(tx, model, keyValue);
  if (detector === null) return unknownDetector(detectorModelName, keyValue);
  const nowMs = clock.nowMs();
  const updated = updateDetector(model.definition, entry, nowMs, { maxVariables });
  if (updated.ok) {
    const row = { ...detector, ...rowOf(updated.snapshot), lastUpdateTimeMs: nowMs };
    await tx.putDetector(row);
    noteTimer(aftermath, row.nextTimerMs);
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
