/** Where the time comes from: epoch milliseconds. Everything that needs the time takes a Clock, so that tests can turn it. */
export interface Clock {
  nowMs(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** AWS epoch seconds, with a fraction of milliseconds, from epoch milliseconds. Source: wire.md, section 2. */
export function toEpochSeconds(epochMs: number): number {
  return epochMs / 1000;
}
