import { type EntryOutcome } from '../batch.ts';
import type { DetectorAnswer, DetectorKey, DetectorSummaryAnswer } from '../upstream/upstream.ts';

/**
 * A detector as the resolvers see it. `detail` is what DescribeDetector adds to a summary; absent on a detector from a
 * list, where the first field that needs it loads it once for all.
 */
export interface Detector extends DetectorSummaryAnswer {
  readonly detail: Pick<DetectorAnswer, 'variables' | 'timers'> | null;
}

/** `Detector.state`: the detector again, as its members are fields of it. */
export type DetectorState = Detector;

export type DetectorVariable = DetectorAnswer['variables'][number];

/** What became of one entry of `updateDetectors`, and which detector it was for. */
export interface DetectorOutcome extends EntryOutcome {
  readonly key: DetectorKey;
}

/** One string for one detector, for caches and watches. */
export function detectorKeyText(key: DetectorKey): string {
  return key.keyValue === null ? key.detectorModelName : `${key.detectorModelName}/${key.keyValue}`;
}

/** A detector with everything known, from DescribeDetector. */
export function fromDetectorAnswer({ variables, timers, ...summary }: DetectorAnswer): Detector {
  return { ...summary, detail: { variables, timers } };
}

/** A detector from a ListDetectors page. */
export function fromDetectorSummary(answer: DetectorSummaryAnswer): Detector {
  return { ...answer, detail: null };
}
