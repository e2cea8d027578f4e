import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { connect, openSocket, post, refusalOf, resultOf, startTestGateway } from './start-test-gateway.ts';

const DETECTOR = '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }';
const WATCH = 'subscription { detectorChanged(detectorModelName: "motor", keyValue: "m1") { kind } }';
const EVENTS = { accept: 'text/event-stream' };

test('a connection over the limit is answered with 503, and there is place again when one has gone', async () => {
  const { url } = await startTestGateway({ limits: { maxConnections: 2 } });
  const socket = openSocket(url);
  await once(socket, 'open');
  const aborter = new AbortController();
  const stream = await fetch(url, {
    method: 'POST',
    headers: { ...EVENTS, 'content-type': 'application/json' },
    body: JSON.stringify({ query: WATCH }),
    signal: aborter.signal,
  });
  expect(stream.status).toBe(200);

  const refused = await post(url, { query: WATCH }, EVENTS);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  const [, response] = (await once(openSocket(url), 'unexpected-response')) as [unknown, IncomingMessage];
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '1']);
  expect((await post(url, { query: DETECTOR })).status).toBe(200);

  aborter.abort();
  await expect.poll(async () => (await post(url, { query: DETECTOR }, EVENTS)).status).toBe(200);
});

test('one principal has at most so many subscriptions, over all its connections', async () => {
  const { url } = await startTestGateway({ limits: { maxSubscriptionsPerPrincipal: 2 } });
  const watches = [connect(url), connect(url)].map((client) => client.iterate({ query: WATCH }));
  await Promise.all(watches.map((watch) => watch.next()));
  const message = 'Expected at most 2 subscriptions of one principal, got one more';
  const refusal = { message, extensions: { code: 'RATE_LIMITED' } };
  expect(await refusalOf(connect(url), WATCH)).toEqual([refusal]);
  const stream = await (await post(url, { query: WATCH }, EVENTS)).text();
  expect(stream).toContain(`event: next\ndata: ${JSON.stringify({ errors: [refusal] })}\n\nevent: complete`);
  expect(await resultOf(connect(url), DETECTOR)).toEqual({ data: { detector: null } });
  await watches[0]?.return?.();
  await expect.poll(() => resultOf(connect(url), WATCH).catch(() => null)).toMatchObject({ data: {} });
});

test('all principals together have at most so many subscriptions', async () => {
  const { url } = await startTestGateway({ limits: { maxSubscriptions: 1 } });
  await connect(url).iterate({ query: WATCH }).next();
  expect((await refusalOf(connect(url), WATCH))[0]?.extensions['code']).toBe('OVERLOADED');
});

test('a socket that sends too many messages at once is closed with a code on which clients do not come back', async () => {
  const limits = { messagesPerSecond: 5, maxSubscriptionsPerConnection: 2 };
  const { url } = await startTestGateway({ limits });
  const flooding = openSocket(url);
  await once(flooding, 'open');
  for (let sent = 0; sent < 20; sent += 1) flooding.send('{"type":"ping"}');
  expect((await once(flooding, 'close'))[0]).toBe(4429);
  expect(await resultOf(connect(url), DETECTOR)).toEqual({ data: { detector: null } });
});

test('a connection ends after its lifetime so that its client comes back', async () => {
  const { url } = await startTestGateway({ limits: { connectionLifetimeMs: 200 } });
  const socket = openSocket(url);
  const closed = once(socket, 'close');
  const stream = await (await post(url, { query: WATCH }, EVENTS)).text();
  expect(stream).toMatch(/SNAPSHOT"\}\}\}\n\n$/);
  expect((await closed)[0]).toBe(4410);
});
