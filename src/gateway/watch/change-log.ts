import { createUniqueName } from '../../fanout/bus.ts';
import { type Change } from './change.ts';

/** A change in its place in a log, and when it was seen. */
export type LoggedChange<Item> = Change<Item> & { readonly sequence: number; readonly observedAtMs: number };

/** How much of its changes a log keeps for those who missed them. What one reading saw is kept whole, however much it is. */
export interface ChangeLogLimits {
  readonly resumeLogSize: number;
  readonly resumeLogAgeMs: number;
}

/** The newest changes of one topic, numbered from 1 without holes. */
export interface ChangeLog<Item> {
  /** Names this log, so that a cursor of another is never taken for one of this. */
  readonly epoch: string;
  /** The number of the newest change there ever was; 0: none. */
  lastSequence(): number;
  append(changes: readonly Change<Item>[], observedAtMs: number): void;
  /** The changes after that number, oldest first; null if some of them are no longer, or not yet, known. */
  changesAfter(sequence: number): readonly LoggedChange<Item>[] | null;
}

/** Makes an empty log. */
export function createChangeLog<Item>({ resumeLogSize, resumeLogAgeMs }: ChangeLogLimits): ChangeLog<Item> {
  let last = 0;
  let kept: LoggedChange<Item>[] = [];
  return {
    epoch: createUniqueName(),
    lastSequence: () => last,
    append(changes, observedAtMs) {
      if (changes.length === 0) return;
      const recent = kept.filter((change) => change.observedAtMs >= observedAtMs - resumeLogAgeMs);
      const added = changes.map((change, index) => ({ ...change, sequence: last + 1 + index, observedAtMs }));
      kept = [...recent, ...added].slice(-Math.max(resumeLogSize, added.length));
      last += added.length;
    },
    changesAfter(sequence) {
      const missed = last - sequence;
      return missed < 0 || missed > kept.length ? null : kept.slice(kept.length - missed);
    },
  };
}
