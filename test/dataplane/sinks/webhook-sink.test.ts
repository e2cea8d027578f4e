import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createWebhookSink } from '../../../src/dataplane/sinks/webhook-sink.ts';
import { outgoing } from './outgoing.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let server: Server;
let received: Received[];
let answer: (response: ServerResponse) => void;
beforeEach(async () => {
  received = [];
  answer = (response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const { method, url, headers } = request;
        received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        answer(response);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const urlOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`;
const sink = (options: Partial<Parameters<typeof createWebhookSink>[0]> = {}) =>
  createWebhookSink({
    url: urlOf(),
    secret: null,
    timeoutMs: 5_000,
    clock: systemClock,
    closing: new AbortController().signal,
    ...options,
  });

describe('requests', () => {
  test("AWS's payload is the body, byte for byte, and the rest of the CloudEvent is in headers", async () => {
    expect(await sink().deliver(outgoing())).toEqual({ ok: true });
    expect(received).toMatchObject([{ method: 'POST', url: '/hook?a=b', body: outgoing().effect.payload }]);
    const { headers } = received[0] ?? { headers: {} };
    const events = Object.entries(headers).filter(([name]) => name.startsWith('ce-') || name === 'content-type');
    expect(Object.fromEntries(events)).toEqual({
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': '5d7444df-a655-3587-a609-dbd7a0f55267',
      'ce-source': '/detectors/motor/keyValues/?keyValue=Fulton-A32',
      'ce-type': 'fleetgraph.action.sns',
      'ce-time': '2019-05-17T21:50:16.420Z',
      'ce-eventname': 'Pressure%20Threshold%20Breached',
      'ce-statename': 'Dangerous',
      'ce-targetarn': 'arn:aws:sns:us-east-1:123456789012:underPressureAction',
    });
  });

  test('a text that is no JSON is sent as text, with the parameters of its action', async () => {
    const parameters = { operation: 'INSERT', hashKeyField: 'größe "1" 100%', hashKeyType: 'STRING' };
    await sink().deliver(outgoing({ type: 'dynamoDB', target: 'table', parameters, payload: 'ünï', eventName: null }));
    expect(received).toMatchObject([{ body: 'ünï' }]);
    const headers = received[0]?.headers ?? {};
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['ce-tablename']).toBe('table');
    // Source: CloudEvents, "HTTP Protocol Binding", 3.1.3.2.
    expect(headers['ce-hashkeyfield']).toBe('gr%C3%B6%C3%9Fe%20%221%22%20100%25');
    expect(headers).not.toHaveProperty('ce-eventname');
    for (const name of Object.keys(headers).filter((each) => each.startsWith('ce-'))) {
      expect(name).toMatch(/^ce-[a-z0-9]+$/);
    }
  });

  test('the signature is one that the reference library of Standard Webhooks accepts', async () => {
    await sink({ secret }).deliver(outgoing({ payload: '{"text":"größer"}' }));
    const { headers = {}, body = '' } = received[0] ?? {};
    const verify = (text: string) => new Webhook(secret).verify(text, headers as Record<string, string>);
    expect(verify(body)).toEqual({ text: 'größer' });
    expect(headers['webhook-id']).toBe('5d7444df-a655-3587-a609-dbd7a0f55267');
    expect(() => verify(`${body} `)).toThrow('No matching signature found');
  });

  test('without a secret there is no signature', async () => {
    await sink().deliver(outgoing());
    expect(Object.keys(received[0]?.headers ?? {}).filter((name) => name.startsWith('webhook-'))).toEqual([]);
  });
});

describe('answers', () => {
  test.each([200, 201, 202, 204, 299])('%d is done', async (status) => {
    answer = (response) => response.writeHead(status).end();
    expect(await sink().deliver(outgoing())).toEqual({ ok: true });
  });

  test.each([301, 308, 400, 401, 403, 404, 410, 413, 422])('%d is final', async (status) => {
    answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end();
    const failure = { ok: false, reason: `HTTP ${status}`, isFinal: true, retryAfterMs: null };
    expect(await sink().deliver(outgoing())).toEqual(failure);
    expect(received).toHaveLength(1);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('%d is tried again', async (status) => {
    answer = (response) => response.writeHead(status).end('x'.repeat(100_000));
    const failure = { ok: false, reason: `HTTP ${status}`, isFinal: false, retryAfterMs: null };
    expect(await sink().deliver(outgoing())).toEqual(failure);
  });

  test.each([
    ['120', 120_000],
    [new Date(Date.now() + 100_000).toUTCString(), 100_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', null],
  ])('Retry-After: %s is understood', async (value, expectedMs) => {
    answer = (response) => response.writeHead(503, { 'retry-after': value }).end();
    const delivery = await sink().deliver(outgoing());
    const retryAfterMs = delivery.ok ? null : delivery.retryAfterMs;
    // A date has whole seconds.
    if (expectedMs === null) expect(retryAfterMs).toBeNull();
    else expect(Math.abs((retryAfterMs ?? -1e9) - expectedMs)).toBeLessThan(2_000);
  });

  test('no answer in time, a broken connection and a refused one are tried again, with the reason', async () => {
    answer = () => undefined;
    const late = await sink({ timeoutMs: 50 }).deliver(outgoing());
    expect(late).toMatchObject({ ok: false, isFinal: false, reason: 'no answer within 50 ms' });
    answer = (response) => response.socket?.destroy();
    expect(await sink().deliver(outgoing())).toMatchObject({ ok: false, isFinal: false, reason: 'other side closed' });
    const refused = await sink({ url: 'http://127.0.0.1:1/' }).deliver(outgoing());
    expect(refused).toMatchObject({ ok: false, isFinal: false });
  });

  test('what is under way when the program stops is given up', async () => {
    answer = () => undefined;
    const closing = new AbortController();
    const delivery = sink({ closing: closing.signal }).deliver(outgoing());
    closing.abort();
    expect(await delivery).toMatchObject({ ok: false, isFinal: false });
  });
});
