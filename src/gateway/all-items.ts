import { MAX_PAGE } from './rules.ts';
import { type Page, type PageRequest } from './upstream/upstream.ts';

/** All items of a list, page by page to its end. Rejects as `readPage` does. */
export async function readAllItems<Item>(readPage: (page: PageRequest) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let nextToken: string | null = null;
  do {
    const page: Page<Item> = await readPage({ nextToken, maxResults: MAX_PAGE });
    items.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken !== null);
  return items;
}
