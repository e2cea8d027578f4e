import { type Signal } from './bus.ts';
import { createListeners } from './listeners.ts';
import { type RedisConnection } from './redis-connection.ts';

/** The signals that replicas publish, and those of the connection itself. */
export interface RedisSignals {
  /** What is called on the connection after it misses no signal of what happens after. The returned function ends it. */
  readonly subscribe: (channel: string, listener: (signal: Signal) => void) => () => void;
}

/** Hears what is published on the channels that somebody listens to, over every new connection again. */
export function createRedisSignals(connection: RedisConnection): RedisSignals {
  const listeners = createListeners();

  function listen(channel: string): void {
    const hear = (signal: string) => {
      listeners.tell(channel, signal as Signal);
    };
    connection
      .call((client) => client.subscribe(channel, hear))
      .catch(() => {
        listeners.tell(channel, 'LOST');
      });
  }

  connection.onChange((signal) => {
    // The subscriptions are sent first, so that what is read from now on misses nothing.
    if (signal === 'FOUND') for (const channel of listeners.names()) listen(channel);
    for (const channel of listeners.names()) listeners.tell(channel, signal);
  });

  return {
    subscribe(channel, listener) {
      const isFirst = !listeners.has(channel);
      const remove = listeners.add(channel, listener);
      if (isFirst) listen(channel);
      return () => {
        remove();
        if (listeners.has(channel)) return;
        // If it fails, what is still heard has no listener.
        connection.call((client) => client.unsubscribe(channel)).catch(() => undefined);
      };
    },
  };
}
