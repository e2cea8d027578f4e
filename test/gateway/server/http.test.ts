import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { answering, hanging, resetting } from '../upstream/faulty-upstream.ts';
import { upstreamAt } from '../upstream/with-upstream.ts';
import { answerTo, connect, post, refusalOf, resultOf, startTestGateway } from './start-test-gateway.ts';

const DETECTOR = '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }';
const GONE = '{ detector(detectorModelName: "motor", keyValue: "nobody") { keyValue } }';
const baseOf = (url: string) => new URL('/', url).href;

/** fetch sets Host itself, so a foreign one needs a request by hand. */
async function statusWithHost(url: string, host: string): Promise<number | undefined> {
  const request = httpRequest(url, { method: 'POST', headers: { host, 'content-type': 'application/json' } });
  request.end(JSON.stringify({ query: '{ __typename }' }));
  const [response] = (await once(request, 'response')) as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

test('a request id is taken over, and made where there is none or a bad one', async () => {
  const { url } = await startTestGateway();
  const idOf = async (headers: Record<string, string>) =>
    (await post(url, { query: '{ __typename }' }, headers)).headers.get('x-request-id');
  expect(await idOf({ 'x-request-id': 'abc-1' })).toBe('abc-1');
  expect(await idOf({})).toMatch(/^[\da-f-]{36}$/);
  expect(await idOf({ 'x-request-id': 'a b<c>' })).toMatch(/^[\da-f-]{36}$/);
});

test('each operation is one log line, without variables', async () => {
  const { url, lines } = await startTestGateway({ trustedProxies: ['loopback'] });
  const query = 'query Find($key: String) { detector(detectorModelName: "motor", keyValue: $key) { keyValue } }';
  await post(url, { query, variables: { key: 'secret-key' } }, { 'x-request-id': 'r1' });
  await post(url, { query: '{ nonsense }' }, { 'x-request-id': 'r2', 'x-forwarded-for': '203.0.113.7' });
  const logged = lines.filter((line) => line['msg'] === 'operation');
  expect(logged).toMatchObject([
    {
      requestId: 'r1',
      clientAddress: '127.0.0.1',
      operationType: 'query',
      operationName: 'Find',
      codes: [],
      durationMs: expect.any(Number) as number,
    },
    { requestId: 'r2', clientAddress: '203.0.113.7', codes: ['GRAPHQL_VALIDATION_FAILED'] },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret-key');
});

test('a request that a web page can send without asking first is refused', async () => {
  const { url } = await startTestGateway();
  const simple = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"query":"{__typename}"}',
  });
  expect(simple.status).toBe(400);
  expect((await fetch(`${url}?query={__typename}`)).status).toBe(400);
});

test('pages of a loopback origin may ask by default, and no others', async () => {
  const { url } = await startTestGateway();
  const allowed = async (origin: string) =>
    (await post(url, { query: '{ __typename }' }, { origin })).headers.get('access-control-allow-origin');
  expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173');
  expect(await allowed('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
  expect(await allowed('https://evil.example')).toBeNull();
  const preflight = {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  };
  expect((await fetch(url, preflight)).headers.get('access-control-allow-origin')).toBeNull();
});

test('a configured origin may ask, after the preflight of browsers', async () => {
  const { url } = await startTestGateway({ corsOrigins: ['https://app.example'] });
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
});

test('on loopback a foreign Host, as DNS rebinding brings it, is refused', async () => {
  const { url } = await startTestGateway();
  expect(await statusWithHost(url, 'evil.example:4000')).toBe(403);
  expect(await statusWithHost(url, 'localhost:4000')).toBe(200);
});

test('a body over the limit is 413, and no JSON is 400, as GraphQL errors', async () => {
  const { url } = await startTestGateway();
  const large = await post(url, { query: `{ __typename } #${'x'.repeat(200_000)}` });
  expect(large.status).toBe(413);
  expect(await large.json()).toEqual({
    errors: [{ message: 'Expected a body of at most 100000 bytes, got more', extensions: { code: 'BAD_REQUEST' } }],
  });
  const broken = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query": secret',
  });
  expect(broken.status).toBe(400);
  expect(await broken.text()).not.toContain('secret');
});

