/** The sources that have effects, each in a lane of its own. A lane is ready to be read, or its effects are under way. */
export interface Lanes {
  /** Opens the lane of a source; false: it is open, and the store now has more for it. */
  open(source: string): boolean;
  /** The store has more for a lane than was read. */
  noteMore(source: string): void;
  makeReady(source: string): void;
  hasReady(): boolean;
  /** Takes lanes that are ready to be read, those that have waited longest. */
  takeReady(limit: number): readonly string[];
  /** What was read is done: closes the lane, or makes it ready if there is more. */
  finish(source: string): void;
}

/** Makes the lanes, none of them open. */
export function createLanes(): Lanes {
  const hasMore = new Map<string, boolean>();
  const ready = new Set<string>();
  return {
    open(source) {
      const isOpen = hasMore.has(source);
      hasMore.set(source, isOpen);
      return !isOpen;
    },
    noteMore(source) {
      hasMore.set(source, true);
    },
    makeReady(source) {
      ready.add(source);
    },
    hasReady: () => ready.size > 0,
    takeReady(limit) {
      const taken: string[] = [];
      for (const source of ready) {
        if (taken.length === limit) break;
        taken.push(source);
        ready.delete(source);
        // What comes from now on is not among what is read.
        hasMore.set(source, false);
      }
      return taken;
    },
    finish(source) {
      if (hasMore.get(source) === true) ready.add(source);
      else hasMore.delete(source);
    },
  };
}
