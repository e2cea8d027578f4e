import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Delivery, type OutgoingEffect } from '../../../src/dataplane/runtime/delivery.ts';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';
import { createRawClient } from './raw-http.ts';

const announcer = {
  detectorModelName: 'announcer',
  key: 'id',
  roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
  detectorModelDefinition: {
    initialStateName: 'Only',
    states: [
      {
        stateName: 'Only',
        onInput: {
          events: [
            {
              eventName: 'announce',
              condition: 'currentInput("Sensor")',
              actions: [{ sqs: { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/queue' } }],
            },
          ],
        },
      },
    ],
  },
};
const resources = [{ inputName: 'Sensor', inputDefinition: { attributes: [{ jsonPath: 'id' }] } }, announcer];

let dataplane: TestDataplane;
let raw: ReturnType<typeof createRawClient>;
let answer: Delivery;
let delivered: OutgoingEffect[];
beforeEach(async () => {
  answer = { ok: false, reason: 'HTTP 403', isFinal: true, retryAfterMs: null };
  delivered = [];
  const deliver = (outgoing: OutgoingEffect) => {
    delivered.push(outgoing);
    return Promise.resolve(answer);
  };
  dataplane = await startTestDataplane({ resources, sink: { concurrency: 10, deliver } });
  raw = createRawClient(dataplane.url);
});
afterEach(async () => {
  raw.close();
  await dataplane.close();
});

interface DeadLetters {
  readonly deadLetters: readonly { readonly id: number }[];
  readonly nextToken?: string;
}
const list = async (query = '') => (await raw.send('GET', `/fleetgraph/dead-letters${query}`)).json as DeadLetters;
const retry = (body: object) => raw.send('POST', '/fleetgraph/dead-letters/retry', JSON.stringify(body));

async function makeDeadLetters(...ids: readonly string[]): Promise<void> {
  const messages = ids.map((id) => ({ messageId: id, inputName: 'Sensor', payload: JSON.stringify({ id }) }));
  await raw.send('POST', '/inputs/messages', JSON.stringify({ messages }));
  await vi.waitFor(async () => {
    expect((await list()).deadLetters).toHaveLength(ids.length);
  });
}

test('an action that was given up is listed with what it is and why, page by page', async () => {
  await makeDeadLetters('a', 'b', 'c');
  const first = await list('?maxResults=2');
  expect(first.deadLetters).toMatchObject([
    {
      id: expect.any(Number) as number,
      source: '/detectors/announcer/keyValues/?keyValue=a',
      attempts: 1,
      reason: 'HTTP 403',
      diedAtMs: dataplane.clock.nowMs(),
      effect: { ...delivered[0]?.effect, type: 'sqs' },
    },
    { source: '/detectors/announcer/keyValues/?keyValue=b' },
  ]);
  const second = await list(`?maxResults=2&nextToken=${String(first.nextToken)}`);
  expect(second.deadLetters).toMatchObject([{ source: '/detectors/announcer/keyValues/?keyValue=c' }]);
  expect(second).not.toHaveProperty('nextToken');
});

test('some are performed again by their ids, and the rest all at once', async () => {
  await makeDeadLetters('a', 'b', 'c');
  const [first] = (await list()).deadLetters;
  answer = { ok: true };
  expect(await retry({ ids: [first?.id, 999_999] })).toMatchObject({ status: 200, json: { retried: 1 } });
  expect(await retry({ all: true })).toMatchObject({ status: 200, json: { retried: 2 } });
  expect(await list()).toEqual({ deadLetters: [] });
  await vi.waitFor(() => {
    expect(delivered).toHaveLength(6);
  });
});

test.each([[{}], [{ ids: [1], all: true }], [{ ids: [] }], [{ ids: [0] }], [{ all: false }]])(
  'a retry that does not say which is refused: %j',
  async (body) => {
    expect(await retry(body)).toMatchObject({ status: 400, json: { __type: 'ValidationException' } });
  },
);

test('a token that is none is refused', async () => {
  expect(await raw.send('GET', '/fleetgraph/dead-letters?nextToken=x')).toMatchObject({ status: 400 });
});
