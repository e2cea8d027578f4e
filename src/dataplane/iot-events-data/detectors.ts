import { toEpochSeconds } from '../../clock.ts';
import { AwsError } from '../protocol/errors.ts';
import { defineOperation, type Operation } from '../protocol/operation.ts';
import { integer, list, string, structure } from '../protocol/shape.ts';
import { type DetectorDescription, InvalidRequestError, type Runtime } from '../runtime/runtime.ts';
import { type DetectorSummaryRow } from '../store/store.ts';
import { errorEntries, requireUniqueIds } from './batch.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import { iotEventsData } from './service.ts';
import { BATCH_LIMIT, entryId, keyValue, maxResults, modelName, PAGE_LIMIT } from './shapes.ts';

const stateName = string({ min: 1, max: 128 });

const variable = structure({
  name: string({ min: 1, max: 128, pattern: '^[a-zA-Z][a-zA-Z0-9_]*$' }),
  value: string({ min: 1, max: 1024 }),
});

const timer = structure({ name: string({ min: 1, max: 128 }), seconds: integer() });

const state = structure({ stateName, variables: list(variable), timers: list(timer) });

/** The four operations on detectors. Source: wire.md, section 4; detector-engine.md, section 14. */
export function createDetectorOperations(runtime: Runtime): readonly Operation[] {
  return [
    batchUpdateDetector(runtime),
    batchDeleteDetector(runtime),
    describeDetector(runtime),
    listDetectors(runtime),
  ];
}

function batchUpdateDetector(runtime: Runtime): Operation {
  const update = structure({ messageId: entryId, detectorModelName: modelName, state }, { keyValue });
  return defineOperation({
    service: iotEventsData,
    name: 'BatchUpdateDetector',
    method: 'POST',
    path: '/detectors',
    status: 200,
    input: structure({ detectors: list(update, { min: 1, max: BATCH_LIMIT }) }),
    resources: ({ detectors }) => detectors.map(resourceOf),
    async handle({ detectors }) {
      const ids = detectors.map(({ messageId }) => messageId);
      requireUniqueIds('messageId', ids);
      const entries = detectors.map((entry) => ({
        detectorModelName: entry.detectorModelName,
        keyValue: entry.keyValue,
        ...entry.state,
      }));
      const outcomes = await runtime.updateDetectors(entries).catch(refuseWhole);
      return { batchUpdateDetectorErrorEntries: errorEntries('messageId', ids, outcomes) };
    },
  });
}

function batchDeleteDetector(runtime: Runtime): Operation {
  const deletion = structure({ messageId: entryId, detectorModelName: modelName }, { keyValue });
  return defineOperation({
    service: iotEventsData,
    name: 'BatchDeleteDetector',
    method: 'POST',
    path: '/detectors/delete',
    status: 200,
    input: structure({ detectors: list(deletion, { min: 1, max: BATCH_LIMIT }) }),
    resources: ({ detectors }) => detectors.map(resourceOf),
    async handle({ detectors }) {
      const ids = detectors.map(({ messageId }) => messageId);
      requireUniqueIds('messageId', ids);
      const outcomes = await runtime.deleteDetectors(detectors);
      return { batchDeleteDetectorErrorEntries: errorEntries('messageId', ids, outcomes) };
    },
  });
}

function describeDetector(runtime: Runtime): Operation {
  return defineOperation({
    service: iotEventsData,
    name: 'DescribeDetector',
    method: 'GET',
    path: '/detectors/{detectorModelName}/keyValues',
    status: 200,
    query: { keyValue: 'text' },
    input: structure({ detectorModelName: modelName }, { keyValue }),
    resources: (input) => [resourceOf(input)],
    async handle(input) {
      const found = await runtime.describeDetector(input.detectorModelName, input.keyValue);
      if (found === 'unknown-model') throw unknownModel(input.detectorModelName);
      if (found === null) {
        const key = input.keyValue === null ? 'without a key' : `of key ${input.keyValue}`;
        throw new AwsError('ResourceNotFoundException', `Detector ${key} not found: ${input.detectorModelName}`);
      }
      return { detector: detectorOf(found) };
    },
  });
}

function listDetectors(runtime: Runtime): Operation {
  return defineOperation({
    service: iotEventsData,
    name: 'ListDetectors',
    method: 'GET',
    path: '/detectors/{detectorModelName}',
    status: 200,
    query: { stateName: 'text', nextToken: 'text', maxResults: 'integer' },
    input: structure({ detectorModelName: modelName }, { stateName, nextToken: string(), maxResults }),
    resources: (input) => [resourceOf(input)],
    async handle(input) {
      const limit = input.maxResults ?? PAGE_LIMIT;
      const afterKeyValue = input.nextToken === null ? null : decodePageToken(input.nextToken);
      const { detectorModelName } = input;
      // One more than the page holds tells whether there is a next one.
      const rows = await runtime.listDetectors({
        detectorModelName,
        stateName: input.stateName,
        afterKeyValue,
        limit: limit + 1,
      });
      if (rows === 'unknown-model') throw unknownModel(detectorModelName);
      const page = rows.slice(0, limit);
      const lastKeyValue = rows.length > limit ? page.at(-1)?.keyValue : null;
      const nextToken = typeof lastKeyValue === 'string' ? { nextToken: encodePageToken(lastKeyValue) } : {};
      return { detectorSummaries: page.map(summaryOf), ...nextToken };
    },
  });
}

function resourceOf({ detectorModelName }: { readonly detectorModelName: string }): string {
  return `detectorModel/${detectorModelName}`;
}

function summaryOf(row: DetectorSummaryRow): object {
  return {
    detectorModelName: row.detectorModelName,
    ...(row.keyValue === null ? {} : { keyValue: row.keyValue }),
    detectorModelVersion: row.detectorModelVersion,
    state: { stateName: row.stateName },
    creationTime: toEpochSeconds(row.creationTimeMs),
    lastUpdateTime: toEpochSeconds(row.lastUpdateTimeMs),
  };
}

function detectorOf(found: DetectorDescription): object {
  const { stateName: name, variables, timers } = found;
  const listedTimers = timers.map((entry) => ({
    name: entry.name,
    // Whole seconds. Source: detector-engine.md, 9.7.
    timestamp: Math.floor(toEpochSeconds(entry.timestampMs)),
  }));
  return { ...summaryOf(found), state: { stateName: name, variables, timers: listedTimers } };
}

function unknownModel(detectorModelName: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Detector model of name: ${detectorModelName} not found`);
}

function refuseWhole(error: unknown): never {
  throw error instanceof InvalidRequestError ? new AwsError('InvalidRequestException', error.message) : error;
}
