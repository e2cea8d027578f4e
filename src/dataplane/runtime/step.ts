import { type Clock } from '../../clock.ts';
import { type Cause } from '../../engine/detector/cycle.ts';
import { formatSnapshot, parseSnapshot } from '../../engine/detector/snapshot.ts';
import { transition } from '../../engine/detector/transition.ts';
import { type Issue } from '../../engine/reading.ts';
import { type DetectorRow, type Transaction } from '../store/store.ts';
import { type CurrentModel } from './catalog.ts';

/**
 * One cycle of one detector: load, transition, save. A detector that is absent is created. Answers the actions that failed.
 * Source: detector-engine.md, 6.
 */
export async function step(
  tx: Transaction,
  model: CurrentModel,
  keyValue: string | null,
  cause: Cause,
  clock: Clock,
): Promise<readonly Issue[]> {
  const before = await getCurrentDetector(tx, model, keyValue);
  const nowMs = clock.nowMs();
  const snapshotBefore = before === null ? null : parseSnapshot(before.snapshot);
  const { snapshot, problems } = transition(model.definition, snapshotBefore, cause, nowMs);
  await tx.putDetector({
    detectorModelName: model.definition.detectorModelName,
    keyValue,
    detectorModelVersion: model.detectorModelVersion,
    stateName: snapshot.stateName,
    creationTimeMs: before?.creationTimeMs ?? nowMs,
    lastUpdateTimeMs: clock.nowMs(), // [ASSUMED A36b] the end of the cycle
    snapshot: formatSnapshot(snapshot),
  });
  return problems;
}

/** The detector, null if there is none or only one of an older version of the model. Source: detector-engine.md, 13.2. */
export async function getCurrentDetector(
  tx: Transaction,
  { definition, detectorModelVersion }: CurrentModel,
  keyValue: string | null,
): Promise<DetectorRow | null> {
  const detector = await tx.getDetector(definition.detectorModelName, keyValue);
  return detector?.detectorModelVersion === detectorModelVersion ? detector : null;
}
