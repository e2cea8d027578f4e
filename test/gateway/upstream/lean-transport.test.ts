import { IoTEventsDataClient, DescribeDetectorCommand } from '@aws-sdk/client-iot-events-data';
import { expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { IOT_EVENTS_DATA_BINDINGS } from '../../../src/gateway/upstream/bindings.ts';
import { createConnections } from '../../../src/gateway/upstream/connections.ts';
import { createExchange } from '../../../src/gateway/upstream/exchange.ts';
import { createLeanTransport } from '../../../src/gateway/upstream/transport.ts';
import { type Upstream, type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { answering, type ReceivedRequest, startFaultyUpstream } from './faulty-upstream.ts';
import { freshCall, upstreamAt } from './with-upstream.ts';

const DEVICE = { deviceFleetName: 'demo', deviceName: 'd_0' };
const DETECTOR = { detectorModelName: 'motor', keyValue: 'a:b' };
const ALARM = { alarmModelName: 'hot', keyValue: null };
const AT = new Date(1_700_000_000_750);
const METRIC = { dimension: 'd/x', metricName: 'temp', value: 1.5, timestamp: AT };

const act = (action: Parameters<Upstream['batchAlarmAction']>[0]) => (upstream: Upstream, call: UpstreamCall) =>
  upstream.batchAlarmAction(
    action,
    [{ ...ALARM, requestId: 'r1', note: 'ü', snoozeDurationSeconds: action === 'SNOOZE' ? 60 : null }],
    call,
  );

test.each<[string, (upstream: Upstream, call: UpstreamCall) => Promise<unknown>]>([
  ['GetDeviceRegistration', (upstream, call) => upstream.getDeviceRegistration(DEVICE, call)],
  ['GetDeployments', (upstream, call) => upstream.getDeployments(DEVICE, call)],
  [
    'SendHeartbeat',
    (upstream, call) =>
      upstream.sendHeartbeat(
        {
          ...DEVICE,
          agentVersion: '1.0',
          agentMetrics: [METRIC, { ...METRIC, dimension: null, timestamp: null }],
          models: [
            { modelName: 'm', modelVersion: '1', latestSampleTime: AT, latestInference: null, modelMetrics: [METRIC] },
          ],
          deploymentResult: {
            deploymentName: 'x',
            deploymentStatus: 'SUCCESS',
            deploymentStatusMessage: null,
            deploymentStartTime: AT,
            deploymentEndTime: AT,
            deploymentModels: [],
          },
        },
        call,
      ),
  ],
  ['DescribeDetector', (upstream, call) => upstream.describeDetector(DETECTOR, call)],
  [
    'DescribeDetector without key',
    (upstream, call) => upstream.describeDetector({ ...DETECTOR, keyValue: null }, call),
  ],
  [
    'ListDetectors',
    (upstream, call) =>
      upstream.listDetectors(
        { detectorModelName: 'motor', stateName: "A'b (*)!é", nextToken: 't==/+', maxResults: 7 },
        call,
      ),
  ],
  ['DescribeAlarm', (upstream, call) => upstream.describeAlarm({ ...ALARM, keyValue: 'k' }, call)],
  [
    'ListAlarms',
    (upstream, call) => upstream.listAlarms({ alarmModelName: 'hot', nextToken: null, maxResults: 250 }, call),
  ],
  [
    'BatchPutMessage',
    (upstream, call) =>
      upstream.batchPutMessage(
        [
          { messageId: 'm1', inputName: 'in', payload: Buffer.from([0, 255, 10]), timestamp: AT },
          { messageId: 'm2', inputName: 'in', payload: Buffer.from('{"ü":1}'), timestamp: null },
        ],
        call,
      ),
  ],
  [
    'BatchUpdateDetector',
    (upstream, call) =>
      upstream.batchUpdateDetector(
        [
          {
            ...DETECTOR,
            messageId: 'm1',
            stateName: 'Normal',
            variables: [{ name: 'v', value: '"é"' }],
            timers: [{ name: 't', seconds: 60 }],
          },
          { ...DETECTOR, keyValue: null, messageId: 'm2', stateName: 'S', variables: [], timers: [] },
        ],
        call,
      ),
  ],
  ['BatchDeleteDetector', (upstream, call) => upstream.batchDeleteDetector([{ ...DETECTOR, messageId: 'm1' }], call)],
  ['BatchAcknowledgeAlarm', act('ACKNOWLEDGE')],
  ['BatchDisableAlarm', act('DISABLE')],
  ['BatchEnableAlarm', act('ENABLE')],
  ['BatchResetAlarm', act('RESET')],
  ['BatchSnoozeAlarm', act('SNOOZE')],
])('%s is written as the SDK writes it', async (_name, ask) => {
  const server = await startFaultyUpstream(answering(500, ''));
  onTestFinished(() => server.close());
  for (const transport of ['lean', 'plain'] as const) {
    await ask(upstreamAt(server.endpoint, { transport }), { ...freshCall(), retries: false }).catch(() => undefined);
  }
  const [lean, plain] = server.requests.map(written);
  expect(server.requests).toHaveLength(2);
  expect(lean).toEqual(plain);
});

/** What matters of a request, in whichever order it is written. */
function written({ method, url, headers, body }: ReceivedRequest) {
  const { pathname, searchParams } = new URL(url, 'http://upstream');
  return {
    method,
    path: pathname.replace(/\/$/, ''),
    query: Object.fromEntries(searchParams),
    body: body === '' ? null : (JSON.parse(body) as unknown),
    contentType: headers['content-type'],
    scope: /Credential=[^,]+/.exec(headers.authorization ?? '')?.[0],
  };
}

test('an endpoint’s own path comes before the operation’s', async () => {
  const server = await startFaultyUpstream(answering(200, { Deployments: [] }));
  onTestFinished(() => server.close());
  await upstreamAt(`${server.endpoint}/aws/`).getDeployments(DEVICE, freshCall());
  expect(server.requests[0]?.url).toBe('/aws/GetDeployments');
});

/** Calls through a lean transport of its own, and gives the requests' headers. */
async function headersOf(
  calls: number,
  {
    clock = systemClock,
    credentials = () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 's' }),
  }: {
    clock?: Clock;
    credentials?: () => Promise<{ accessKeyId: string; secretAccessKey: string; expiration?: Date }>;
  },
  answerHeaders: Record<string, string> = {},
) {
  const server = await startFaultyUpstream(answering(200, {}, answerHeaders));
  const connections = createConnections(5000);
  onTestFinished(async () => {
    connections.destroy();
    await server.close();
  });
  const client = new IoTEventsDataClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
  const transport = createLeanTransport(client, IOT_EVENTS_DATA_BINDINGS, connections, clock);
  for (let call = 0; call < calls; call += 1) {
    await transport(DescribeDetectorCommand, { detectorModelName: 'm' }, createExchange());
  }
  return server.requests.map(({ headers }) => headers);
}

