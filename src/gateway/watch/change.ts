/** One change of one object between two readings. `previous` and `item` are null where it was not, or is not, there. */
export interface Change<Item> {
  readonly key: string;
  readonly kind: ChangeKind;
  readonly previous: Item | null;
  readonly item: Item | null;
}

type ChangeKind = 'CREATED' | 'UPDATED' | 'DELETED';

/** Objects by a key that stays the same as long as the object is the same. */
export type Objects<Item> = ReadonlyMap<string, Item>;

/**
 * What changed between two readings, one change for each object. An object that was deleted and made anew in between is UPDATED.
 */
export function changesBetween<Item>(
  before: Objects<Item>,
  after: Objects<Item>,
  isSame: (left: Item, right: Item) => boolean,
): Change<Item>[] {
  const changes: Change<Item>[] = [];
  for (const [key, item] of after) {
    const previous = before.get(key) ?? null;
    if (previous === null || !isSame(previous, item)) changes.push(changeOf(key, previous, item));
  }
  for (const [key, previous] of before) {
    if (!after.has(key)) changes.push(changeOf(key, previous, null));
  }
  return changes;
}

/** The change from one to the other, of which one at least is there. */
export function changeOf<Item>(key: string, previous: Item | null, item: Item | null): Change<Item> {
  return { key, kind: previous === null ? 'CREATED' : item === null ? 'DELETED' : 'UPDATED', previous, item };
}
