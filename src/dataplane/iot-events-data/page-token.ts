import { AwsError } from '../protocol/errors.ts';
import { readShape } from '../protocol/shape.ts';
import { keyValue } from './shapes.ts';

/** The nextToken of a page that ends with this key. [ASSUMED W4] Source: wire.md, section 4. */
export function encodePageToken(lastKeyValue: string): string {
  return Buffer.from(lastKeyValue).toString('base64url');
}

/** The key after which a page begins. Throws AwsError 400 for a token that was never given. */
export function decodePageToken(nextToken: string): string {
  const key = Buffer.from(nextToken, 'base64url').toString();
  if (encodePageToken(key) === nextToken && readShape(keyValue, key).ok) return key;
  throw new AwsError('InvalidRequestException', 'Expected a nextToken that an earlier answer gave, got another text');
}
