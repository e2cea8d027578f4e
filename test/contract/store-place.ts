import { afterEach, beforeEach } from 'vitest';
import { type Store } from '../../src/dataplane/store/store.ts';

/** One place for data that stores can be opened on, one after the other. */
export interface StorePlace {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

/** A store on an empty place for every test of the suite that calls this; `reopen` closes it and opens it again. */
export function useStore(createPlace: () => Promise<StorePlace>): {
  readonly store: Store;
  readonly reopen: () => Promise<void>;
} {
  let place: StorePlace;
  let opened: Store;
  beforeEach(async () => {
    place = await createPlace();
    opened = await place.open();
  });
  afterEach(async () => {
    await opened.close();
    await place.remove();
  });
  return {
    store: { transact: (work) => opened.transact(work), close: () => opened.close() },
    async reopen() {
      await opened.close();
      opened = await place.open();
    },
  };
}
