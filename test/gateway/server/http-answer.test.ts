import { hash } from 'node:crypto';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { post, startTestGateway } from './start-test-gateway.ts';

const LARGE = '{ __schema { types { name description } } }';
const SMALL = '{ __typename }';

/** fetch decompresses by itself and says nothing of it. */
async function rawAnswer(url: string, headers: Record<string, string>, query: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{ headers: IncomingHttpHeaders; body: Buffer }>();
  const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
  request.on('error', reject).on('response', (response) => {
    buffer(response).then((body) => {
      resolve({ headers: response.headers, body });
    }, reject);
  });
  request.end(JSON.stringify({ query }));
  return promise;
}

test.each([
  ['gzip', 'gzip, deflate, br', gunzipSync],
  ['zstd', 'gzip, deflate, br, zstd', zstdDecompressSync],
  ['gzip', 'gzip, zstd;q=0.5', gunzipSync],
])('a long answer is sent as %s to who accepts %s', async (encoding, accepted, decompress) => {
  const { url } = await startTestGateway();
  const plain = await rawAnswer(url, {}, LARGE);
  const compressed = await rawAnswer(url, { 'accept-encoding': accepted }, LARGE);
  expect(compressed.headers).toMatchObject({
    'content-encoding': encoding,
    'content-length': String(compressed.body.byteLength),
    vary: 'Accept-Encoding',
  });
  expect(decompress(compressed.body)).toEqual(plain.body);
  expect(compressed.body.byteLength).toBeLessThan(plain.body.byteLength / 2);
});

test.each([
  ['a short one', SMALL, 'gzip'],
  ['one to who accepts nothing else', LARGE, 'identity'],
  ['one to who accepts something unknown', LARGE, 'br;q=1'],
])('%s is sent as it is', async (_name, query, accepted) => {
  const { url } = await startTestGateway();
  const { headers, body } = await rawAnswer(url, { 'accept-encoding': accepted }, query);
  expect(headers['content-encoding']).toBeUndefined();
  expect(JSON.parse(body.toString())).toHaveProperty('data');
});

test('a compressed request is read, up to the limit of what it is decompressed', async () => {
  const { url } = await startTestGateway();
  const send = async (body: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(body),
    });
  expect(await (await send(JSON.stringify({ query: SMALL }))).json()).toEqual({ data: { __typename: 'Query' } });
  expect((await send(JSON.stringify({ query: `${SMALL} #${'x'.repeat(200_000)}` }))).status).toBe(413);
});

test.each([
  ['a charset that is not UTF-8', { 'content-type': 'application/json; charset=utf-16' }, 415, 'UTF-8'],
  ['an unknown Content-Encoding', { 'content-encoding': 'compress' }, 415, 'identity, gzip, deflate, br'],
  ['a body that is not in its Content-Encoding', { 'content-encoding': 'gzip' }, 400, 'Content-Encoding'],
])('%s is refused', async (_name, headers, status, said) => {
  const { url } = await startTestGateway();
  const body = JSON.stringify({ query: SMALL });
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(said);
});

test('a body that is no UTF-8 is no JSON, and one that says UTF-8 is read', async () => {
  const { url } = await startTestGateway();
  const send = (contentType: string, body: Buffer) =>
    fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body: new Uint8Array(body) });
  expect((await send('application/json', Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
  const whole = await send('Application/JSON; charset="UTF-8"', Buffer.from(JSON.stringify({ query: SMALL })));
  expect(await whole.json()).toEqual({ data: { __typename: 'Query' } });
});

test('a document is asked for by its hash once it was sent with it', async () => {
  const { url } = await startTestGateway();
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', SMALL) } };
  expect(await (await post(url, { extensions })).json()).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
  const wrong = { persistedQuery: { version: 1, sha256Hash: hash('sha256', LARGE) } };
  expect(await (await post(url, { query: SMALL, extensions: wrong })).json()).toMatchObject({
    errors: [{ message: 'provided sha does not match query', extensions: { code: 'BAD_USER_INPUT' } }],
  });
  expect(await (await post(url, { query: SMALL, extensions })).json()).toEqual({ data: { __typename: 'Query' } });
  expect(await (await post(url, { extensions })).json()).toEqual({ data: { __typename: 'Query' } });
});

test('a GET by hash is answered with 304 as long as its answer stays the same, and no other request is', async () => {
  const { url } = await startTestGateway();
  const query = '{ detectors(detectorModelName: "motor") { nodes { keyValue } } }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', query) } };
  await post(url, { query, extensions });
  const address = `${url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  const get = (headers: Record<string, string> = {}) =>
    fetch(address, { headers: { 'content-type': 'application/json', ...headers } });
  const first = await get();
  const etag = String(first.headers.get('etag'));
  expect([first.status, first.headers.get('cache-control'), etag]).toEqual([
    200,
    'private, no-cache',
    expect.stringMatching(/^W\/"/),
  ]);
  const again = await get({ 'if-none-match': `"other", ${etag}` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  const posted = await post(url, { extensions }, { 'if-none-match': etag });
  expect([posted.status, posted.headers.get('etag')]).toEqual([200, null]);
});
