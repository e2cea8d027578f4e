/** Takes one of what there is; false: none is left. */
export type Take = () => boolean;

/** Makes a bucket of `capacity`, full, to which `perSecond` are added in each second. */
export function createRate(perSecond: number, capacity: number, nowMs: () => number = () => performance.now()): Take {
  let left = capacity;
  let lastMs = nowMs();
  return () => {
    const timeMs = nowMs();
    left = Math.min(capacity, left + ((timeMs - lastMs) * perSecond) / 1000);
    lastMs = timeMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
