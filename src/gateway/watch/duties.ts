import { type Scheduler } from '../../clock.ts';

/** What is to be seen to: who has the lease, what the record says, and what replicas are interested in. */
export type Duty = 'lease' | 'record' | 'interests';

/** All of them, in their order. */
export const DUTIES: readonly Duty[] = ['lease', 'record', 'interests'];

/** Sees to duties in their order and one at a time, however many come meanwhile. */
export interface Duties {
  readonly fulfil: (...duties: readonly Duty[]) => void;
  readonly fulfilAll: () => void;
  /** Lets all be fulfilled then, in place of when it was said before. */
  fulfilAllAfter(delayMs: number): void;
  /** Nothing is begun from here on. */
  stop(): void;
}

/** Makes what does `steps`. When one fails the rest is left out. */
export function createDuties(
  steps: Readonly<Record<Duty, () => Promise<void>>>,
  onFailure: (error: unknown) => void,
  scheduler: Scheduler,
): Duties {
  const due = new Set<Duty>();
  let isBusy = false;
  let isStopped = false;
  let cancelTick: () => void = () => undefined;

  async function run(): Promise<void> {
    isBusy = true;
    try {
      for (let duty = next(); duty !== undefined; duty = next()) {
        due.delete(duty);
        await steps[duty]();
      }
    } catch (error) {
      due.clear();
      onFailure(error);
    }
    isBusy = false;
  }

  function next(): Duty | undefined {
    return isStopped ? undefined : DUTIES.find((duty) => due.has(duty));
  }

  function fulfil(...duties: readonly Duty[]): void {
    for (const duty of duties) due.add(duty);
    if (!isBusy) void run();
  }

  function fulfilAll(): void {
    fulfil(...DUTIES);
  }

  return {
    fulfil,
    fulfilAll,
    fulfilAllAfter(delayMs) {
      cancelTick();
      if (!isStopped) cancelTick = scheduler.schedule(delayMs, fulfilAll);
    },
    stop() {
      isStopped = true;
      cancelTick();
    },
  };
}
