import { type Client } from 'graphql-ws';
import { expect, test } from 'vitest';
import { HOT_RESOURCES } from '../alarm/hot-resources.ts';
import { answering, failing, operationOf } from '../upstream/faulty-upstream.ts';
import { answerTo, connect, putPressure, refusalOf, startTestGateway } from '../server/start-test-gateway.ts';

interface Change {
  readonly cursor: string;
  readonly kind: string;
  readonly keyValue: string | null;
  readonly previousStateName: string | null;
  readonly detector: {
    readonly state: { readonly stateName: string; readonly variables: readonly { readonly value: string }[] };
  } | null;
}

interface AlarmChange extends Pick<Change, 'kind' | 'keyValue' | 'previousStateName'> {
  readonly alarm: {
    readonly alarmState: { readonly stateName: string; readonly customerAction: { readonly note: string } | null };
  } | null;
}

const FIELDS = 'cursor kind keyValue previousStateName detector { state { stateName variables { name value } } }';
const ONE = `subscription Q($after: String) { change: detectorChanged(detectorModelName: "motor", keyValue: "m1", after: $after) { ${FIELDS} } }`;
const ALL = `subscription Q($stateName: String, $after: String) {
  change: detectorsChanged(detectorModelName: "motor", stateName: $stateName, after: $after) { ${FIELDS} } }`;

/** The next change of a subscription, as "kind key before now". */
function follow(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const events = client.iterate<{ change: Change }>({ query, variables });
  const next = async () => {
    const { value } = (await events.next()) as { value: { data?: { change: Change }; errors?: unknown } };
    if (!value.data) throw new Error(`Expected a change, got ${JSON.stringify(value)}`);
    return value.data.change;
  };
  const told = async () => {
    const { kind, keyValue, previousStateName, detector } = await next();
    return `${kind} ${keyValue ?? '-'} ${previousStateName ?? '-'} ${detector?.state.stateName ?? '-'}`;
  };
  return { next, told, stop: () => events.return?.() };
}

async function deleteDetector(url: string, keyValue: string): Promise<void> {
  const query = `mutation { deleteDetectors(input: { detectors: [{ detectorModelName: "motor", keyValue: "${keyValue}" }] }) { results { ok } } }`;
  expect(await answerTo(url, query)).toEqual({ data: { deleteDetectors: { results: [{ ok: true }] } } });
}

test('a detector is watched from its absence through its changes to its end', async () => {
  const { url } = await startTestGateway();
  const { next, told } = follow(connect(url), ONE);
  expect(await told()).toBe('SNAPSHOT m1 - -');
  await putPressure(url, 'm1', 20);
  expect(await told()).toBe('CREATED m1 - Normal');
  await putPressure(url, 'm1', 80);
  const update = await next();
  expect(update).toMatchObject({ kind: 'UPDATED', previousStateName: 'Normal' });
  expect(update.detector?.state.variables).toEqual([{ name: 'pressureThresholdBreached', value: '3' }]);
  await putPressure(url, 'm1', 60);
  expect(await told()).toBe('UPDATED m1 Dangerous Dangerous');
  await deleteDetector(url, 'm1');
  expect(await told()).toBe('DELETED m1 Dangerous -');
});

test('the detectors of a model are watched together, filtered by state', async () => {
  const { url } = await startTestGateway();
  await putPressure(url, 'm1', 20);
  await putPressure(url, 'm2', 80);
  const client = connect(url);
  const all = follow(client, ALL);
  const dangerous = follow(client, ALL, { stateName: 'Dangerous' });
  expect([await all.told(), await all.told()].toSorted()).toEqual(['SNAPSHOT m1 - Normal', 'SNAPSHOT m2 - Dangerous']);
  expect(await dangerous.told()).toBe('SNAPSHOT m2 - Dangerous');
  await putPressure(url, 'm1', 80);
  expect([await all.told(), await dangerous.told()]).toEqual([
    'UPDATED m1 Normal Dangerous',
    'UPDATED m1 Normal Dangerous',
  ]);
  await deleteDetector(url, 'm2');
  expect([await all.told(), await dangerous.told()]).toEqual(['DELETED m2 Dangerous -', 'DELETED m2 Dangerous -']);
  await putPressure(url, 'm3', 20);
  expect(await all.told()).toBe('CREATED m3 - Normal');
});

test('a client that lost its connection goes on after its last cursor', async () => {
  const { url } = await startTestGateway();
  await putPressure(url, 'm1', 20);
  const first = connect(url);
  const { next } = follow(first, ONE);
  const { cursor } = await next();
  first.terminate();
  await first.dispose();
  await putPressure(url, 'm1', 80);
  const again = follow(connect(url), ONE, { after: cursor });
  expect(await again.told()).toBe('UPDATED m1 Normal Dangerous');
});

test('a subscription lives through an outage of upstream', async () => {
  const { url, misbehave, requests } = await startTestGateway();
  const { told } = follow(connect(url), ONE);
  expect(await told()).toBe('SNAPSHOT m1 - -');
  misbehave(failing(500, 'InternalFailureException', 'no'));
  const before = requests.length;
  await expect.poll(() => requests.length, { timeout: 5000 }).toBeGreaterThan(before + 2);
  misbehave(null);
  await putPressure(url, 'm1', 20);
  expect(await told()).toBe('CREATED m1 - Normal');
});

test('the detectors of a model that does not exist cannot be watched', async () => {
  const { url } = await startTestGateway();
  const refusal = await refusalOf(
    connect(url),
    'subscription { detectorsChanged(detectorModelName: "nothing") { kind } }',
  );
  expect(refusal).toMatchObject([
    { extensions: { code: 'NOT_FOUND', upstream: { service: 'iotevents-data', operation: 'ListDetectors' } } },
  ]);
});

