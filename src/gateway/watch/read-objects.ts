import { readAllItems } from '../all-items.ts';
import { type Page, type PageRequest } from '../upstream/upstream.ts';
import { type Objects } from './change.ts';

/** Reads all pages of a list to its end, as the objects of a watch. Rejects as `readPage` does. */
export async function readAllPages<Item extends { readonly keyValue: string | null }>(
  readPage: (page: PageRequest) => Promise<Page<Item>>,
): Promise<Objects<Item>> {
  const items = await readAllItems(readPage);
  return new Map(items.map((item) => [item.keyValue ?? '', item]));
}

/** One object, or none, as the objects of a watch. */
export function singleObject<Item>(item: Item | null): Objects<Item> {
  return new Map(item === null ? [] : [['', item]]);
}
