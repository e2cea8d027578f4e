/** Counts what is under way, so that a drain can wait for its end. */
export interface Tally {
  /** Something begins; the returned function says that it has ended. */
  begin(): () => void;
  /** Resolves when nothing is under way, or after `timeoutMs`. */
  idle(timeoutMs: number): Promise<void>;
}

/** Makes a Tally of nothing. */
export function createTally(): Tally {
  let underWay = 0;
  let onIdle: () => void = () => undefined;
  return {
    begin() {
      underWay += 1;
      return () => {
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