test('several operations in one request are refused', async () => {
  const { url } = await startTestGateway();
  expect((await post(url, [{ query: '{ __typename }' }, { query: '{ __typename }' }])).status).toBe(400);
});

test('what the gateway itself does wrong is masked, and logged with the request id', async () => {
  const upstream = {
    ...upstreamAt('http://127.0.0.1:1'),
    describeDetector: () => Promise.reject(new TypeError('a secret of ours')),
  };
  const { url, lines } = await startTestGateway({ upstream });
  const answer = await (await post(url, { query: DETECTOR }, { 'x-request-id': 'r1' })).json();
  expect(answer).toEqual({
    data: { detector: null },
    errors: [
      {
        message: 'Internal server error',
        locations: [{ line: 1, column: 3 }],
        path: ['detector'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'internal server error', requestId: 'r1' }));
});

test('a fault of upstream costs its field only and names the call, without address or stack', async () => {
  const { url, misbehave } = await startTestGateway({ deadlineMs: 400 });
  misbehave(resetting);
  const response = await post(url, {
    query: `{ device(deviceFleetName: "demo", deviceName: "d0") { id registration { isRegistered } } }`,
  });
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    data: { device: { id: expect.any(String) as string, registration: null } },
    errors: [
      {
        path: ['device', 'registration'],
        extensions: {
          code: 'UPSTREAM_UNAVAILABLE',
          upstream: { service: 'sagemaker-edge', operation: 'GetDeviceRegistration', retryable: true },
        },
      },
    ],
  });
  expect(text).not.toMatch(/127\.0\.0\.1|stack|AKID/);
});

test('an operation ends with its deadline', async () => {
  const { url, misbehave } = await startTestGateway({ deadlineMs: 200 });
  misbehave(hanging);
  const answer = await answerTo(url, DETECTOR);
  expect(answer.errors?.[0]?.extensions['code']).toBe('UPSTREAM_TIMEOUT');
});

test('upstream calls end when the client has gone', async () => {
  const { url, misbehave, requests } = await startTestGateway();
  misbehave(hanging);
  const aborter = new AbortController();
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: DETECTOR }),
    signal: aborter.signal,
  }).catch(() => null);
  await expect.poll(() => requests.length).toBe(1);
  aborter.abort();
  await requests[0]?.closed;
  expect(await answer).toBeNull();
});

test('with debug extensions an answer tells how many upstream calls it took', async () => {
  const { url } = await startTestGateway({ debugExtensions: true });
  const twice =
    '{ a: detector(detectorModelName: "motor", keyValue: "m1") { id } b: detector(detectorModelName: "motor", keyValue: "m1") { id } }';
  expect((await answerTo(url, twice)).extensions).toEqual({ upstreamCalls: 1 });
  expect((await answerTo(url, '{ __typename }')).extensions).toEqual({ upstreamCalls: 0 });
});

test('without introspection neither the schema nor suggestions are told', async () => {
  const { url } = await startTestGateway({ introspection: false });
  expect((await answerTo(url, '{ __schema { types { name } } }')).errors?.[0]?.extensions['code']).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  expect((await answerTo(url, '{ detecto }')).errors?.[0]?.message).toBe(
    'Cannot query field "detecto" on type "Query".',
  );
});

