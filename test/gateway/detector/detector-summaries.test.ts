import { describe, expect, it } from 'vitest';
import { askFaulty } from '../gateway-client.ts';
import {
  answering,
  type Behaviour,
  byOperation,
  failing,
  operationOf,
  type ReceivedRequest,
} from '../upstream/faulty-upstream.ts';

const summary = (keyValue: string) => ({
  detectorModelName: 'motor',
  keyValue,
  detectorModelVersion: '1',
  creationTime: 1,
  lastUpdateTime: 2,
  state: { stateName: 'Normal' },
});

/** Tells of every detector but of those called gone. */
const DescribeDetector: Behaviour = (request, response) => {
  const keyValue = new URL(request.url, 'http://upstream').searchParams.get('keyValue') ?? '';
  const detector = { ...summary(keyValue), state: { stateName: 'Normal', variables: [], timers: [] } };
  const answer = keyValue.startsWith('gone')
    ? failing(404, 'ResourceNotFoundException', '')
    : answering(200, { detector });
  answer(request, response);
};

const listing = (keys: readonly string[], nextToken?: string) =>
  answering(200, { detectorSummaries: keys.map(summary), nextToken });

const keysTo = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

/** Asks for each detector by a field of its own. */
function queryOf(keys: readonly string[], selection = '{ keyValue state { stateName } }'): string {
  const fields = keys.map(
    (key, index) => `a${index}: detector(detectorModelName: "motor", keyValue: "${key}") ${selection}`,
  );
  return `{ ${fields.join('\n')} }`;
}

function operationsOf(requests: readonly ReceivedRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of requests) counts[operationOf(request)] = (counts[operationOf(request)] ?? 0) + 1;
  return counts;
}

const told = (keys: readonly string[]) =>
  Object.fromEntries(keys.map((keyValue, index) => [`a${index}`, { keyValue, state: { stateName: 'Normal' } }]));

describe('detectors of one model asked for one by one', () => {
  it('are read from its list where a summary is enough', async () => {
    const keys = keysTo(100);
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors: listing(keys) }));
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 1 });
    expect(server.requests[0]?.url).toContain('maxResults=250');
  });

  it('are read from its list through devices, too', async () => {
    const keys = keysTo(12);
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors: listing(keys) }));
    const devices = keys.map(
      (key) => `${key}: device(deviceFleetName: "demo", deviceName: "${key}") {
        detector(detectorModelName: "motor") { ...summary } detectors(detectorModelNames: ["motor"]) { ...summary }
      }`,
    );
    const { errors } = await ask(`{ ${devices.join('\n')} } fragment summary on Detector { state { stateName } }`);
    expect(errors).toBeUndefined();
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 1 });
  });

  it.each(['{ state { variables { name } } }', '{ ...f ...g }', '{ ... on Detector { state { timers { name } } } }'])(
    'are each read by itself where more is asked for: %s',
    async (selection) => {
      const keys = keysTo(12);
      const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors: listing(keys) }));
      const fragments = selection.includes('...f')
        ? 'fragment f on Detector { keyValue } fragment g on Detector { ...f state { variable(name: "v") { value } } }'
        : '';
      const { errors } = await ask(`${queryOf(keys, selection)} ${fragments}`);
      expect(errors).toBeUndefined();
      expect(operationsOf(server.requests)).toEqual({ DescribeDetector: 12 });
    },
  );

  it('are each read by itself where they are few', async () => {
    const keys = keysTo(9);
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors: listing(keys) }));
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect(operationsOf(server.requests)).toEqual({ DescribeDetector: 9 });
  });

  it('that are not on the list are asked for, so that null means that there is none', async () => {
    const keys = keysTo(20);
    const ListDetectors = listing(keys.slice(0, 15));
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors }));
    const { data } = await ask(queryOf([...keys, 'gone-1']));
    expect(data).toEqual({ ...told(keys), a20: null });
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 1, DescribeDetector: 6 });
  });

  it('cost two pages of a list that is too long, and none of it for a minute afterwards', async () => {
    const keys = keysTo(20);
    const ListDetectors = listing(['other-1', 'other-2'], 'more');
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors }));
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 2, DescribeDetector: 20 });
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 2, DescribeDetector: 40 });
  });

  it('are there although the list is refused', async () => {
    const keys = keysTo(20);
    const ListDetectors = failing(403, 'AccessDeniedException', '');
    const { ask, server } = await askFaulty(byOperation({ DescribeDetector, ListDetectors }));
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect((await ask(queryOf(keys))).data).toEqual(told(keys));
    expect(operationsOf(server.requests)).toEqual({ ListDetectors: 1, DescribeDetector: 40 });
  });
});
