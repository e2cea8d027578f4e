import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../src/clock.ts';
import { createReadinessCheck } from '../../../src/gateway/health.ts';
import { type Behaviour, hanging } from '../upstream/faulty-upstream.ts';
import { upstreamAt } from '../upstream/with-upstream.ts';
import { answerTo, connect, resultOf, startTestGateway } from './start-test-gateway.ts';

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

test('while it drains the gateway is not ready, however upstream answers', async () => {
  const { dataplane } = await startTestGateway();
  const readiness = await createReadinessCheck(upstreamAt(dataplane.url), systemClock, () => true)();
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
