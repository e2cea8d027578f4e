import { type Bus, BusUnavailableError, type Signal } from '../../../src/fanout/bus.ts';

/** A replica's end of a bus that can be cut off from the rest. */
export interface CuttableBus extends Bus {
  /** From now on calls are refused and nothing is heard; with `isDone` the next call is done first, and nobody learns of it. */
  cut(isDone?: boolean): void;
  mend(): void;
}

/** Makes the end of a bus cuttable. */
export function createCuttableBus(bus: Bus): CuttableBus {
  const listeners = new Set<(signal: Signal) => void>();
  let isCut = false;
  let mayDoOne = false;

  function tell(signal: Signal): void {
    for (const listener of [...listeners]) listener(signal);
  }

  async function call<Answer>(perform: () => Promise<Answer>): Promise<Answer> {
    if (mayDoOne) {
      mayDoOne = false;
      isCut = true;
      await perform();
      tell('LOST');
    }
    if (isCut) throw new BusUnavailableError('Expected a connection, got none: it is cut');
    return perform();
  }

  return {
    acquire: (...args) => call(() => bus.acquire(...args)),
    renew: (...args) => call(() => bus.renew(...args)),
    release: (...args) => call(() => bus.release(...args)),
    append: (...args) => call(() => bus.append(...args)),
    read: (...args) => call(() => bus.read(...args)),
    changesAfter: (...args) => call(() => bus.changesAfter(...args)),
    want: (...args) => call(() => bus.want(...args)),
    wanted: (...args) => call(() => bus.wanted(...args)),
    spend: (...args) => call(() => bus.spend(...args)),
    holdShare: (...args) => call(() => bus.holdShare(...args)),
    isConnected: () => !isCut,
    close: bus.close,
    subscribe(topic, listener) {
      const leave = bus.subscribe(topic, (signal) => {
        if (!isCut) listener(signal);
      });
      listeners.add(listener);
      return () => {
        leave();
        listeners.delete(listener);
      };
    },
    cut(isDone = false) {
      if (isCut) return;
      mayDoOne = isDone;
      if (isDone) return;
      isCut = true;
      tell('LOST');
    },
    mend() {
      mayDoOne = false;
      if (!isCut) return;
      isCut = false;
      tell('FOUND');
    },
  };
}