test('what subscribers load for one change is loaded once for all of them', async () => {
  const { url, requests } = await startTestGateway();
  await putPressure(url, 'm1', 20);
  const clients = Array.from({ length: 10 }, () => follow(connect(url), ALL));
  await Promise.all(clients.map(({ told }) => told()));
  const describes = () => requests.filter(({ url }) => url.includes('/keyValues')).length;
  const before = describes();
  const changes = Promise.all(clients.map(({ next }) => next()));
  await putPressure(url, 'm1', 80);
  for (const change of await changes) expect(change.detector?.state.variables).toHaveLength(1);
  expect(describes() - before).toBe(1);
});

test('nothing is asked of upstream when the last subscriber has gone', async () => {
  const { url, requests } = await startTestGateway();
  const client = connect(url);
  const { told } = follow(client, ONE);
  await told();
  await client.dispose();
  await expect
    .poll(
      async () => {
        const before = requests.length;
        await new Promise((resolve) => setTimeout(resolve, 250));
        return requests.length - before;
      },
      { interval: 1 },
    )
    .toBe(0);
});

test('variables and timers in another order are no change', async () => {
  const { url, misbehave, requests } = await startTestGateway();
  const one = { name: 'a', value: '1' };
  const two = { name: 'b', value: '2' };
  const timers = [
    { name: 's', timestamp: 1 },
    { name: 't', timestamp: 2 },
  ];
  const detector = (variables: object[], reversed: boolean) =>
    answering(200, {
      detector: {
        detectorModelName: 'motor',
        keyValue: 'm1',
        detectorModelVersion: '1',
        state: { stateName: 'Normal', variables, timers: reversed ? timers.toReversed() : timers },
        creationTime: 1,
        lastUpdateTime: 2,
      },
    });
  misbehave(detector([one, two], false));
  const { told, next } = follow(connect(url), ONE);
  expect(await told()).toBe('SNAPSHOT m1 - Normal');
  misbehave(detector([two, one], true));
  const before = requests.length;
  await expect.poll(() => requests.length, { timeout: 5000 }).toBeGreaterThan(before + 2);
  misbehave(detector([two, { ...one, value: '3' }], true));
  // The first event since then: none came of the order.
  expect((await next()).detector?.state.variables).toContainEqual({ name: 'a', value: '3' });
});

test('the deployments of a device are one SNAPSHOT, then UPDATED', async () => {
  const { url } = await startTestGateway();
  const query =
    'subscription { deploymentsChanged(deviceFleetName: "demo", deviceName: "d0") { kind device { deviceName } deployments { deploymentName } } }';
  const events = connect(url).iterate({ query });
  const first = (await events.next()).value as { data: { deploymentsChanged: { deployments: unknown[] } } };
  expect(first).toMatchObject({ data: { deploymentsChanged: { kind: 'SNAPSHOT', device: { deviceName: 'd0' } } } });
  expect(first.data.deploymentsChanged.deployments.length).toBeGreaterThan(0);
  const heartbeat = `mutation { sendHeartbeat(input: { deviceFleetName: "demo", deviceName: "d0", agentVersion: "1.0",
    deploymentResult: { deploymentName: "rollout", deploymentStatus: "SUCCESS" } }) { device { deviceName } } }`;
  expect((await answerTo(url, heartbeat)).errors).toBeUndefined();
  expect((await events.next()).value).toEqual({
    data: { deploymentsChanged: { kind: 'UPDATED', device: { deviceName: 'd0' }, deployments: [] } },
  });
});

test('alarms are watched, one and all of a model, through what messages and people do to them', async () => {
  const { url, requests } = await startTestGateway({ resources: HOT_RESOURCES });
  const fields = 'kind keyValue previousStateName alarm { alarmState { stateName customerAction { note } } }';
  const client = connect(url);
  const one = client.iterate({
    query: `subscription { change: alarmChanged(alarmModelName: "hot", keyValue: "m1") { ${fields} } }`,
  });
  const all = client.iterate({ query: `subscription { change: alarmsChanged(alarmModelName: "hot") { ${fields} } }` });
  const told = async (events: AsyncIterator<unknown>) => {
    const { value } = (await events.next()) as { value: { data: { change: AlarmChange } } };
    const { kind, keyValue, previousStateName, alarm } = value.data.change;
    const { stateName, customerAction } = alarm?.alarmState ?? {};
    return `${kind} ${keyValue} ${previousStateName ?? '-'} ${stateName ?? '-'} ${customerAction?.note ?? '-'}`;
  };
  expect(await told(one)).toBe('SNAPSHOT m1 - - -');
  // A list without alarms begins with no event: its second poll tells that the first is answered.
  await expect.poll(() => requests.map(operationOf).filter((name) => name === 'ListAlarms').length).toBeGreaterThan(1);
  const both = async () => [await told(one), await told(all)];
  await putPressure(url, 'm1', 80);
  expect(await both()).toEqual(['CREATED m1 - ACTIVE -', 'CREATED m1 - ACTIVE -']);
  await answerTo(
    url,
    'mutation { acknowledgeAlarms(input: { alarms: [{ alarmModelName: "hot", keyValue: "m1", note: "seen" }] }) { results { ok } } }',
  );
  expect(await both()).toEqual(['UPDATED m1 ACTIVE ACKNOWLEDGED seen', 'UPDATED m1 ACTIVE ACKNOWLEDGED seen']);
  await putPressure(url, 'm1', 20);
  expect(await both()).toEqual(['UPDATED m1 ACKNOWLEDGED NORMAL -', 'UPDATED m1 ACKNOWLEDGED NORMAL -']);
});
