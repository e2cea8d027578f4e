import { encodeText } from '../../security/canonical-request.ts';

/** An operation's request as AWS writes it. `path` and `query` are percent-encoded, `body` is JSON; null: there is none. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sorted by name, as the signature has it. */
  readonly query: string;
  readonly body: string | null;
}

/** Writes the requests of an API's commands; each command has its own function. */
export type Bindings = ReadonlyMap<unknown, (input: never) => WireRequest>;

/** How the input of one SDK command is written: an entry of Bindings. */
export function binding<Input extends object>(
  command: new (input: Input) => object,
  write: (input: Input) => WireRequest,
): readonly [unknown, (input: never) => WireRequest] {
  return [command, write];
}

/** A GET; members of the query that are undefined are left out. */
export function getRequest(path: string, query: Readonly<Record<string, string | number | undefined>>): WireRequest {
  return { method: 'GET', path, query: queryText(query), body: null };
}

/** A POST of JSON; members that are undefined are left out. */
export function postRequest(path: string, body: object): WireRequest {
  return { method: 'POST', path, query: '', body: JSON.stringify(body) };
}

/** A query string without its "?", sorted by name. Source: SigV4, canonical query string. */
export function queryText(members: Readonly<Record<string, string | number | undefined>>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) pairs.push(`${encodeText(name)}=${encodeText(String(value))}`);
  }
  return pairs.sort().join('&');
}
