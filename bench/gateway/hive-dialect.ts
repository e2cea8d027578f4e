import { DETECTOR_FIELDS, type GraphqlRequest, type WorkloadName, WORKLOADS } from './workloads.ts';

/** A workload as Hive Gateway has to be asked it, as it knows AWS's shape alone. `toContract` makes of its answer's data what others answer. */
export interface HiveWorkload {
  readonly requests: readonly GraphqlRequest[];
  readonly toContract: (data: never, request: GraphqlRequest) => object;
}

interface AwsDetector {
  readonly state: { readonly timers?: readonly { readonly timestamp: number }[] };
  readonly creationTime: number;
  readonly lastUpdateTime: number;
}

/** The workloads that one call upstream answers; the others join what OpenAPI cannot say belongs together. */
export const HIVE_WORKLOADS: Partial<Record<WorkloadName, HiveWorkload>> = {
  oneDetector: {
    requests: translate(
      'oneDetector',
      /* GraphQL */ `
        query OneDetector($detectorModelName: String!, $keyValue: String) {
          found: DescribeDetector(detectorModelName: $detectorModelName, keyValue: $keyValue) {
            detector {
              ...DetectorFields
            }
          }
        }
        ${DETECTOR_FIELDS}
      `,
    ),
    toContract: ({ found }: { found: { detector: AwsDetector } }) => ({ detector: withTimes(found.detector) }),
  },
  list: {
    requests: translate(
      'list',
      /* GraphQL */ `
        query DetectorList($detectorModelName: String!, $first: Int) {
          found: ListDetectors(detectorModelName: $detectorModelName, maxResults: $first) {
            detectorSummaries {
              detectorModelName
              keyValue
              detectorModelVersion
              state {
                stateName
              }
              creationTime
              lastUpdateTime
            }
            nextToken
          }
        }
      `,
    ),
    toContract: ({ found }: { found: { detectorSummaries: AwsDetector[]; nextToken: string | null } }) => ({
      detectors: {
        nodes: found.detectorSummaries.map(withTimes),
        pageInfo: { hasNextPage: found.nextToken !== null },
      },
    }),
  },
  update: {
    requests: translate(
      'update',
      /* GraphQL */ `
        mutation UpdateDetectors($input: BatchUpdateDetectorRequest_Input) {
          done: BatchUpdateDetector(input: $input) {
            batchUpdateDetectorErrorEntries {
              messageId
              errorCode
              errorMessage
            }
          }
        }
      `,
    ),
    toContract: ({ done }: { done: { batchUpdateDetectorErrorEntries: object[] } }, { variables }) => {
      const { detectors } = variables['input'] as { readonly detectors: readonly { readonly messageId: string }[] };
      const ok = done.batchUpdateDetectorErrorEntries.length === 0;
      return { updateDetectors: { results: detectors.map(({ messageId: id }) => ({ id, ok, error: null })) } };
    },
  },
};

function translate(workload: WorkloadName, query: string): GraphqlRequest[] {
  return WORKLOADS[workload].requests.map((request) => ({ ...request, query }));
}

function withTimes(detector: AwsDetector): object {
  const { state } = detector;
  const timers = state.timers?.map((timer) => ({ ...timer, timestamp: timeText(timer.timestamp) }));
  return {
    ...detector,
    state: timers ? { ...state, timers } : state,
    creationTime: timeText(detector.creationTime),
    lastUpdateTime: timeText(detector.lastUpdateTime),
  };
}

function timeText(epochSeconds: number): string {
  return new Date(Math.round(epochSeconds * 1000)).toISOString();
}
