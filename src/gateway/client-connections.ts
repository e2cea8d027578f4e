import { setTimeout as wait } from 'node:timers/promises';
import { createTally } from './tally.ts';

/** A connection that stays open. */
interface Connection {
  readonly transport: 'websocket' | 'sse' | 'multipart';
  /** Shows that it is still in use, and ends it if the client has gone. Called every PING_INTERVAL_MS. */
  ping(): void;
  /** Ends it so that the client comes back. */
  close(reason: CloseReason): void;
  /** Ends it without a word. */
  cutOff(): void;
}

/** `restart`: the gateway stops; `lifetime`: it was open for as long as it may be. */
export type CloseReason = 'restart' | 'lifetime';

/** The connections of a gateway that stay open. */
export interface Connections {
  /** Whether no more may be opened: there are as many as may be, or the gateway closes. */
  isFull(): boolean;
  /** Takes one in; the returned function says that it is gone, and with which code. */
  add(connection: Connection): (code: string) => void;
  /** How many there are of each transport. */
  open(): ReadonlyMap<Connection['transport'], number>;
  /** How many have gone, by code. */
  readonly ended: ReadonlyMap<string, number>;
  /** Closes all, many of them evenly within `spreadMs`, and cuts off those that have not gone `timeoutMs` later. */
  close(spreadMs: number, timeoutMs: number): Promise<void>;
}

/** What connections are held to. */
interface ConnectionLimits {
  readonly maxConnections: number;
  /** How long one may be open; 0: as long as it likes. */
  readonly connectionLifetimeMs: number;
}

/** A connection is silent for no longer than this; proxies give up on one after 30 to 60 s. */
export const PING_INTERVAL_MS = 12_000;
/** Not all connections are pinged at once. */
const GROUPS = 12;
/** Of a lifetime, by how much one may be shorter. */
const LIFETIME_SPREAD = 0.1;
/** So few come back at once without harm. */
const CLOSED_AT_ONCE = 20;
const CLOSE_STEP_MS = 50;

/** Makes the Connections of a gateway, without any. */
export function createConnections({ maxConnections, connectionLifetimeMs }: ConnectionLimits): Connections {
  const groups = Array.from({ length: GROUPS }, () => new Set<Connection>());
  const tally = createTally();
  const ended = new Map<string, number>();
  let isClosing = false;
  let turn = 0;
  const beat = setInterval(() => {
    turn = (turn + 1) % GROUPS;
    for (const connection of groups[turn] ?? []) connection.ping();
  }, PING_INTERVAL_MS / GROUPS).unref();

  /** Those that came at once, as after a restart, are not to come back at once. */
  const lifetimeMs = () => connectionLifetimeMs * (1 - Math.random() * LIFETIME_SPREAD);

  return {
    isFull: () => isClosing || tally.count() >= maxConnections,
    add(connection) {
      // The one whose turn comes last.
      const group = groups[turn];
      group?.add(connection);
      const leave = tally.begin();
      const expiry = connectionLifetimeMs > 0 ? setTimeout(expire, lifetimeMs()).unref() : undefined;
      function expire(): void {
        connection.close('lifetime');
      }
      return (code) => {
        clearTimeout(expiry);
        group?.delete(connection);
        ended.set(code, (ended.get(code) ?? 0) + 1);
        leave();
      };
    },
    open() {
      const counts = new Map<Connection['transport'], number>();
      for (const group of groups) {
        for (const { transport } of group) counts.set(transport, (counts.get(transport) ?? 0) + 1);
      }
      return counts;
    },
    ended,
    async close(spreadMs, timeoutMs) {
      isClosing = true;
      const all = groups.flatMap((group) => [...group]);
      const steps = all.length > CLOSED_AT_ONCE ? Math.ceil(spreadMs / CLOSE_STEP_MS) : 1;
      for (let step = 0; step < steps; step += 1) {
        if (step > 0) await wait(CLOSE_STEP_MS);
        const placeOf = (of: number) => Math.floor((all.length * of) / steps);
        for (const connection of all.slice(placeOf(step), placeOf(step + 1))) connection.close('restart');
      }
      await tally.idle(timeoutMs);
      clearInterval(beat);
      for (const group of groups) for (const connection of group) connection.cutOff();
    },
  };
}
