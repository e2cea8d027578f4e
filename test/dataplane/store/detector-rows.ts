import { type DetectorRow, type Store } from '../../../src/dataplane/store/store.ts';

/** A detector of the model `motor`, whose every row is the same but for its key. */
export function detector(keyValue: string): DetectorRow {
  const times = { creationTimeMs: 1, lastUpdateTimeMs: 2, nextTimerMs: null };
  return {
    detectorModelName: 'motor',
    keyValue,
    detectorModelVersion: '1',
    stateName: 'Normal',
    ...times,
    snapshot: '{}',
  };
}

/** The keys of the model `motor` in a store. */
export async function allKeys(store: Store): Promise<Set<unknown>> {
  const page = { detectorModelName: 'motor', stateName: null, afterKeyValue: null, limit: 1_000_000 };
  const rows = await store.transact((tx) => tx.listDetectors(page));
  return new Set(rows.map(({ keyValue }) => keyValue));
}
