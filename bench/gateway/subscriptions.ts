import { once } from 'node:events';
import { WebSocket } from 'ws';
import { DETECTOR_MODEL_NAMES, deviceNameOf, LIVE_MODEL_NAME } from './fleet.ts';
import { range } from './workloads.ts';

/** Subscriptions to 100 detectors over raw WebSockets; those of every tenth detector have an event every second. */
export interface Subscriptions {
  /** Opens more until there are `count`, and waits until each had its first event. */
  growTo(count: number): Promise<void>;
  /** How many events came so far. */
  events(): number;
  close(): void;
}

const DETECTORS = 100;
/** As many as the gateway allows on one WebSocket. */
const SUBSCRIPTIONS_PER_SOCKET = 100;

/** What subscribers ask for. */
export const DETECTOR_CHANGED = /* GraphQL */ `
  subscription DetectorChanged($detectorModelName: String!, $keyValue: String!) {
    detectorChanged(detectorModelName: $detectorModelName, keyValue: $keyValue) {
      kind
      detector {
        state {
          stateName
          variables {
            name
            value
          }
        }
        lastUpdateTime
      }
    }
  }
`;

/** Opens none yet. */
export function openSubscriptions(url: URL): Subscriptions {
  const sockets: WebSocket[] = [];
  let open = 0;
  let events = 0;

  async function subscribe(count: number): Promise<void> {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    sockets.push(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const started = new Set<string>();
    const allStarted = new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        const { id, type, payload } = JSON.parse(data.toString()) as { id: string; type: string; payload: unknown };
        if (type === 'ping') return;
        if (type !== 'next') reject(new Error(`Expected events, got ${type}: ${JSON.stringify(payload)}`));
        events += 1;
        if (started.size < count && started.add(id).size === count) resolve();
      });
      socket.on('close', (code) => {
        reject(new Error(`Expected events, but the WebSocket was closed with ${code}`));
      });
    });
    for (const id of range(count)) {
      const detectorModelName = id % 10 === 0 ? LIVE_MODEL_NAME : DETECTOR_MODEL_NAMES[0];
      const variables = { detectorModelName, keyValue: deviceNameOf(id % DETECTORS) };
      const payload = { operationName: 'DetectorChanged', query: DETECTOR_CHANGED, variables };
      socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
    }
    await allStarted;
  }

  return {
    async growTo(count) {
      while (open < count) {
        const more = Math.min(SUBSCRIPTIONS_PER_SOCKET, count - open);
        await subscribe(more);
        open += more;
      }
    },
    events: () => events,
    close() {
      for (const socket of sockets) socket.removeAllListeners('close').terminate();
    },
  };
}
