import { connect } from 'mqtt';
import { type Log } from '../../telemetry/log.ts';
import { type Delivery, type Sink } from '../runtime/delivery.ts';

/** The broker, and as whom it is used; null: without. */
export interface MqttOptions {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly log: Log;
}

/** A sink with a connection, which `close` ends. */
export interface MqttSink extends Sink {
  close(): Promise<void>;
}

const concurrency = 256;
const answerTimeoutMs = 10_000;
const reconnectMs = 1_000;

/**
 * Makes the sink that publishes to a broker with QoS 1: done is what the broker has acknowledged. It connects by itself, again
 * and again; without a connection an attempt fails at once. Source: detector-engine.md, 11.4; MQTT 3.1.1, 4.3.2.
 */
export function createMqttSink({ url, username, password, log }: MqttOptions): MqttSink {
  const client = connect(url, {
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    reconnectPeriod: reconnectMs,
    reconnectOnConnackError: true,
  });
  let isUp = false;
  const underWay = new Set<(delivery: Delivery) => void>();
  client.on('connect', () => {
    isUp = true;
    log.info('connected to the MQTT broker');
  });
  client.on('close', () => {
    if (isUp) log.warn('the connection to the MQTT broker is broken');
    isUp = false;
    for (const settle of underWay) settle(failed('the connection to the MQTT broker is broken', false));
  });
  client.on('error', (error) => {
    log.warn({ reason: error.message }, 'no connection to the MQTT broker');
  });
  return {
    concurrency,
    async deliver({ effect: { target, payload } }) {
      // Source: MQTT 3.1.1, 3.3.2.1 and 4.7.3.
      if (/[+#\0]/.test(target)) return failed('Expected a topic without wildcards, got one that has them', true);
      if (!client.connected) return failed('no connection to the MQTT broker', false);
      const { promise, resolve: settle } = Promise.withResolvers<Delivery>();
      underWay.add(settle);
      const timeout = setTimeout(settle, answerTimeoutMs, failed(`no answer within ${answerTimeoutMs} ms`, false));
      client.publish(target, payload, { qos: 1 }, (error) => {
        settle(error ? failed(error.message, false) : { ok: true });
      });
      try {
        return await promise;
      } finally {
        clearTimeout(timeout);
        underWay.delete(settle);
      }
    },
    close: () => client.endAsync(true),
  };
}

function failed(reason: string, isFinal: boolean): Delivery {
  return { ok: false, reason, isFinal, retryAfterMs: null };
}
