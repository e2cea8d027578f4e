import { type GraphQLResolveInfo } from 'graphql';
import { type Context } from './context.ts';
import { createSelectionTest } from './selection.ts';
import { type DetectorKey } from './upstream/upstream.ts';

/** Whether a field is asked for what DescribeDetector tells and ListDetectors does not. */
export const asksForDetail = createSelectionTest(new Set(['variables', 'variable', 'timers']));

/** One detector for the field that `info` is of, null if there is none: from its model's list where that tells enough and is fewer calls. */
export function loadDetector(key: DetectorKey, { loaders }: Context, info: GraphQLResolveInfo) {
  return asksForDetail(info) ? loaders.detector.load(key) : loaders.detectorSummary(key);
}
