/** Counts what is under way, so that a drain can wait for its end. */
export interface Tally {
  count(): number;
  /** Something begins; the returned function says that it has ended, however often it is called. */
  begin(): () => void;
  /** Resolves when nothing is under way, or after `timeoutMs`. */
  idle(timeoutMs: number): Promise<void>;
}

/** Makes a Tally of nothing. */
export function createTally(): Tally {
  let underWay = 0;
  let onIdle: () => void = () => undefined;
  return {
    count: () => underWay,
    begin() {
      let hasEnded = false;
      underWay += 1;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        underWay -= 1;
        if (underWay === 0) onIdle();
      };
    },
    idle: (timeoutMs) =>
      new Promise((resolve) => {
        const timeout = setTimeout(resolve, timeoutMs);
        onIdle = () => {
          clearTimeout(timeout);
          resolve();
        };
        if (underWay === 0) onIdle();
      }),
  };
}
