import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { createClient } from 'graphql-sse';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PING_INTERVAL_MS } from '../../../src/gateway/client-connections.ts';
import { answerTo, connect, post, putPressure, startTestGateway } from './start-test-gateway.ts';

const DETECTOR = '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }';
const WATCH = 'subscription { detectorChanged(detectorModelName: "motor", keyValue: "m1") { kind } }';
const SNAPSHOT = '{"data":{"detectorChanged":{"kind":"SNAPSHOT"}}}';
const EVENTS = { accept: 'text/event-stream' };
const PARTS = { accept: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json' };
const PUT = `mutation { putMessages(input: { messages: [{
  inputName: "PressureInput", payload: { motorid: "m1", sensorData: { pressure: 80 } } }] }) { results { ok } } }`;

/** A client of graphql-sse, for one test. */
function sseClient(url: string, retryAttempts = 0) {
  const client = createClient({ url, retryAttempts });
  onTestFinished(() => {
    client.dispose();
  });
  return client;
}

/** Apollo Client, for one test. */
function apolloClient(url: string) {
  const link = ApolloLink.from([new RetryLink({ delay: { initial: 1 } }), new HttpLink({ uri: url })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  onTestFinished(() => {
    client.stop();
  });
  return client;
}

/** What comes of a stream, until the text is in it. */
async function readUntil(response: Response, text: string): Promise<string> {
  const decoder = new TextDecoder();
  let read = '';
  // Left early, the stream is cancelled, which closes the connection.
  for await (const chunk of response.body ?? []) {
    read += decoder.decode(chunk as Uint8Array, { stream: true });
    if (read.includes(text)) break;
  }
  return read;
}

test('queries, mutations and what is wrong with either are answered by server-sent events as over HTTP', async () => {
  const { url, lines } = await startTestGateway();
  const client = sseClient(url);
  for (const query of [DETECTOR, PUT, '{ nonsense }', '{', 'query A { __typename } query B { __typename }']) {
    const results: unknown[] = [];
    for await (const result of client.iterate({ query })) results.push(result);
    expect(results).toEqual([await answerTo(url, query)]);
  }
  const operations = lines.filter((line) => line['msg'] === 'operation');
  expect(operations.map((line) => line['codes'])).toEqual(
    [[], [], ['GRAPHQL_VALIDATION_FAILED'], ['GRAPHQL_PARSE_FAILED'], ['OPERATION_RESOLUTION_FAILURE']].flatMap(
      (codes) => [codes, codes],
    ),
  );
});

test('a subscription is followed by graphql-sse, by Apollo Client and by graphql-ws alike', async () => {
  const { url } = await startTestGateway();
  const bySse = sseClient(url).iterate({ query: WATCH });
  const bySocket = connect(url).iterate({ query: WATCH });
  const byParts: unknown[] = [];
  apolloClient(url)
    .subscribe({ query: gql(WATCH) })
    .subscribe(({ data }) => byParts.push(data));
  const first = { data: { detectorChanged: { kind: 'SNAPSHOT' } } };
  expect([(await bySse.next()).value, (await bySocket.next()).value]).toEqual([first, first]);
  await expect.poll(() => byParts.length).toBe(1);
  await putPressure(url, 'm1', 80);
  const second = { data: { detectorChanged: { kind: 'CREATED' } } };
  expect([(await bySse.next()).value, (await bySocket.next()).value]).toEqual([second, second]);
  await expect.poll(() => byParts).toMatchObject([first.data, second.data]);
  await bySse.return?.();
});

test('each event of a stream is written whole, and no proxy is to keep it', async () => {
  const { url } = await startTestGateway();
  const events = await post(url, { query: WATCH }, EVENTS);
  expect(Object.fromEntries(events.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  expect(await readUntil(events, SNAPSHOT)).toBe(`:\n\nevent: next\ndata: ${SNAPSHOT}\n\n`);
  const parts = await post(url, { query: WATCH }, PARTS);
  expect(parts.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  const part = `\r\nContent-Type: application/json\r\n\r\n{"payload":${SNAPSHOT}}\r\n--graphql`;
  expect(await readUntil(parts, SNAPSHOT)).toBe(`\r\n--graphql${part}`);
});

test('a subscription that upstream refuses ends with the error', async () => {
  const { url } = await startTestGateway();
  const query = 'subscription { detectorsChanged(detectorModelName: "none") { kind } }';
  const events = await (await post(url, { query }, EVENTS)).text();
  expect(events).toMatch(
    /^:\n\nevent: next\ndata: \{"errors":\[\{.*"code":"NOT_FOUND".*\}\]\}\n\nevent: complete\ndata:\n\n$/,
  );
  const parts = await (await post(url, { query }, PARTS)).text();
  expect(parts).toMatch(/\{"payload":null,"errors":\[\{.*"code":"NOT_FOUND".*\}\]\}\r\n--graphql--\r\n$/);
});

test('a stream is asked for by GET too, which takes no mutation', async () => {
  const { url } = await startTestGateway();
  const get = (query: string, headers: Record<string, string> = { 'apollo-require-preflight': '1' }) =>
    fetch(`${url}?${new URLSearchParams({ query, variables: '{}' }).toString()}`, {
      headers: { ...EVENTS, ...headers },
    });
  expect(await (await get(DETECTOR)).text()).toContain('"detector":null');
  expect((await get(PUT)).status).toBe(405);
  expect((await get(DETECTOR, {})).status).toBe(400);
});

test('what is no GraphQL request is refused before a stream begins', async () => {
  const { url } = await startTestGateway();
  const statusOf = async (body: string | null, type: string, method = 'POST') =>
    (await fetch(url, { method, body, headers: { ...EVENTS, 'content-type': type } })).status;
  const request = JSON.stringify({ query: DETECTOR });
  expect(await statusOf(request, 'text/plain')).toBe(400);
  expect(await statusOf('{', 'application/json')).toBe(400);
  expect(await statusOf('{"query":1}', 'application/json')).toBe(400);
  expect(await statusOf(JSON.stringify({ query: 'x'.repeat(200_000) }), 'application/json')).toBe(413);
  expect(await statusOf(null, 'application/json', 'DELETE')).toBe(405);
  const foreign = await post(url, { query: DETECTOR }, { ...EVENTS, origin: 'https://evil.example' });
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  const own = await post(url, { query: DETECTOR }, { ...EVENTS, origin: 'http://localhost:5173' });
  expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
});

test('a subscription by who takes no stream is refused, and is no fault of the gateway', async () => {
  const { url, lines } = await startTestGateway();
  const response = await post(url, { query: WATCH });
  expect(response.status).toBe(406);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  expect(lines.map((line) => line['msg'])).not.toContain('internal server error');
});

test('who would as soon have one answer gets one', async () => {
  const { url } = await startTestGateway();
  const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';
  for (const one of [accept, '*/*', 'multipart/mixed;deferSpec=20220824, application/json'])
    expect(await (await post(url, { query: DETECTOR }, { accept: one })).json()).toEqual({ data: { detector: null } });
});

test('a subscription ends when the client of its stream has gone', async () => {
  const { url, lines } = await startTestGateway();
  await readUntil(await post(url, { query: WATCH }, EVENTS), SNAPSHOT);
  await expect.poll(() => lines.filter((line) => line['operationType'] === 'subscription')).toHaveLength(1);
});

test('a stream without events is kept alive', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { url } = await startTestGateway();
  const events = await post(url, { query: WATCH }, EVENTS);
  const parts = await post(url, { query: WATCH }, PARTS);
  const read = Promise.all([readUntil(events, `${SNAPSHOT}\n\n:\n\n`), readUntil(parts, '{}')]);
  // The second, as the first may find a snapshot on its way.
  for (let pings = 0; pings < 3; pings += 1) {
    vi.advanceTimersByTime(PING_INTERVAL_MS);
    await answerTo(url, DETECTOR);
  }
  await read;
});

test('a client that takes nothing of its stream is cut off, and others are served on', async () => {
  const { url, lines } = await startTestGateway({
    limits: { slowClientTimeoutMs: 200, maxTokens: 100_000, maxAliases: 1000 },
  });
  const types = '__schema { types { name description fields { name description args { name description } } } }';
  const query = `{ ${Array.from({ length: 400 }, (_, index) => `q${index}: ${types}`).join(' ')} }`;
  const slow = httpRequest(url, { method: 'POST', headers: { ...EVENTS, 'content-type': 'application/json' } });
  slow.end(JSON.stringify({ query }));
  const [response] = (await once(slow, 'response')) as [NodeJS.ReadableStream];
  response.on('error', () => undefined);
  response.pause();
  await expect
    .poll(() => lines.map((line) => line['msg']), { timeout: 10_000 })
    .toContain('an event stream is cut off, as its client takes its messages too slowly');
  expect(await answerTo(url, DETECTOR)).toEqual({ data: { detector: null } });
  slow.destroy();
});
