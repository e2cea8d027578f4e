import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../src/clock.ts';
import { createReadinessCheck } from '../../../src/gateway/health.ts';
import { type Behaviour, hanging } from '../upstream/faulty-upstream.ts';
import { upstreamAt } from '../upstream/with-upstream.ts';
import { answerTo, connect, post, resultOf, startTestGateway } from './start-test-gateway.ts';

const DETECTOR = '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }';
const OTHER = '{ detector(detectorModelName: "motor", keyValue: "m2") { keyValue } }';
const WATCH = 'subscription { detectorChanged(detectorModelName: "motor", keyValue: "m1") { kind } }';

/** Keeps each request until it is let go. */
function holding() {
  const held: (() => void)[] = [];
  const behaviour: Behaviour = (_request, response) => {
    held.push(() => {
      response.writeHead(404, { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' });
      response.end('{}');
    });
  };
  return { behaviour, held };
}

test('answers in flight are finished, over HTTP and WebSocket, before sockets close', async () => {
  const { gateway, url, misbehave } = await startTestGateway();
  const { behaviour, held } = holding();
  misbehave(behaviour);
  const answers = Promise.all([answerTo(url, DETECTOR), resultOf(connect(url), OTHER)]);
  await expect.poll(() => held.length).toBe(2);
  const closed = gateway.close();
  for (const letGo of held) letGo();
  expect(await answers).toEqual([{ data: { detector: null } }, { data: { detector: null } }]);
  await closed;
});

test('while it drains the gateway takes no new connections', async () => {
  const { gateway, url, misbehave } = await startTestGateway();
  const { behaviour, held } = holding();
  misbehave(behaviour);
  const answer = answerTo(url, DETECTOR);
  await expect.poll(() => held.length).toBe(1);
  const closed = gateway.close();
  const refused = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  const [error] = (await once(refused, 'error').catch((error: unknown) => [error])) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
  held[0]?.();
  await Promise.all([answer, closed]);
});

test('an answer that does not come is waited for no longer than the drain timeout', async () => {
  const { gateway, url, misbehave, requests } = await startTestGateway({ drainTimeoutMs: 200 });
  misbehave(hanging);
  const answer = answerTo(url, DETECTOR).catch(() => 'cut off');
  await expect.poll(() => requests.length).toBe(1);
  await gateway.close();
  expect(await answer).toBe('cut off');
});

test('subscribers are closed with a code that graphql-ws clients retry', async () => {
  const { gateway, url } = await startTestGateway();
  let closeCode: unknown;
  const retried = Promise.withResolvers<unknown>();
  const client = connect(url, {
    retryAttempts: 1,
    shouldRetry: () => true,
    retryWait: () => {
      retried.resolve(true);
      return Promise.resolve();
    },
    on: {
      closed: (event) => {
        closeCode ??= (event as { code: number }).code;
      },
    },
  });
  const watch = client.iterate({ query: WATCH });
  await watch.next();
  const ended = watch.next().catch(() => 'the gateway is gone');
  await gateway.close();
  expect(await retried.promise).toBe(true);
  expect(closeCode).toBe(1012);
  expect(await ended).toBe('the gateway is gone');
});

test('many subscribers are sent away one after the other, and go on at another gateway', async () => {
  const [first, second] = [await startTestGateway({ drainSpreadMs: 500 }), await startTestGateway()];
  let url = first.url;
  const closedAtMs: number[] = [];
  const query =
    'subscription Q($after: String) { detectorChanged(detectorModelName: "motor", keyValue: "m1", after: $after) { kind cursor } }';
  const follow = async () => {
    const client = connect('', {
      url: () => url.replace('http', 'ws'),
      retryAttempts: 1,
      retryWait: () => Promise.resolve(),
      on: { closed: () => closedAtMs.push(performance.now()) },
    });
    const variables: Record<string, unknown> = {};
    const events = client.iterate<{ detectorChanged: { kind: string; cursor: string } }>({ query, variables });
    const next = async () => {
      const change = ((await events.next()).value as { data: { detectorChanged: { kind: string; cursor: string } } })
        .data.detectorChanged;
      variables['after'] = change.cursor;
      return change.kind;
    };
    expect(await next()).toBe('SNAPSHOT');
    return next;
  };
  const followers = await Promise.all(Array.from({ length: 200 }, follow));
  url = second.url;
  await first.gateway.close();
  const kinds = await Promise.all(followers.map(async (next) => [await next(), await next()]));
  expect(new Set(kinds.map(String))).toEqual(new Set(['GAP,SNAPSHOT']));
  // Ten steps of twenty; nobody is sent away before its turn.
  const firstMs = Math.min(...closedAtMs);
  expect(closedAtMs.filter((atMs) => atMs >= firstMs + 200).length).toBeGreaterThanOrEqual(80);
});

test('event streams end without their last message when the gateway closes', async () => {
  const { gateway, url } = await startTestGateway();
  const streams = await Promise.all(
    ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'].map((accept) =>
      post(url, { query: WATCH }, { accept }),
    ),
  );
  const texts = Promise.all(streams.map((stream) => stream.text()));
  await gateway.close();
  for (const text of await texts) expect(text).not.toMatch(/complete|--\r\n$/);
});

test('while it drains the gateway is not ready, however upstream answers', async () => {
  const { dataplane } = await startTestGateway();
  const readiness = await createReadinessCheck(upstreamAt(dataplane.url), systemClock, null, () => true)();
  expect(readiness).toMatchObject({ ready: false, status: 'draining', upstream: { 'iotevents-data': 'ok' } });
});

test('a socket that does not answer the closing handshake is cut off', async () => {
  const { gateway, url } = await startTestGateway();
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  socket.pause();
  await gateway.close();
  socket.terminate();
});
