import { type Sink } from './delivery.ts';

/** Who may use a sink, of which only so many may at once. */
export interface Slots {
  /** Takes a slot for a source; false: none is free, and the source is told when it has one. */
  take(source: string, sink: Sink): boolean;
  /** Gives a slot back, to the source that has waited longest. */
  give(sink: Sink): void;
}

/** Makes the slots of all sinks. `onGranted` is told of a source that waited and whose next `take` will succeed. */
export function createSlots(onGranted: (source: string) => void): Slots {
  const used = new Map<Sink, number>();
  const waiting = new Map<Sink, Set<string>>();
  const granted = new Set<string>();
  return {
    take(source, sink) {
      if (granted.delete(source)) return true;
      const inUse = used.get(sink) ?? 0;
      if (inUse < sink.concurrency) {
        used.set(sink, inUse + 1);
        return true;
      }
      const queue = waiting.get(sink);
      if (queue === undefined) waiting.set(sink, new Set([source]));
      else queue.add(source);
      return false;
    },
    give(sink) {
      const queue = waiting.get(sink);
      const next = queue?.values().next().value;
      if (next === undefined) {
        used.set(sink, (used.get(sink) ?? 1) - 1);
        return;
      }
      queue?.delete(next);
      granted.add(next);
      onGranted(next);
    },
  };
}
