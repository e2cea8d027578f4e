import { type Context } from '../context.ts';
import { batchIds, sendBatch } from '../batch.ts';
import { type Connection, readConnection } from '../connection.ts';
import {
  type DeleteDetectorsInput,
  type QueryDetectorsArgs,
  type Resolvers,
  type UpdateDetectorsInput,
} from '../generated/resolvers.ts';
import { deviceOfKeyValue } from '../join.ts';
import { detectorId } from '../node/node-id.ts';
import { loadDetector } from '../load-detector.ts';
import { checkArguments, checkRange, checkText, RULES } from '../rules.ts';
import { type DeleteDetectorRequest, type DetectorKey, type UpdateDetectorRequest } from '../upstream/upstream.ts';
import { type Detector, type DetectorOutcome } from './detector.ts';
import { variableValue } from './variable-value.ts';

// The range of a timer. Source: detector-engine.md, 9.1.
const MIN_TIMER_SECONDS = 1;
const MAX_TIMER_SECONDS = 31_622_400;

/** Detectors: one, lists, what DescribeDetector adds, and the two batch mutations. */
export const detectorResolvers: Resolvers = {
  Query: {
    detector(_parent, { detectorModelName, keyValue = null }, context, info) {
      checkArguments({ detectorModelName, keyValue });
      return loadDetector({ detectorModelName, keyValue }, context, info);
    },
    detectors: (_parent, args, context) => readDetectors(args, context),
  },
  Mutation: {
    async updateDetectors(_parent, { input }, context) {
      return { results: await updateDetectors(input, context) };
    },
    async deleteDetectors(_parent, { input }, context) {
      return { results: await deleteDetectors(input, context) };
    },
  },
  Detector: {
    id: detectorId,
    state: (detector) => detector,
    device(detector, { deviceFleetName }, { join }) {
      checkArguments({ deviceFleetName });
      return deviceOfKeyValue(join, deviceFleetName, detector.keyValue);
    },
  },
  DetectorState: {
    variables: async (detector, _args, context) => (await loadDetail(detector, context))?.variables ?? null,
    async variable(detector, { name }, context) {
      checkText('name', name, RULES.variableName);
      const detail = await loadDetail(detector, context);
      return detail?.variables.find((variable) => variable.name === name) ?? null;
    },
    timers: async (detector, _args, context) => (await loadDetail(detector, context))?.timers ?? null,
  },
  DetectorVariable: {
    json: ({ value }) => variableValue(value),
  },
  DetectorEntryResult: {
    detector: ({ ok, key }, _args, { loaders }) => (ok ? loaders.detector.load(key) : null),
  },
};

/** The detectors of a model, or those of them that are in one state. */
export function readDetectors(
  { detectorModelName, stateName = null, first, after }: QueryDetectorsArgs,
  { loaders }: Context,
): Promise<Connection<Detector>> {
  checkArguments({ detectorModelName, stateName });
  return readConnection({ first, after }, ['detectors', detectorModelName, stateName], (nextToken, maxResults) =>
    loaders.detectorPage.load({ detectorModelName, stateName, nextToken, maxResults }),
  );
}

/** What DescribeDetector adds to a summary; null if the detector has gone since it was listed. */
async function loadDetail(detector: Detector, { loaders }: Context): Promise<Detector['detail']> {
  return detector.detail ?? (await loaders.detector.load(detector))?.detail ?? null;
}

async function updateDetectors(input: UpdateDetectorsInput, context: Context): Promise<DetectorOutcome[]> {
  const requests = readUpdates(input, context.maxBatchEntries);
  const outcomes = await sendBatch(
    requests,
    (request) => request.messageId,
    (chunk) => context.upstream.batchUpdateDetector(chunk, context.call),
  );
  context.loaders.forgetDetectors(requests);
  return outcomes.map((outcome, index) => ({ ...outcome, key: requests[index] as DetectorKey }));
}

function readUpdates({ detectors }: UpdateDetectorsInput, maxEntries: number): UpdateDetectorRequest[] {
  const ids = batchIds('input.detectors', 'messageId', detectors, maxEntries);
  return detectors.map(({ detectorModelName, keyValue = null, state }, index) => {
    const path = `input.detectors[${index}].`;
    const { stateName, variables, timers } = state;
    checkArguments({ detectorModelName, keyValue }, path);
    checkArguments({ stateName }, `${path}state.`);
    variables.forEach(({ name, value }, at) => {
      checkText(`${path}state.variables[${at}].name`, name, RULES.variableName);
      checkText(`${path}state.variables[${at}].value`, value, RULES.variableValue);
    });
    timers.forEach(({ name, seconds }, at) => {
      checkText(`${path}state.timers[${at}].name`, name, RULES.timerName);
      checkRange(`${path}state.timers[${at}].seconds`, seconds, MIN_TIMER_SECONDS, MAX_TIMER_SECONDS);
    });
    return { messageId: ids[index] as string, detectorModelName, keyValue, stateName, variables, timers };
  });
}

async function deleteDetectors(input: DeleteDetectorsInput, context: Context) {
  const requests = readDeletions(input, context.maxBatchEntries);
  const outcomes = await sendBatch(
    requests,
    (request) => request.messageId,
    (chunk) => context.upstream.batchDeleteDetector(chunk, context.call),
  );
  context.loaders.forgetDetectors(requests);
  return outcomes;
}

function readDeletions({ detectors }: DeleteDetectorsInput, maxEntries: number): DeleteDetectorRequest[] {
  const ids = batchIds('input.detectors', 'messageId', detectors, maxEntries);
  return detectors.map(({ detectorModelName, keyValue = null }, index) => {
    checkArguments({ detectorModelName, keyValue }, `input.detectors[${index}].`);
    return { messageId: ids[index] as string, detectorModelName, keyValue };
  });
}
