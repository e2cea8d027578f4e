import { type Bus, type Lease } from '../../fanout/bus.ts';

/** Whether this replica may write the record of a topic of the bus. */
export interface Tenure {
  /** Null: it may not. */
  lease(): Lease | null;
  /** Renews the lease or acquires one. Rejects as the bus does. */
  seek(): Promise<Sought>;
  /** Forgets the lease, which may be somebody else's by now. */
  drop(): void;
  /** Gives the lease to whoever wants it. Never rejects: what fails to be released runs out. */
  release(): Promise<void>;
}

/** The lease is the one it was; or new; or somebody else's, for so long at most. */
type Sought =
  | { readonly kind: 'kept' }
  | { readonly kind: 'taken'; readonly lease: Lease }
  | { readonly kind: 'refused'; readonly expiresInMs: number };

/** Makes a tenure without a lease. */
export function createTenure(bus: Bus, topic: string, leaseMs: number): Tenure {
  let current: Lease | null = null;
  return {
    lease: () => current,
    async seek() {
      if (current !== null && (await bus.renew(current, leaseMs))) return { kind: 'kept' };
      const answer = await bus.acquire(topic, leaseMs);
      current = answer.lease;
      return answer.lease === null
        ? { kind: 'refused', expiresInMs: answer.expiresInMs }
        : { kind: 'taken', lease: answer.lease };
    },
    drop() {
      current = null;
    },
    async release() {
      const held = current;
      current = null;
      if (held !== null) await bus.release(held).catch(() => undefined);
    },
  };
}
