import { MAX_PAGE } from './rules.ts';
import { type Page, type PageRequest } from './upstream/upstream.ts';

/** All items of a list, page by page to its end. Rejects as `readList` does. */
export async function readAllItems<Item>(
  readPage: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  return (await readList(readPage, Infinity))?.items ?? [];
}

/** A list to its end, and how many pages it took. */
interface WholeList<Item> {
  readonly items: readonly Item[];
  readonly pages: number;
}

/** Reads a list to its end; null if that is not within `maxPages`. Rejects as `readPage` does, and where a list leads back into itself. */
export async function readList<Item>(
  readPage: (page: PageRequest) => Promise<Page<Item>>,
  maxPages: number,
): Promise<WholeList<Item> | null> {
  const items: Item[] = [];
  const tokens = new Set<string>();
  let nextToken: string | null = null;
  for (let pages = 1; pages <= maxPages; pages += 1) {
    const page: Page<Item> = await readPage({ nextToken, maxResults: MAX_PAGE });
    items.push(...page.items);
    ({ nextToken } = page);
    if (nextToken === null) return { items, pages };
    if (tokens.has(nextToken)) throw new Error('Expected a list that ends, got a nextToken a second time');
    tokens.add(nextToken);
  }
  return null;
}
