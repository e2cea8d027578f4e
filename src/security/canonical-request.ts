/** A request as it was received: the path still percent-encoded, the query decoded, headers as Node's rawHeaders pairs. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly headers: ReadonlyMap<string, string>;
}

/** Percent-encodes all but RFC 3986's unreserved characters: encodeURIComponent leaves five more. Source: SigV4, canonical request. */
export function encodeText(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Headers by lower-case name from Node's rawHeaders; values of one name are joined as signatures have them, without spaces. */
export function headersOf(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = canonicalValue(rawHeaders[index + 1] ?? '');
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

/**
 * What the signature of a request is made of: `signedHeaders` in lower case, `bodyHash` in hexadecimal. The signature in a query is
 * no part of it. Source: AWS Signature Version 4, "Create a canonical request", for services other than S3.
 */
export function canonicalRequest(
  { method, path, query, headers }: ReceivedRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
): string {
  const lines = signedHeaders.map((name) => `${name}:${headers.get(name) ?? ''}\n`).join('');
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${lines}\n${signedHeaders.join(';')}\n${bodyHash}`;
}

/** Surrounding spaces are dropped, runs of them are one. */
function canonicalValue(value: string): string {
  return /^\s|\s$|\s\s/.test(value) ? value.trim().replace(/\s+/g, ' ') : value;
}

/** Dot segments and empty ones are resolved, and what is encoded is encoded once more. */
function canonicalPath(path: string): string {
  const normal = /\/[/.]/.test(path) ? withoutDotSegments(path) : path;
  return normal.split('/').map(encodeText).join('/');
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: ReceivedRequest['query']): string {
  if (query.size === 0) return '';
  const pairs: (readonly [name: string, value: string])[] = [];
  for (const [name, values] of query) {
    if (name === 'X-Amz-Signature') continue;
    for (const value of values) pairs.push([encodeText(name), encodeText(value)]);
  }
  // By name, then by value; as whole texts `a-b=` would come before `a=`.
  pairs.sort(([a, aValue], [b, bValue]) => compare(a, b) || compare(aValue, bValue));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
