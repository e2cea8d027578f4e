import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Where and when a signing key holds: `day` is 20150830. */
export interface SigningScope {
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** The key that signatures of one day, region and service are made with. Source: AWS Signature Version 4, "Calculate the signature". */
export function deriveSigningKey(secretAccessKey: string, { day, region, service }: SigningScope): KeyObject {
  const derived = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  // Of bytes, one would be made for each signature: 5 times the time.
  return createSecretKey(derived);
}

/** Every device may have a key of its own. */
const KEPT_KEYS = 10_000;

/** Makes a deriveSigningKey that keeps what it has derived. */
export function createSigningKeys(): typeof deriveSigningKey {
  const kept = new LRUCache<string, KeyObject>({ max: KEPT_KEYS });
  return (secretAccessKey, scope) => {
    const name = `${scope.day}/${scope.region}/${scope.service}/${secretAccessKey}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = deriveSigningKey(secretAccessKey, scope);
    kept.set(name, key);
    return key;
  };
}