test('without introspection no value of an enum is suggested, over HTTP and WebSocket', async () => {
  const query =
    'query ($presence: DevicePresence) { devices(presence: $presence) { nodes { id } } other: devices(presence: LATR) { nodes { id } } }';
  const ofVariable = 'query ($presence: DevicePresence) { devices(presence: $presence) { nodes { id } } }';
  for (const [introspection, suggestion] of [
    [true, ' Did you mean the enum value "LATE"?'],
    [false, ''],
  ] as const) {
    const { url } = await startTestGateway({ introspection });
    const { errors } = await answerTo(url, query);
    expect(errors?.[0]?.message).toBe(`Value "LATR" does not exist in "DevicePresence" enum.${suggestion}`);
    const overHttp = await answerTo(url, ofVariable, { presence: 'LATR' });
    expect(overHttp.errors?.[0]?.message).toBe(
      `Variable "$presence" got invalid value "LATR"; Value "LATR" does not exist in "DevicePresence" enum.${suggestion}`,
    );
    expect(await resultOf(connect(url), ofVariable, { presence: 'LATR' })).toEqual(overHttp);
  }
});

test('a document that nests deeper than can be parsed is refused as on WebSocket', async () => {
  const { url, lines } = await startTestGateway();
  const deep = `{ node(id: ${'['.repeat(4500)}`;
  const answer = await answerTo(url, deep);
  expect(answer).toEqual({
    errors: [{ message: 'The document nests too deep', extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
  });
  expect(await refusalOf(connect(url), deep)).toEqual(answer.errors);
  expect(lines.filter((line) => line['msg'] === 'internal server error')).toEqual([]);
});

test('browsers get Sandbox at GET /graphql, and are sent there from /', async () => {
  const { url } = await startTestGateway();
  const page = await fetch(baseOf(url), { headers: { accept: 'text/html' } });
  expect(page.url).toBe(url);
  expect(await page.text()).toContain('EmbeddedSandbox');
});

test('without the landing page there is nothing for browsers', async () => {
  const { url } = await startTestGateway({ landingPage: false });
  expect((await fetch(baseOf(url))).status).toBe(404);
  expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).not.toContain('Sandbox');
});

test('the gateway is healthy without upstream, but ready only while upstream answers', async () => {
  const healthy = await startTestGateway();
  expect((await fetch(new URL('/healthz', healthy.url))).status).toBe(200);
  const ready = await fetch(new URL('/readyz', healthy.url));
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, status: 'ready', upstream: { 'iotevents-data': 'ok', 'sagemaker-edge': 'ok' } },
  ]);

  const alone = await startTestGateway({ upstream: upstreamAt('http://127.0.0.1:1', { deadlineMs: 500 }) });
  expect((await fetch(new URL('/healthz', alone.url))).status).toBe(200);
  const notReady = await fetch(new URL('/readyz', alone.url));
  expect([notReady.status, await notReady.json()]).toMatchObject([
    503,
    { ready: false, upstream: { 'iotevents-data': 'UPSTREAM_UNAVAILABLE', 'sagemaker-edge': 'UPSTREAM_UNAVAILABLE' } },
  ]);
});

test('fifty aliases and a hundred requests at once are answered', async () => {
  const { url } = await startTestGateway();
  const aliases = Array.from(
    { length: 50 },
    (_, index) => `a${index}: detector(detectorModelName: "motor", keyValue: "k${index}") { id }`,
  );
  const answers = await Promise.all([
    answerTo(url, `{ ${aliases.join(' ')} }`),
    ...Array.from({ length: 100 }, () => answerTo(url, GONE)),
  ]);
  expect(answers.flatMap((answer) => answer.errors ?? [])).toEqual([]);
  expect(Object.keys(answers[0].data ?? {})).toHaveLength(50);
});

test('a fault that upstream did not name is told without its body', async () => {
  const { url, misbehave } = await startTestGateway();
  misbehave(answering(404, '<html>secret</html>'));
  const answer = await answerTo(url, DETECTOR);
  expect(answer.errors?.[0]?.extensions['code']).toBe('UPSTREAM_BAD_RESPONSE');
  expect(JSON.stringify(answer)).not.toContain('secret');
});
