import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import { type Policy, readPolicy } from './policy.ts';

/** An access key and what may be done with it. A signature is made with the secret itself, so that it is kept as it is. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly createDate: string;
  /** What the policy was called when the key was created. */
  readonly policyName: string;
  readonly policy: Policy;
  /** The key that was made in place of this one, which goes on until it is revoked; null: none. */
  readonly replacedBy: string | null;
}

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ID_RANDOM_LENGTH = 16;
const SECRET_BYTES = 30;

/** A new key of random id and secret, in the form of AWS's: 20 characters, of which the first four tell whose it is, and 40. */
export function createAccessKey(policyName: string, policy: Policy, atMs: number): AccessKey {
  const random = Array.from({ length: ID_RANDOM_LENGTH }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]);
  return {
    accessKeyId: `FGKA${random.join('')}`,
    secretAccessKey: randomBytes(SECRET_BYTES).toString('base64'),
    createDate: new Date(atMs).toISOString(),
    policyName,
    policy,
    replacedBy: null,
  };
}

const keysFile = z.strictObject({
  accessKeys: z.array(
    z.strictObject({
      accessKeyId: z.string().regex(/^\w{4,128}$/),
      secretAccessKey: z.string().min(1),
      createDate: z.string(),
      policyName: z.string(),
      policy: z.unknown(),
      replacedBy: z.string().nullable(),
    }),
  ),
});

/** Keys from the text of their file. Throws an Error that says where it is wrong, and holds nothing of it. */
export function readAccessKeys(text: string): readonly AccessKey[] {
  const { accessKeys } = keysFile.parse(parseJson(text));
  return accessKeys.map((key) => ({ ...key, policy: readPolicy(key.policy) }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words repeat what stands there.
    throw new Error('Expected JSON, got another text');
  }
}

/** The text of a file that readAccessKeys reads. */
export function writeAccessKeys(keys: readonly AccessKey[]): string {
  const accessKeys = keys.map((key) => ({ ...key, policy: key.policy.document }));
  return `${JSON.stringify({ accessKeys }, null, 2)}\n`;
}