test('requests are signed with the time of a server whose clock is more than 5 minutes off', async () => {
  const clock = { nowMs: () => Date.UTC(2026, 0, 1, 12) };
  const [before, after] = await headersOf(2, { clock }, { date: 'Thu, 01 Jan 2026 12:10:00 GMT' });
  expect(before?.['x-amz-date']).toBe('20260101T120000Z');
  expect(after?.['x-amz-date']).toBe('20260101T121000Z');
});

test.each([
  ['less', 'Thu, 01 Jan 2026 12:04:00 GMT'],
  ['no time anybody could read', 'soon'],
])('a server’s clock that is %s off does not matter', async (_name, date) => {
  const clock = { nowMs: () => Date.UTC(2026, 0, 1, 12) };
  const [, after] = await headersOf(2, { clock }, { date });
  expect(after?.['x-amz-date']).toBe('20260101T120000Z');
});

test('credentials are asked for again before they expire, and not while they last', async () => {
  const validForMs = [60_000, 3_600_000];
  let asked = 0;
  const credentials = () => {
    const expiration = new Date(systemClock.nowMs() + (validForMs[asked] ?? 3_600_000));
    asked += 1;
    return Promise.resolve({ accessKeyId: `KEY${asked}`, secretAccessKey: 's', expiration });
  };
  const headers = await headersOf(4, { credentials });
  const keys = headers.map(({ authorization }) => /Credential=(\w+)/.exec(authorization ?? '')?.[1]);
  expect(keys.at(-1)).toBe('KEY2');
  expect(asked).toBe(2);
});
