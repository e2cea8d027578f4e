import { type Sink } from './delivery.ts';

/** Who may use a sink, of which only so many may at once. */
export interface Slots {
  /** Takes a slot for a source; false: none is free, and the source is told when it has one. */
  take(source: string, sink: Sink): boolean;
  /** Gives a slot back, to the source that has waited longest. */
  give(sink: Sink): void;
  /** Gives back the slot that a source was granted and has no use for, if there is one. */
  forgo(source: string): void;
}

/** Makes the slots of all sinks. `onGranted` is told of a source that waited and now has a slot of the sink. */
export function createSlots(onGranted: (source: string) => void): Slots {
  const used = new Map<Sink, number>();
  const waiting = new Map<Sink, Set<string>>();
  const granted = new Map<string, Sink>();

  function give(sink: Sink): void {
    const queue = waiting.get(sink);
    const next = queue?.values().next().value;
    if (next === undefined) {
      used.set(sink, (used.get(sink) ?? 1) - 1);
      return;
    }
    queue?.delete(next);
    granted.set(next, sink);
    onGranted(next);
  }

  function forgo(source: string): void {
    const sink = granted.get(source);
    if (sink === undefined) return;
    granted.delete(source);
    give(sink);
  }

  return {
    take(source, sink) {
      if (granted.get(source) === sink) return granted.delete(source);
      // What it waited with is gone, and this goes elsewhere.
      forgo(source);
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
    give,
    forgo,
  };
}
