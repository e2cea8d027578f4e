import { type Clock } from '../../clock.ts';
import { type ExternalActionType } from '../../engine/action/external-action.ts';
import { type Log } from '../../telemetry/log.ts';
import { type Sink } from '../runtime/delivery.ts';
import { createLogSink } from './log-sink.ts';
import { createWebhookSink } from './webhook-sink.ts';

/** Where actions go. `webhooks` by type of action, `*` for all types that it does not name; null: nowhere. */
export interface SinksOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly webhooks: ReadonlyMap<string, string>;
  readonly webhookSecret: string | null;
  readonly webhookTimeoutMs: number;
  readonly mqtt: { readonly url: string; readonly username: string | null; readonly password: string | null } | null;
}

/** The sinks of a data plane. */
export interface Sinks {
  readonly sinkOf: (type: ExternalActionType) => Sink;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** Makes the sinks: MQTT for iotTopicPublish, webhooks for the types that have one, and the log for all others. */
export async function createSinks(options: SinksOptions): Promise<Sinks> {
  const { log, clock, webhooks, webhookSecret: secret, webhookTimeoutMs: timeoutMs, mqtt } = options;
  const closing = new AbortController();
  const logSink = createLogSink(log);
  // One sink for each URL, however many types it is for, as its slots are its own.
  const webhookSinks = new Map(
    Array.from(new Set(webhooks.values()), (url) => [
      url,
      createWebhookSink({ url, secret, timeoutMs, clock, closing: closing.signal }),
    ]),
  );
  // Only here: most data planes have no broker.
  const mqttSink = mqtt === null ? null : (await import('./mqtt-sink.ts')).createMqttSink({ ...mqtt, log });
  return {
    sinkOf(type) {
      if (type === 'iotTopicPublish' && mqttSink !== null) return mqttSink;
      const url = webhooks.get(type) ?? webhooks.get('*');
      return (url !== undefined && webhookSinks.get(url)) || logSink;
    },
    async close() {
      closing.abort();
      await mqttSink?.close();
    },
  };
}
