import { type Clock } from '../../clock.ts';
import { type Store, type Transaction } from '../store/store.ts';
import { type CatalogReference } from './catalog.ts';
import { type Quotas } from './quotas.ts';

/** Where and whose the resources are, in their ARNs. */
export interface Account {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** What an operation of a control plane works with: one transaction, and all that it needs to know beside it. */
export interface ControlContext {
  readonly tx: Transaction;
  readonly catalog: CatalogReference;
  readonly nowMs: number;
  readonly quotas: Quotas;
  readonly account: Account;
  /** A device that was heard of within this time counts as connected. [ASSUMED W7] */
  readonly connectedWithinMs: number;
}

/** What the control planes do to the data plane. */
export interface Control {
  /** Runs `work` in one transaction; it does not change the catalog. */
  transact<T>(work: (context: ControlContext) => Promise<T>): Promise<T>;
  /**
   * Runs work that may change the catalog: messages meet the change from the transaction after this one on. Rejects as
   * `work` or the store does, and then nothing was changed.
   */
  publish<T>(work: (context: ControlContext) => Promise<T>): Promise<T>;
}

interface ControlOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly catalog: CatalogReference;
  readonly quotas: Quotas;
  readonly account: Account;
  readonly connectedWithinMs: number;
}

/** Makes the control planes' way to the store and the catalog. */
export function createControl({ store, clock, catalog, ...settings }: ControlOptions): Control {
  let last: Promise<unknown> = Promise.resolve();

  function transact<T>(work: (context: ControlContext) => Promise<T>): Promise<T> {
    return store.transact((tx) => work({ tx, catalog, nowMs: clock.nowMs(), ...settings }));
  }

  async function publish<T>(work: (context: ControlContext) => Promise<T>): Promise<T> {
    const before = catalog.current;
    try {
      return await transact(async (context) => {
        try {
          return await work(context);
        } catch (error) {
          // Here: transactions that come after this one and share its COMMIT must not see what was rolled back.
          catalog.current = before;
          throw error;
        }
      });
    } catch (error) {
      catalog.current = before;
      throw error;
    }
  }

  return {
    transact,
    publish(work) {
      // One after the other, so that one that fails brings back the catalog of the one before.
      const result = last.then(() => publish(work));
      last = result.catch(() => undefined);
      return result;
    },
  };
}
