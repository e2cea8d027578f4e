import DataLoader from 'dataloader';
import { type Makers } from './lazily.ts';
import { type PageRequest, type Upstream, type UpstreamCall } from './upstream/upstream.ts';

/** What the loaders of one operation read with; they stop when `call.signal` aborts. */
export interface Reading {
  readonly upstream: Upstream;
  readonly call: UpstreamCall;
}

/** How the loaders of a domain are made. */
export type LoaderMakers<Loaders> = Makers<Reading, Loaders>;

/**
 * A DataLoader over a read of one thing: each key is fetched once however often it is asked for. AWS has no batch reads,
 * so each key is a call of its own, and a key that hangs or fails keeps back no other.
 */
export function createReadLoader<Key, Value>(
  read: (key: Key) => Promise<Value>,
  cacheKeyFn: (key: Key) => string,
): DataLoader<Key, Value, string> {
  // Without batches it is asked for one key at a time.
  const readOne = ([key]: readonly Key[]) => read(key as Key).then((value) => [value]);
  return new DataLoader<Key, Value, string>(readOne, { batch: false, cacheKeyFn });
}

/** One string for one page of a list that has no other arguments, for caches. */
export function pageText({ nextToken, maxResults }: PageRequest): string {
  return JSON.stringify([nextToken, maxResults]);
}

/** Gives what `make` gives, which is called when first asked. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
