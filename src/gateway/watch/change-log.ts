import { type Position } from '../../fanout/bus.ts';
import { type Change } from './change.ts';

/** A change in its place in a log, and when it was seen. */
export interface LoggedChange<Item> extends Change<Item> {
  /** Grows from one change to the next. */
  readonly sequence: number;
  readonly position: Position;
  readonly observedAtMs: number;
}

/** How much of its changes a log keeps for those who missed them. What one reading saw is kept whole, however much it is. */
export interface ChangeLogLimits {
  readonly resumeLogSize: number;
  readonly resumeLogAgeMs: number;
}

/** The newest changes of one topic. */
export interface ChangeLog<Item> {
  append(changes: readonly LoggedChange<Item>[], observedAtMs: number): void;
  /** The changes after that sequence number, oldest first; null if some of them are no longer known. */
  changesAfter(sequence: number): readonly LoggedChange<Item>[] | null;
}

/** Makes an empty log of what comes after `begin`. */
export function createChangeLog<Item>(
  begin: number,
  { resumeLogSize, resumeLogAgeMs }: ChangeLogLimits,
): ChangeLog<Item> {
  let base = begin;
  let kept: readonly LoggedChange<Item>[] = [];
  return {
    append(added, observedAtMs) {
      if (added.length === 0) return;
      const recent = kept.filter((change) => change.observedAtMs >= observedAtMs - resumeLogAgeMs);
      const all = [...kept, ...added];
      const cut = Math.max(kept.length - recent.length, all.length - Math.max(resumeLogSize, added.length));
      base = all[cut - 1]?.sequence ?? base;
      kept = all.slice(cut);
    },
    changesAfter(sequence) {
      return sequence < base ? null : kept.slice(kept.findLastIndex((change) => change.sequence <= sequence) + 1);
    },
  };
}
