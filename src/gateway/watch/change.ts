/** One change of one object between two polls. `previous` and `item` are null where it was not, or is not, there. */
export interface Change<Item> {
  readonly kind: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly previous: Item | null;
  readonly item: Item | null;
}

/** All objects of a watch at one time, by a key that stays the same as long as the object is the same. */
export type Objects<Item> = ReadonlyMap<string, Item>;

/**
 * What changed between two polls, one change for each object. An object that was deleted and made anew in between is UPDATED.
 */
export function changesBetween<Item>(
  before: Objects<Item>,
  after: Objects<Item>,
  isSame: (left: Item, right: Item) => boolean,
): Change<Item>[] {
  const changes: Change<Item>[] = [];
  for (const [key, item] of after) {
    const previous = before.get(key) ?? null;
    if (previous === null) changes.push({ kind: 'CREATED', previous, item });
    else if (!isSame(previous, item)) changes.push({ kind: 'UPDATED', previous, item });
  }
  for (const [key, previous] of before) {
    if (!after.has(key)) changes.push({ kind: 'DELETED', previous, item: null });
  }
  return changes;
}
