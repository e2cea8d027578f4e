import { type WatchSettings } from '../../../src/gateway/watch/watches.ts';

/** Settings of watches for tests that have the machine's own time. */
export const WATCHING: WatchSettings = {
  pollIntervalMs: 100,
  pollMaxIntervalMs: 200,
  pollCallsPerSecond: 1000,
  resumeLogSize: 1000,
  resumeLogAgeMs: 120_000,
  maxBacklogEvents: 100,
};
