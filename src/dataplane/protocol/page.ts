/** Where an entry stands in its list: compared part by part, the last part unique. */
export type SortKey = readonly (string | number)[];

/** Which part of a list is wanted. `nextToken`: as an earlier page gave it; null: from the start. */
interface PageRequest {
  readonly nextToken: string | null;
  readonly limit: number;
  readonly descending?: boolean;
}

/** A part of a list, and the token of the part that follows; null: it is the last one. */
export interface Page<T> {
  readonly entries: readonly T[];
  readonly nextToken: string | null;
}

/**
 * One page of a list that is in memory, in the order of `keyOf`. Entries that come and go between pages neither hide nor
 * repeat others. Answers null for a token that was never given. [ASSUMED W4] the token is the last key in base64.
 */
export function pageOf<T>(list: readonly T[], keyOf: (entry: T) => SortKey, request: PageRequest): Page<T> | null {
  const after = request.nextToken === null ? null : decodeToken(request.nextToken);
  if (request.nextToken !== null && after === null) return null;
  const sign = request.descending === true ? -1 : 1;
  const sorted = list
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .filter(({ key }) => after === null || sign * compareKeys(key, after) > 0)
    .sort((a, b) => sign * compareKeys(a.key, b.key));
  const last = sorted[request.limit - 1];
  const nextToken = last !== undefined && sorted.length > request.limit ? encodeToken(last.key) : null;
  return { entries: sorted.slice(0, request.limit).map(({ entry }) => entry), nextToken };
}

/** The token of a page that ends with this key. */
export function encodeToken(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key in a token; null for a text that is none. */
export function decodeToken(token: string): SortKey | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return isSortKey(key) && encodeToken(key) === token ? key : null;
  } catch {
    return null;
  }
}

function isSortKey(value: unknown): value is SortKey {
  return Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');
}

function compareKeys(a: SortKey, b: SortKey): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined || part > other) return 1;
    if (part < other) return -1;
  }
  return 0;
}
