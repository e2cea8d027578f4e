/** Runs tasks, at most so many at a time; the others wait their turn in order. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Makes a Limit of `maxConcurrent` tasks. A task that fails frees its place and fails only its own caller. */
export function createLimit(maxConcurrent: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= maxConcurrent) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place is handed over, so that nobody who comes in between takes it.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
