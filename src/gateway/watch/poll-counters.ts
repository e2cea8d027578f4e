/** What all polls of a process came to, counted since its start. */
export interface PollCounters {
  /** Rounds by how they read. */
  sweeps: number;
  describes: number;
  /** Rounds of which a part failed at least. */
  failures: number;
  /** Calls upstream. */
  calls: number;
  changes: number;
}

/** Counters at zero. */
export function createPollCounters(): PollCounters {
  return { sweeps: 0, describes: 0, failures: 0, calls: 0, changes: 0 };
}
