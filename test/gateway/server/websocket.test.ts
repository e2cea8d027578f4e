import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PING_INTERVAL_MS } from '../../../src/gateway/client-connections.ts';
import { hanging } from '../upstream/faulty-upstream.ts';
import { answerTo, connect, openSocket, refusalOf, resultOf, startTestGateway } from './start-test-gateway.ts';

const DETECTOR = '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }';
const WATCH = 'subscription { detectorChanged(detectorModelName: "motor", keyValue: "m1") { kind } }';
const HEARTBEAT = `mutation { sendHeartbeat(input: { deviceFleetName: "demo", deviceName: "d0", agentVersion: "1.0" }) {
  device { deviceName } } }`;

const SLOW = 'a WebSocket is closed, as its client takes its messages too slowly';

test('queries and mutations are answered over WebSocket as over HTTP', async () => {
  const { url, lines } = await startTestGateway({ debugExtensions: true });
  const client = connect(url);
  for (const query of [DETECTOR, HEARTBEAT, '{ device(deviceFleetName: "-", deviceName: "d0") { id } }']) {
    expect(await resultOf(client, query)).toEqual(await answerTo(url, query));
  }
  const operations = lines.filter((line) => line['msg'] === 'operation');
  expect(new Set(operations.map((line) => line['clientAddress']))).toEqual(new Set(['127.0.0.1']));
  expect(operations.map((line) => line['codes'])).toEqual([[], [], [], [], ['BAD_USER_INPUT'], ['BAD_USER_INPUT']]);
});

