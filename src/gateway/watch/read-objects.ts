import { MAX_PAGE } from '../rules.ts';
import { type Page } from '../upstream/upstream.ts';
import { type Objects } from './change.ts';

/** Reads all pages of a list to its end, as the objects of a watch. Rejects as `readPage` does. */
export async function readAllPages<Item extends { readonly keyValue: string | null }>(
  readPage: (page: { readonly nextToken: string | null; readonly maxResults: number }) => Promise<Page<Item>>,
): Promise<Objects<Item>> {
  const objects = new Map<string, Item>();
  let nextToken: string | null = null;
  do {
    const page: Page<Item> = await readPage({ nextToken, maxResults: MAX_PAGE });
    for (const item of page.items) objects.set(item.keyValue ?? '', item);
    nextToken = page.nextToken;
  } while (nextToken !== null);
  return objects;
}

/** One object, or none, as the objects of a watch. */
export function singleObject<Item>(item: Item | null): Objects<Item> {
  return new Map(item === null ? [] : [['', item]]);
}
