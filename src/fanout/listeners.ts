import { type Signal } from './bus.ts';

/** Who hears the signals of what. */
export interface Listeners {
  /** The returned function removes it again. The same listener may be added twice. */
  readonly add: (name: string, listener: (signal: Signal) => void) => () => void;
  has(name: string): boolean;
  tell(name: string, signal: Signal): void;
  names(): Iterable<string>;
}

/** Nobody at first. */
export function createListeners(): Listeners {
  const listeners = new Map<string, Set<{ readonly hear: (signal: Signal) => void }>>();
  return {
    add(name, hear) {
      const listener = { hear };
      const those = listeners.get(name) ?? new Set();
      listeners.set(name, those.add(listener));
      return () => {
        those.delete(listener);
        if (those.size === 0 && listeners.get(name) === those) listeners.delete(name);
      };
    },
    has: (name) => listeners.has(name),
    tell(name, signal) {
      for (const { hear } of listeners.get(name) ?? []) hear(signal);
    },
    names: () => listeners.keys(),
  };
}
