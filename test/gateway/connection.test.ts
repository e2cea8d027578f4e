import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type Connection, type ListRules, readConnection } from '../../src/gateway/connection.ts';
import { type Page } from '../../src/gateway/upstream/upstream.ts';

const LIST = ['numbers', null];

/**
 * A list of the numbers from 0, in pages that hold at most `pageSizes[n]` of them, the n-th page after any token; a token is the
 * number to go on with. `calls` counts the pages read.
 */
function listOf(total: number, pageSizes: readonly number[] = []) {
  const list = {
    calls: 0,
    readPage: (nextToken: string | null, maxResults: number): Promise<Page<number>> => {
      list.calls += 1;
      const [start = 0, page = 0] = nextToken === null ? [] : nextToken.split('/').map(Number);
      const size = Math.min(maxResults, pageSizes[page] ?? maxResults, total - start);
      const items = Array.from({ length: size }, (_, index) => start + index);
      const isEnd = start + size >= total && page >= pageSizes.length;
      return Promise.resolve({ items, nextToken: isEnd ? null : `${start + size}/${page + 1}` });
    },
    read: (first: number, after: string | null = null, rules: ListRules<number> = {}): Promise<Connection<number>> =>
      readConnection({ first, after }, LIST, list.readPage, rules),
  };
  return list;
}

describe('a connection', () => {
  it('that fits in one page costs one call and knows that it is the last', async () => {
    const list = listOf(3);
    const { nodes, pageInfo, edges } = await list.read(50);
    expect(nodes).toEqual([0, 1, 2]);
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    });
    expect(list.calls).toBe(1);
  });

  it('knows without a call of its own that there is more', async () => {
    const list = listOf(5);
    expect((await list.read(2)).pageInfo.hasNextPage).toBe(true);
    expect(list.calls).toBe(1);
  });

  it('reads on over short and empty pages until it is full', async () => {
    const list = listOf(20, [2, 0, 0, 3]);
    const { nodes, pageInfo } = await list.read(7);
    expect(nodes).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(pageInfo.hasNextPage).toBe(true);
    expect(list.calls).toBe(5);
  });

  it('is empty at the end of an empty list', async () => {
    const { pageInfo } = await listOf(0).read(10);
    expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  it('of nothing but empty pages stops after 10 calls, and its endCursor leads on', async () => {
    const list = listOf(
      2,
      Array.from({ length: 13 }, () => 0),
    );
    const first = await list.read(5);
    expect(list.calls).toBe(10);
    expect(first).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, startCursor: null } });
    const second = await list.read(5, first.pageInfo.endCursor);
    expect(second).toMatchObject({ nodes: [0, 1], pageInfo: { hasNextPage: false } });
  });

  it('goes on behind any edge, whatever the pages of upstream and of the client', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 45 }),
        async (total, pageSizes, first, second) => {
          const list = listOf(total, pageSizes);
          const page = await list.read(first);
          for (const { cursor, node } of page.edges) {
            const { nodes } = await list.read(second, cursor);
            expect(nodes).toEqual(
              Array.from({ length: Math.min(second, total - node - 1) }, (_, index) => node + 1 + index),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('with a filter has each item that passes once, whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (total, pageSizes, first, maxPage, divisor) => {
          const list = listOf(total, pageSizes);
          const passes = (item: number) => item % divisor === 0;
          const seen: number[] = [];
          let after: string | null = null;
          do {
            const page: Connection<number> = await list.read(first, after, { maxPage, passes });
            seen.push(...page.nodes);
            after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
          } while (after !== null);
          expect(seen).toEqual(Array.from({ length: total }, (_, index) => index).filter(passes));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('whose filter lets nothing more through knows that it is the last', async () => {
    const list = listOf(5);
    expect(await list.read(2, null, { passes: (item) => item < 2 })).toMatchObject({
      nodes: [0, 1],
      pageInfo: { hasNextPage: false },
    });
    expect(list.calls).toBe(1);
  });

  it('asks for no larger pages than upstream gives, and refuses a cursor of a larger one', async () => {
    const list = listOf(250);
    const { edges } = await list.read(201, null, { maxPage: 100 });
    expect([edges.length, list.calls]).toEqual([201, 3]);
    const larger = await list.read(201);
    await expect(list.read(1, larger.edges[0]?.cursor, { maxPage: 100 })).rejects.toMatchObject({
      extensions: { argument: 'after' },
    });
  });

  it('gives an edge the same cursor each time it is read', async () => {
    const cursors = async () => (await listOf(20, [3, 0, 4]).read(9)).edges.map((edge) => edge.cursor);
    expect(await cursors()).toEqual(await cursors());
  });

  it('refuses a cursor of another list and any other text', async () => {
    const { pageInfo } = await readConnection({ first: 1 }, ['others', null], listOf(3).readPage);
    const list = listOf(3);
    const texts = [pageInfo.endCursor, '', 'x', 'W10', Buffer.from('[1,2,3,4]').toString('base64url')];
    for (const after of texts) {
      await expect(list.read(1, after)).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      });
    }
    expect(list.calls).toBe(0);
  });

  it('takes 50 where it is not told how many', async () => {
    const list = listOf(60);
    expect((await readConnection({}, LIST, list.readPage)).nodes).toHaveLength(50);
    expect((await readConnection({ first: null }, LIST, list.readPage)).nodes).toHaveLength(50);
  });
});
