import { UpstreamError } from '../../../src/gateway/upstream/errors.ts';
import {
  type DetectorAnswer,
  type DetectorSummaryAnswer,
  type Page,
  type PageRequest,
  type Upstream,
} from '../../../src/gateway/upstream/upstream.ts';

/** An upstream that has nothing but the detectors of the model `motor`, and counts what it is asked. */
export function createFakeModel() {
  const detectors = new Map<string, DetectorAnswer>();
  const calls: string[] = [];
  let timeMs = 0;
  let mayList = true;

  function list({ nextToken, maxResults }: PageRequest): Page<DetectorSummaryAnswer> {
    const begin = Number(nextToken ?? 0);
    const all = [...detectors.values()];
    const items = all.slice(begin, begin + maxResults).map(({ variables: _v, timers: _t, ...summary }) => summary);
    return { items, nextToken: begin + maxResults < all.length ? String(begin + maxResults) : null };
  }

  const upstream: Pick<Upstream, 'describeDetector' | 'listDetectors'> = {
    describeDetector({ keyValue }) {
      calls.push(`describe ${keyValue ?? ''}`);
      return Promise.resolve(detectors.get(keyValue ?? '') ?? null);
    },
    listDetectors(page) {
      calls.push('list');
      return mayList ? Promise.resolve(list(page)) : Promise.reject(forbidden());
    },
  };

  return {
    upstream: upstream as Upstream,
    detectors,
    /** The calls since this was last asked. */
    taken: () => calls.splice(0),
    /** Puts a detector into a state: each time is a change, of its variable at least. */
    put(keyValue: string, stateName: string) {
      timeMs += 1;
      detectors.set(keyValue, {
        detectorModelName: 'motor',
        keyValue,
        detectorModelVersion: '1',
        stateName,
        creationTime: detectors.get(keyValue)?.creationTime ?? new Date(timeMs),
        lastUpdateTime: new Date(timeMs),
        variables: [{ name: 'count', value: String(timeMs) }],
        timers: [],
      });
    },
    forbidLists() {
      mayList = false;
    },
  };
}

function forbidden(): UpstreamError {
  const upstream = {
    service: 'iotevents-data',
    operation: 'ListDetectors',
    requestId: null,
    retryable: false,
  } as const;
  return new UpstreamError('no', { code: 'UPSTREAM_FORBIDDEN', upstream, applied: 'no' });
}
