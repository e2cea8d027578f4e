import { afterEach, beforeEach } from 'vitest';
import {
  type Bus,
  type Lease,
  type ObjectChange,
  type Reading,
  type RecordLimits,
  type Signal,
} from '../../src/fanout/bus.ts';

/** An empty bus that replicas can join, and the passing of its time. */
interface BusPlace {
  connect(): Promise<Bus>;
  pass(ms: number): Promise<void>;
}

export type CreateBusPlace = (limits: RecordLimits) => BusPlace;

/** Longer than any test. */
export const LONG_MS = 60_000;
/** Short enough to be waited for. */
export const SHORT_MS = 100;

/** Three replicas on an empty place for every test of the suite that calls this. */
export function useReplicas(
  createPlace: CreateBusPlace,
  limits: RecordLimits = { keepMs: LONG_MS, maxChanges: 4 },
): { readonly replicas: () => readonly [Bus, Bus, Bus]; readonly pass: (ms: number) => Promise<void> } {
  let place: BusPlace;
  let replicas: readonly [Bus, Bus, Bus];
  beforeEach(async () => {
    place = createPlace(limits);
    replicas = await Promise.all([place.connect(), place.connect(), place.connect()]);
  });
  afterEach(() => {
    for (const bus of replicas) bus.close();
  });
  return { replicas: () => replicas, pass: (ms) => place.pass(ms) };
}

/** What a replica hears of a topic. */
export function hear(bus: Bus, topic: string): { readonly next: () => Promise<Signal>; readonly leave: () => void } {
  const heard: Signal[] = [];
  let wake: () => void = () => undefined;
  const leave = bus.subscribe(topic, (signal) => {
    heard.push(signal);
    wake();
  });
  return {
    leave,
    async next() {
      for (;;) {
        const signal = heard.shift();
        if (signal !== undefined) return signal;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

/** The lease of a topic that nobody else has. */
export async function leaseOf(bus: Bus, topic: string, ttlMs = LONG_MS): Promise<Lease> {
  const { lease } = await bus.acquire(topic, ttlMs);
  if (lease === null) throw new Error('Expected the lease, got none');
  return lease;
}

/** What a poll without a fault found. */
export const reading = (changes: readonly ObjectChange[], atMs = 1000): Reading => ({ changes, atMs, fault: null });
export const put = (key: string, text: string): ObjectChange => ({ key, text });
export const gone = (key: string): ObjectChange => ({ key, text: null });

/** Takes the lease and makes the first reading, whose sequence number is 1. */
export async function begin(bus: Bus, topic: string, changes: readonly ObjectChange[]): Promise<Lease> {
  const lease = await leaseOf(bus, topic);
  await bus.append(lease, 0, reading(changes), LONG_MS);
  return lease;
}
