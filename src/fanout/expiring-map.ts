import { type Clock } from '../clock.ts';

/** Values that are forgotten after their time. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  /** Keeps the value for `ttlMs`, or longer if the one before was to be kept longer. */
  set(key: string, value: Value, ttlMs: number): void;
  delete(key: string): void;
}

const SWEEP_INTERVAL_MS = 60_000;

/** Makes an empty map. What has expired is removed a minute after at the latest, if anything is set by then. */
export function createExpiringMap<Value>(clock: Clock): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAtMs: number }>();
  let sweptAtMs = clock.nowMs();

  function find(key: string) {
    const entry = entries.get(key);
    return entry !== undefined && clock.nowMs() < entry.expiresAtMs ? entry : undefined;
  }

  function sweep(): void {
    if (clock.nowMs() < sweptAtMs + SWEEP_INTERVAL_MS) return;
    sweptAtMs = clock.nowMs();
    for (const key of entries.keys()) if (find(key) === undefined) entries.delete(key);
  }

  return {
    get: (key) => find(key)?.value,
    set(key, value, ttlMs) {
      sweep();
      const expiresAtMs = Math.max(find(key)?.expiresAtMs ?? 0, clock.nowMs() + ttlMs);
      entries.set(key, { value, expiresAtMs });
    },
    delete: (key) => entries.delete(key),
  };
}
