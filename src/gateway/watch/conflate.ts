import { changeOf } from './change.ts';
import { type LoggedChange } from './change-log.ts';

/** A change as it is told to one follower. */
export interface ToldChange<Item> extends LoggedChange<Item> {
  /** Whether it stands for more than one change of its object. */
  readonly conflated: boolean;
  /** Whether who has seen all up to here has seen the whole of each change up to `sequence`, and can go on after that. */
  readonly complete: boolean;
}

interface Run<Item> {
  readonly first: LoggedChange<Item>;
  readonly last: LoggedChange<Item>;
}

/**
 * One change for each object, from its state before all to the newest, in the order of the newest; none for one that came and went.
 * A place is complete where no object has changes on both sides of it, and at the end.
 */
export function conflate<Item>(changes: readonly LoggedChange<Item>[]): ToldChange<Item>[] {
  const runs = new Map<string, Run<Item>>();
  for (const change of changes) {
    const first = runs.get(change.key)?.first ?? change;
    // Moves the object to the end.
    runs.delete(change.key);
    runs.set(change.key, { first, last: change });
  }
  const told: ToldChange<Item>[] = [];
  const end = changes.at(-1);
  let laterBegin = Infinity;
  for (const { first, last } of [...runs.values()].toReversed()) {
    const isEnd = told.length === 0;
    if (first.previous !== null || last.item !== null) {
      told.push({
        ...(isEnd && end ? end : last),
        ...changeOf(last.key, first.previous, last.item),
        observedAtMs: last.observedAtMs,
        conflated: first !== last,
        complete: isEnd || last.sequence < laterBegin,
      });
    }
    laterBegin = Math.min(laterBegin, first.sequence);
  }
  return told.toReversed();
}
