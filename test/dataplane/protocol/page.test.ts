import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeToken, encodeToken, type Page, pageOf, type SortKey } from '../../../src/dataplane/protocol/page.ts';

interface Entry {
  readonly time: number;
  readonly name: string;
}

const keyOf = ({ time, name }: Entry): SortKey => [time, name];
const anyEntry = fc.record({ time: fc.integer({ min: 0, max: 3 }), name: fc.string({ maxLength: 2 }) });
const anyList = fc.uniqueArray(anyEntry, { selector: ({ time, name }) => `${time} ${name}` });
const anyLimit = fc.integer({ min: 1, max: 4 });

/** All pages; `change` may change the list after each. */
function readAll(list: Entry[], limit: number, descending: boolean, change: () => void = () => undefined): Entry[] {
  const found: Entry[] = [];
  let nextToken: string | null = null;
  do {
    const page: Page<Entry> | null = pageOf(list, keyOf, { nextToken, limit, descending });
    if (page === null) throw new Error('Expected a page, got none');
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    found.push(...page.entries);
    ({ nextToken } = page);
    change();
  } while (nextToken !== null);
  return found;
}

describe('pages', () => {
  test('give every entry once, in order, upwards or downwards', () => {
    const law = fc.property(anyList, anyLimit, fc.boolean(), (list, limit, descending) => {
      const sorted = list.toSorted((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1));
      expect(readAll(list, limit, descending)).toEqual(descending ? sorted.toReversed() : sorted);
    });
    fc.assert(law);
  });

  test('neither hide nor repeat entries when others come and go', () => {
    const law = fc.property(anyList, anyList, anyLimit, (list, others, limit) => {
      const named = list.map((entry) => ({ ...entry, name: `a${entry.name}` }));
      const current: Entry[] = [...named];
      const queue = others.map((entry) => ({ ...entry, name: `b${entry.name}` }));
      const found = readAll(current, limit, false, () => {
        const gone = current.findIndex(({ name }) => name.startsWith('b'));
        if (gone >= 0) current.splice(gone, 1);
        const next = queue.pop();
        if (next !== undefined) current.push(next);
      });
      const own = found.filter(({ name }) => name.startsWith('a'));
      expect(own).toHaveLength(named.length);
      expect(new Set(own)).toEqual(new Set(named));
    });
    fc.assert(law);
  });

  test('a token leads back to its key, and any other text is refused', () => {
    const anyKey = fc.array(fc.oneof(fc.string(), fc.integer()));
    const law = fc.property(anyKey, (key) => {
      expect(decodeToken(encodeToken(key))).toEqual(key);
    });
    fc.assert(law);
    for (const token of ['', 'x', 'e30', 'W10=', 'W251bGxd', Buffer.from('[1 ]').toString('base64url')]) {
      expect(pageOf([], keyOf, { nextToken: token, limit: 1 }), token).toBeNull();
    }
  });
});
