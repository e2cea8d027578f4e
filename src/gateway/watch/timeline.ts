import { createUniqueName, type Position } from '../../fanout/bus.ts';

/**
 * The order in which one replica tells the changes of a watch. Each is a step, numbered from 1, and has a position, which cursors
 * name: under the replica's own epoch where it polls for itself, that of the record where replicas share one.
 */
export interface Timeline {
  /** The number of the last step. */
  now(): number;
  /** Takes so many steps of its own; gives the number of the last. */
  advance(count: number): number;
  /** Steps to a position of a shared record, unless it stands there; gives the number of the step. */
  reach(position: Position): number;
  /** Where a step that has been taken is. */
  positionOf(step: number): Position;
  /** The last step at the position; null: none has been. */
  stepOf(position: Position): number | null;
  /** Whether it is one of this replica's own. */
  isOwn(position: Position): boolean;
}

/** Steps whose sequence numbers follow each other under one epoch, up to the next stretch. */
interface Stretch {
  readonly epoch: string;
  readonly firstSequence: number;
  readonly firstStep: number;
}

/** Where no cursor reaches any more. */
const MAX_STRETCHES = 1000;

/** Begins before the first step. */
export function createTimeline(): Timeline {
  const own = createUniqueName();
  let now = 0;
  let ownSequence = 0;
  const stretches: Stretch[] = [];

  function begin(epoch: string, firstSequence: number): void {
    stretches.push({ epoch, firstSequence, firstStep: now + 1 });
    if (stretches.length > MAX_STRETCHES) stretches.shift();
  }

  function sequenceAt({ firstSequence, firstStep }: Stretch, step: number): number {
    return firstSequence + step - firstStep;
  }

  return {
    now: () => now,
    advance(count) {
      if (count > 0 && stretches.at(-1)?.epoch !== own) begin(own, ownSequence + 1);
      ownSequence += count;
      now += count;
      return now;
    },
    reach({ epoch, sequence }) {
      const last = stretches.at(-1);
      const distance = last?.epoch === epoch ? sequence - sequenceAt(last, now) : -1;
      if (distance < 0) begin(epoch, sequence);
      now += distance < 0 ? 1 : distance;
      return now;
    },
    positionOf(step) {
      const stretch = stretches.findLast(({ firstStep }) => firstStep <= step);
      // A cursor to before all that is remembered is a gap.
      return stretch ? { epoch: stretch.epoch, sequence: sequenceAt(stretch, step) } : { epoch: own, sequence: 0 };
    },
    isOwn: ({ epoch }) => epoch === own,
    stepOf({ epoch, sequence }) {
      let lastStep = now;
      for (const stretch of stretches.toReversed()) {
        const step = stretch.firstStep + sequence - stretch.firstSequence;
        if (stretch.epoch === epoch && step >= stretch.firstStep && step <= lastStep) return step;
        lastStep = stretch.firstStep - 1;
      }
      return null;
    },
  };
}
