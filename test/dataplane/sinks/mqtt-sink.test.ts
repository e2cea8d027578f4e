import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { type AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMqttSink, type MqttSink } from '../../../src/dataplane/sinks/mqtt-sink.ts';
import { outgoing } from './outgoing.ts';

interface Broker {
  readonly server: Server;
  readonly received: {
    readonly topic: string;
    readonly payload: string;
    readonly qos: number;
    readonly retain: boolean;
  }[];
  readonly port: number;
  close(): Promise<void>;
}

/** A real broker; `authenticate` is asked for name and password where given. */
async function startBroker(port = 0, authenticate?: (username: string, password: string) => boolean): Promise<Broker> {
  const aedes = await Aedes.createBroker({
    ...(authenticate && {
      authenticate: (_client, username, password, done) => {
        done(null, authenticate(username ?? '', password?.toString() ?? ''));
      },
    }),
  });
  const received: Broker['received'] = [];
  aedes.on('publish', ({ topic, payload, qos, retain }, client) => {
    if (client !== null) received.push({ topic, payload: payload.toString(), qos, retain });
  });
  const server = createServer((socket) => aedes.handle(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    received,
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await new Promise<void>((resolve) => {
        aedes.close(resolve);
      });
    },
  };
}

let broker: Broker;
let sink: MqttSink | null = null;
const lines: string[] = [];
beforeEach(async () => {
  lines.length = 0;
  broker = await startBroker();
});
afterEach(async () => {
  await sink?.close();
  sink = null;
  await broker.close();
});

function open(options: { readonly username?: string; readonly password?: string } = {}): MqttSink {
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  sink = createMqttSink({ url: `mqtt://127.0.0.1:${broker.port}`, username: null, password: null, log, ...options });
  return sink;
}

const publish = (effect: Parameters<typeof outgoing>[0] = {}) =>
  (sink ?? open()).deliver(outgoing({ type: 'iotTopicPublish', target: 'hvac/Heating/Off', ...effect }));
const published = () =>
  vi.waitFor(
    async () => {
      expect(await publish()).toEqual({ ok: true });
    },
    { timeout: 10_000, interval: 20 },
  );

test('an action is published to its topic with QoS 1, its payload byte for byte', async () => {
  await published();
  expect(await publish({ target: 'a/größe', payload: '{"value":20.0}' })).toEqual({ ok: true });
  const { payload } = outgoing().effect;
  expect(broker.received).toEqual([
    { topic: 'hvac/Heating/Off', payload, qos: 1, retain: false },
    { topic: 'a/größe', payload: '{"value":20.0}', qos: 1, retain: false },
  ]);
});

test('without a connection an attempt fails at once, and after the broker is back it succeeds', async () => {
  await published();
  const { port } = broker;
  await broker.close();
  await vi.waitFor(async () => {
    expect(await publish()).toEqual({
      ok: false,
      reason: 'no connection to the MQTT broker',
      isFinal: false,
      retryAfterMs: null,
    });
  });
  broker = await startBroker(port);
  await published();
});

test('a topic with a wildcard is refused for good', async () => {
  await published();
  for (const target of ['a/+/b', '#']) expect(await publish({ target })).toMatchObject({ ok: false, isFinal: true });
  expect(broker.received).toHaveLength(1);
});

test('name and password are given, and wrong ones are told to the log without them', async () => {
  await broker.close();
  broker = await startBroker(0, (username, password) => username === 'fleet' && password === 'pa55word');
  open({ username: 'fleet', password: 'wr0ng' });
  await vi.waitFor(() => {
    expect(lines.join('')).toContain('no connection to the MQTT broker');
  }, 10_000);
  expect(lines.join('')).not.toMatch(/wr0ng|fleet"/);
  await sink?.close();
  open({ username: 'fleet', password: 'pa55word' });
  await published();
});
