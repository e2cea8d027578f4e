import { DEVICES } from './models.ts';
import { type Receiver } from './receiver.ts';
import { putMessage, readHeartbeat, readVariable, sendHeartbeat, updateDetector } from './requests.ts';

/** One client, who sends one numbered thing after the other, and the same again until it is acknowledged. */
export interface Client {
  readonly kind: 'messages' | 'updates' | 'heartbeats' | 'timers';
  /** The last number that was acknowledged, and that may have been applied: it is one more while one is under way. */
  acknowledged: number;
  send(url: string, number: number): Promise<void>;
  /** The last number that the data plane has applied; null: only the receiver tells. */
  readonly readApplied: ((url: string) => Promise<number>) | null;
  /** What the receiver has to have, in this order, once everything is acknowledged and performed. */
  effects(receiver: Receiver): readonly { readonly expected: readonly string[]; readonly got: readonly string[] }[];
}

const KEYS = 4;

/** Makes the clients of a run. */
export function createClients(): readonly Client[] {
  return [
    ...Array.from({ length: KEYS }, (_, index) => messageClient(`tick-${index}`)),
    ...Array.from({ length: 2 }, (_, index) => timerClient(`wake-${index}`)),
    ...Array.from({ length: 2 }, (_, index) => updateClient(`hold-${index}`)),
    ...DEVICES.map(heartbeatClient),
  ];
}

function messageClient(key: string): Client {
  const client: Client = {
    kind: 'messages',
    acknowledged: 0,
    send: (url, number) => putMessage(url, 'Tick', `${key}-${number}`, { key, number }),
    readApplied: (url) => readVariable(url, 'ticks', key, 'count'),
    effects: (receiver) => [
      { expected: numbersTo(client.acknowledged), got: receiver.bodiesOf(sourceOf('ticks', key)) },
    ],
  };
  return client;
}

function timerClient(prefix: string): Client {
  const client: Client = {
    kind: 'timers',
    acknowledged: 0,
    send: (url, number) => putMessage(url, 'Wake', `${prefix}-${number}`, { key: `${prefix}-${number}` }),
    readApplied: null,
    effects: (receiver) =>
      numbersTo(client.acknowledged).map((number) => ({
        expected: ['woken'],
        got: receiver.bodiesOf(sourceOf('wakes', `${prefix}-${number}`)),
      })),
  };
  return client;
}

function updateClient(key: string): Client {
  return {
    kind: 'updates',
    acknowledged: 0,
    async send(url, number) {
      // Only a detector that is there can be updated.
      if (number === 1) await putMessage(url, 'Hold', key, { key });
      await updateDetector(url, key, number);
    },
    readApplied: (url) => readVariable(url, 'holds', key, 'value'),
    effects: () => [],
  };
}

function heartbeatClient(deviceName: string): Client {
  return {
    kind: 'heartbeats',
    acknowledged: 0,
    send: (url, number) => sendHeartbeat(url, deviceName, number),
    readApplied: (url) => readHeartbeat(url, deviceName),
    effects: () => [],
  };
}

function numbersTo(last: number): readonly string[] {
  return Array.from({ length: last }, (_, index) => String(index + 1));
}

function sourceOf(model: string, key: string): string {
  return `/detectors/${model}/keyValues/?keyValue=${key}`;
}
