import { type ObjectChange } from '../../fanout/bus.ts';
import { type Mirror } from './mirror.ts';
import { entryName, IS_READ, itemText, refusalText } from './record-text.ts';
import { type ReadingTaker } from './round.ts';
import { type WatchSource } from './source.ts';
import { isRefusal, type Topic } from './topic.ts';

/** What one round reads, as changes to the record. */
export interface Draft<Item> extends ReadingTaker<Item> {
  /** Gives them, the objects first, with the end of what the record says of topics that are none of `followed`. */
  changes(followed: readonly Topic<Item>[]): readonly ObjectChange[];
  /** Whether something was read, and nothing else is left that the record says is read: that would be older. */
  isWhole(followed: readonly Topic<Item>[]): boolean;
}

/** Begins a draft of what differs from the record as it stands. */
export function createDraft<Item>(
  { objects: known, standings }: Mirror<Item>,
  isSame: WatchSource<Item>['isSame'],
): Draft<Item> {
  const objects = new Map<string, Item | null>();
  const read = new Map<string | null, string | null>();

  function put(key: string, item: Item | null): number {
    const before = (objects.has(key) ? objects.get(key) : known.get(key)) ?? null;
    const isUnchanged = before === null || item === null ? before === item : isSame(before, item);
    if (!isUnchanged) objects.set(key, item);
    return isUnchanged ? 0 : 1;
  }

  return {
    record({ key }, readings) {
      read.set(key, IS_READ);
      if (key !== null) return put(key, readings.get(key) ?? null);
      const gone = [...known.keys()].filter((name) => !readings.has(name));
      return [...readings, ...gone.map((name) => [name, null] as const)].reduce(
        (count, [name, item]) => count + put(name, item),
        0,
      );
    },
    fail({ key }, error) {
      read.set(key, isRefusal(error) ? refusalText(error) : null);
    },
    isWhole: (followed) => [...read.values()].includes(IS_READ) && followed.every(({ key }) => read.has(key)),
    changes(followed) {
      const keys = new Set(followed.map(({ key }) => key));
      for (const key of standings.keys()) if (!keys.has(key)) read.set(key, null);
      const moved = [...read].filter(([key, text]) => (standings.get(key) ?? null) !== text);
      return [
        ...[...objects].map(([key, item]) => ({
          key: entryName({ kind: 'object', key }),
          text: item === null ? null : itemText(item),
        })),
        ...moved.map(([key, text]) => ({ key: entryName({ kind: 'topic', key }), text })),
      ];
    },
  };
}
