import { hash } from 'node:crypto';
import { z } from 'zod';
import { badUserInput } from './errors.ts';
import { type PageInfo } from './generated/resolvers.ts';
import { checkRange, MAX_PAGE } from './rules.ts';
import { type Page } from './upstream/upstream.ts';

/** A Relay connection, forward only. */
export interface Connection<Item> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly nodes: readonly Item[];
  readonly pageInfo: PageInfo;
}

/** What a client asks of a connection. */
export interface ConnectionArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** What a list's pages may be, and which of their items the connection has. */
export interface ListRules<Item> {
  /** The largest page that upstream gives; absent: 250. */
  readonly maxPage?: number;
  /** Which items; absent: all. What does not pass is passed over, so pages are read as large as can be. */
  readonly passes?: (item: Item) => boolean;
}

/**
 * A place in a list: after `skip` items of the page that upstream gives for this token. The place holds only in a page of the
 * same size, so where there are items to skip, `pageSize` is what it was; else it is 0.
 */
interface Place {
  readonly nextToken: string | null;
  readonly skip: number;
  readonly pageSize: number;
}

const LIST_START: Place = { nextToken: null, skip: 0, pageSize: 0 };
const DEFAULT_FIRST = 50;
const MAX_CALLS = 10;

/**
 * Reads a connection from upstream's pages: over short and empty ones until `first` items are there, the list ends or 10 calls
 * were made. `list` names the list and its filters, so that a cursor of another is refused with BAD_USER_INPUT.
 */
export async function readConnection<Item>(
  args: ConnectionArgs,
  list: readonly (string | null)[],
  readPage: (nextToken: string | null, maxResults: number) => Promise<Page<Item>>,
  { maxPage = MAX_PAGE, passes }: ListRules<Item> = {},
): Promise<Connection<Item>> {
  const first = args.first ?? DEFAULT_FIRST;
  checkRange('first', first, 1, MAX_PAGE);
  const listId = hash('sha256', JSON.stringify(list), 'base64url').slice(0, 12);
  const nodes: Item[] = [];
  /** Where the list goes on behind each node. */
  const places: Place[] = [];
  let place = typeof args.after === 'string' ? decodeCursor(args.after, listId, maxPage) : LIST_START;
  let hasNextPage = true;
  for (let calls = 0; hasNextPage && nodes.length < first && calls < MAX_CALLS; calls += 1) {
    const from: Place = place.skip === 0 ? { ...place, pageSize: passes ? maxPage : Math.min(first, maxPage) } : place;
    const page = await readPage(from.nextToken, from.pageSize);
    let end = from.skip;
    for (const node of page.items.slice(from.skip)) {
      if (nodes.length === first) break;
      end += 1;
      if (!(passes?.(node) ?? true)) continue;
      nodes.push(node);
      places.push(placeAfter(page, from, end));
    }
    hasNextPage = page.items.slice(end).some(passes ?? (() => true)) || page.nextToken !== null;
    place = placeAfter(page, from, end);
  }
  const cursorOf = (at: Place | undefined) => (at ? encodeCursor(at, listId) : null);
  const end = hasNextPage ? place : places.at(-1);
  // Cursors are made where they are asked for: all of a page's take longer than the rest of it.
  return {
    get edges() {
      return nodes.map((node, index) => ({ cursor: encodeCursor(places[index] as Place, listId), node }));
    },
    nodes,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      get startCursor() {
        return cursorOf(places[0]);
      },
      get endCursor() {
        return cursorOf(end);
      },
    },
  };
}

/** The place after `count` items of a page: in the page itself, or where upstream's next one begins. */
function placeAfter(page: Page<unknown>, from: Place, count: number): Place {
  const isPageDone = count >= page.items.length && page.nextToken !== null;
  return isPageDone ? { nextToken: page.nextToken, skip: 0, pageSize: 0 } : { ...from, skip: count };
}

const cursorShape = z.tuple([z.string(), z.string().nullable(), z.int().min(0), z.int().min(0)]);

function encodeCursor({ nextToken, skip, pageSize }: Place, listId: string): string {
  return Buffer.from(JSON.stringify([listId, nextToken, skip, pageSize])).toString('base64url');
}

function decodeCursor(cursor: string, listId: string, maxPage: number): Place {
  const parts = cursorShape.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parts.success || parts.data[0] !== listId || parts.data[3] > maxPage) {
    throw badUserInput('after', 'Expected a cursor of this list with these arguments, got another text');
  }
  const [, nextToken, skip, pageSize] = parts.data;
  return { nextToken, skip, pageSize };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
