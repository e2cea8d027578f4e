import { once } from 'node:events';
import { WebSocket } from 'ws';
import { DETECTOR_MODEL_NAMES, deviceNameOf, LIVE_MODEL_NAME } from '../gateway/fleet.ts';
import { DETECTOR_CHANGED } from '../gateway/subscriptions.ts';
import { range } from '../gateway/workloads.ts';

/** Subscribers, each with a WebSocket of its own; those of the first of each ten detectors have an event every second. */
export interface Subscribers {
  /** Opens more until there are `count`, and waits until each had its first event. */
  growTo(count: number): Promise<void>;
  /** What came since it was last asked. */
  take(): Arrivals;
  close(): void;
}

/** What came: how many events, and for each change how long it was on its way to the last subscriber, and how long after the first. */
interface Arrivals {
  readonly events: number;
  readonly lastDelaysMs: readonly number[];
  readonly spreadsMs: readonly number[];
}

const OPENED_AT_ONCE = 100;

/** Opens none yet. They take the detectors in turn. */
export function openSubscribers(url: URL, detectors: number): Subscribers {
  const sockets: WebSocket[] = [];
  let events = 0;
  /** By the change: its detector and when it was. */
  let changes = new Map<string, { readonly firstMs: number; readonly lastMs: number }>();

  async function subscribe(index: number): Promise<void> {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    sockets.push(socket);
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    const detectorModelName = (index % detectors) % 10 === 0 ? LIVE_MODEL_NAME : DETECTOR_MODEL_NAMES[0];
    const keyValue = deviceNameOf(index % detectors);
    const payload = { query: DETECTOR_CHANGED, variables: { detectorModelName, keyValue } };
    socket.send(JSON.stringify({ id: crypto.randomUUID(), type: 'subscribe', payload }));
    await once(socket, 'message');
    socket.on('message', (data: Buffer) => {
      const changedAt = /"lastUpdateTime":"([^"]+)"/.exec(data.toString('latin1'))?.[1];
      if (changedAt === undefined) throw new Error(`Expected an event, got ${data.toString()}`);
      const delayMs = Date.now() - Date.parse(changedAt);
      const change = keyValue + changedAt;
      events += 1;
      changes.set(change, { firstMs: changes.get(change)?.firstMs ?? delayMs, lastMs: delayMs });
    });
    socket.on('close', (code) => {
      throw new Error(`Expected events, but the WebSocket was closed with ${code}`);
    });
  }

  return {
    async growTo(count) {
      while (sockets.length < count) {
        const begin = sockets.length;
        await Promise.all(range(Math.min(OPENED_AT_ONCE, count - begin)).map((index) => subscribe(begin + index)));
      }
    },
    take() {
      const arrivals = {
        events,
        lastDelaysMs: [...changes.values()].map(({ lastMs }) => lastMs),
        spreadsMs: [...changes.values()].map(({ firstMs, lastMs }) => lastMs - firstMs),
      };
      events = 0;
      changes = new Map();
      return arrivals;
    },
    close() {
      for (const socket of sockets) socket.removeAllListeners('close').terminate();
    },
  };
}