test('wrong variables are BAD_USER_INPUT over WebSocket as over HTTP', async () => {
  const { url } = await startTestGateway();
  const query = 'query Q($name: String!) { detector(detectorModelName: $name) { id } }';
  const overHttp = await answerTo(url, query, { name: 1 });
  expect(await resultOf(connect(url), query, { name: 1 })).toEqual(overHttp);
  expect(overHttp.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test('a bad document ends only its own operation', async () => {
  const { url } = await startTestGateway();
  const client = connect(url);
  const watch = client.iterate({ query: WATCH });
  expect((await watch.next()).value).toEqual({ data: { detectorChanged: { kind: 'SNAPSHOT' } } });
  const bad = [
    '{',
    '{ nonsense }',
    'fragment F on Query { __typename }',
    'query A { __typename } query B { __typename }',
  ];
  const codes = await Promise.all(bad.map(async (query) => (await refusalOf(client, query))[0]?.extensions['code']));
  expect(codes).toEqual([
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'OPERATION_RESOLUTION_FAILURE',
  ]);
  expect(await resultOf(client, DETECTOR)).toEqual({ data: { detector: null } });
});

test('the document limits of HTTP hold, with the same errors', async () => {
  const { url } = await startTestGateway({ limits: { maxDepth: 3, maxAliases: 2, maxTokens: 50, maxDirectives: 1 } });
  const client = connect(url);
  const documents = [
    '{ device(deviceFleetName: "f", deviceName: "d") { detector(detectorModelName: "m") { state { stateName } } } }',
    '{ a: node(id: "") { id } b: node(id: "") { id } c: node(id: "") { id } }',
    `{ ${'__typename '.repeat(60)} }`,
    '{ a: __typename @skip(if: true) @include(if: true) }',
  ];
  for (const document of documents) {
    expect(await refusalOf(client, document)).toEqual((await answerTo(url, document)).errors);
  }
});

test('one connection has at most so many operations at a time', async () => {
  const { url } = await startTestGateway({ limits: { maxSubscriptionsPerConnection: 2 } });
  const client = connect(url);
  const watches = [client.iterate({ query: WATCH }), client.iterate({ query: WATCH })];
  await Promise.all(watches.map((watch) => watch.next()));
  expect(await refusalOf(client, WATCH)).toEqual([
    {
      message: 'Expected at most 2 operations at a time on one connection, got 3',
      extensions: { code: 'RATE_LIMITED' },
    },
  ]);
  await watches[0]?.return?.();
  await expect
    .poll(async () => (await resultOf(client, DETECTOR).catch(() => ({ data: null }))).data)
    .toEqual({ detector: null });
});

test('bad arguments of a subscription are BAD_USER_INPUT, and nothing is sent upstream', async () => {
  const { url, requests } = await startTestGateway();
  const client = connect(url);
  for (const [argument, rest] of [
    ['detectorModelName', 'detectorsChanged(detectorModelName: "a b") { kind }'],
    ['keyValue', 'detectorChanged(detectorModelName: "motor", keyValue: "") { kind }'],
    ['after', 'alarmsChanged(alarmModelName: "motor", after: "nonsense") { kind }'],
    ['deviceName', 'deploymentsChanged(deviceFleetName: "demo", deviceName: "-") { kind }'],
    ['pollIntervalMs', 'detectorsChanged(detectorModelName: "motor", pollIntervalMs: 99) { kind }'],
    ['pollIntervalMs', 'alarmChanged(alarmModelName: "motor", pollIntervalMs: 3600001) { kind }'],
  ] as const) {
    const result = await resultOf(client, `subscription { ${rest} }`);
    expect(result.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument });
  }
  expect(requests).toEqual([]);
});

test('a query ends upstream when its client unsubscribes or disconnects', async () => {
  const { url, misbehave, requests } = await startTestGateway();
  misbehave(hanging);
  const client = connect(url);
  const query = client.iterate({ query: DETECTOR });
  const unanswered = query.next();
  await expect.poll(() => requests.length).toBe(1);
  await query.return?.();
  await requests[0]?.closed;
  expect(await unanswered).toEqual({ done: true, value: undefined });

  const other = connect(url, { lazy: false });
  void other.iterate({ query: DETECTOR }).next();
  await expect.poll(() => requests.length).toBe(2);
  void other.dispose();
  other.terminate();
  await requests[1]?.closed;
});

test('a query over WebSocket ends with its deadline', async () => {
  const { url, misbehave } = await startTestGateway({ deadlineMs: 200 });
  misbehave(hanging);
  const { errors } = await resultOf(connect(url), DETECTOR);
  expect(errors?.[0]?.extensions['code']).toBe('UPSTREAM_TIMEOUT');
});

test('a socket of a foreign page is refused', async () => {
  const { url } = await startTestGateway();
  const socket = openSocket(url, { origin: 'https://evil.example' });
  const [error] = (await once(socket, 'error').catch((error: unknown) => [error])) as [Error];
  expect(error.message).toContain('403');
  const own = openSocket(url, { origin: 'http://localhost:5173' });
  await once(own, 'open');
  own.terminate();
});

test('a socket without connection_init is closed', async () => {
  const { url } = await startTestGateway({ limits: { connectionInitTimeoutMs: 100 } });
  const [code] = (await once(openSocket(url), 'close')) as [number];
  expect(code).toBe(4408);
});

test('a message over the body limit closes its socket only', async () => {
  const { url } = await startTestGateway();
  const client = connect(url);
  expect(await resultOf(client, DETECTOR)).toEqual({ data: { detector: null } });
  const socket = openSocket(url);
  await once(socket, 'open');
  socket.send('x'.repeat(200_000));
  const [code] = (await once(socket, 'close')) as [number];
  expect(code).toBe(1009);
  expect(await resultOf(client, DETECTOR)).toEqual({ data: { detector: null } });
});

test('a socket that leaves a ping unanswered is cut off, and others live on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { url } = await startTestGateway();
  const alive = openSocket(url);
  const dead = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { autoPong: false });
  await Promise.all([once(alive, 'open'), once(dead, 'open')]);
  const closed = once(dead, 'close');
  for (let pings = 0; pings < 3; pings += 1) {
    const pinged = once(alive, 'ping');
    vi.advanceTimersByTime(PING_INTERVAL_MS);
    await pinged;
    // The pong is on its way before this answer's request.
    alive.send('{"type":"ping"}');
    await once(alive, 'message');
  }
  expect((await closed)[0]).toBe(1006);
  expect(alive.readyState).toBe(WebSocket.OPEN);
  alive.terminate();
});

test('a client that takes nothing is closed with a code on which it comes back, and others are served on', async () => {
  const { url, lines } = await startTestGateway({ limits: { slowClientTimeoutMs: 200 } });
  const slow = openSocket(url);
  await once(slow, 'open');
  slow.send('{"type":"connection_init"}');
  await once(slow, 'message');
  slow.pause();
  const types = '__schema { types { name description fields { name description args { name description } } } }';
  const query = `{ ${Array.from({ length: 10 }, (_, index) => `q${index}: ${types}`).join(' ')} }`;
  // Together more than the network between the two holds.
  for (let id = 0; id < 30; id += 1)
    slow.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
  await expect.poll(() => lines.map((line) => line['msg']), { timeout: 10_000 }).toContainEqual(SLOW);
  expect(await resultOf(connect(url), DETECTOR)).toEqual({ data: { detector: null } });
  const closed = once(slow, 'close');
  slow.resume();
  expect((await closed)[0]).toBe(1013);
});

test('500 subscriptions over 25 sockets all get their events', async () => {
  const { url } = await startTestGateway();
  const clients = Array.from({ length: 25 }, () => connect(url));
  const watches = clients.flatMap((client) => Array.from({ length: 20 }, () => client.iterate({ query: WATCH })));
  const first = await Promise.all(watches.map(async (watch) => (await watch.next()).value as unknown));
  expect(first).toEqual(first.map(() => ({ data: { detectorChanged: { kind: 'SNAPSHOT' } } })));
});
