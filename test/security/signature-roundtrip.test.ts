import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryText } from '../../src/gateway/upstream/wire-request.ts';
import { encodeText, headersOf } from '../../src/security/canonical-request.ts';
import { createSign } from '../../src/security/sign.ts';
import { readSignature, verifySignature } from '../../src/security/signature.ts';
import { deriveSigningKey } from '../../src/security/signing-key.ts';

const AT_MS = Date.UTC(2026, 0, 1);
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const sign = createSign('us-east-1', 'iotevents');
const text = fc.string({ unit: 'grapheme', minLength: 1 });

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  segments: fc.array(
    text.filter((segment) => segment !== '.' && segment !== '..'),
    { maxLength: 3 },
  ),
  // Members have names of letters.
  query: fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'Z'), minLength: 1 }), text, { maxKeys: 3 }),
  header: fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '=') }),
  body: fc.string({ unit: 'grapheme' }),
});

type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer T> ? T : never;

function verify({ method, segments, query, header, body }: AnyRequest, receivedBody: string): void {
  const path = `/${segments.map(encodeText).join('/')}`;
  // The signer takes values as they are sent; whoever receives them folds spaces.
  const folded = header.trim().replace(/ +/g, ' ');
  const request = { method, path, query: queryText(query), body };
  const signed = sign(request, { host: 'h', 'x-any': folded }, CREDENTIALS, AT_MS);
  const rawHeaders = Object.entries({ ...signed, 'x-any': ` ${header} ` }).flat();
  const pairs = Object.entries(query).map(([name, value]) => [name, [value]] as const);
  const claim = readSignature({ method, path, query: new Map(pairs), headers: headersOf(rawHeaders) });
  verifySignature(claim, Buffer.from(receivedBody), deriveSigningKey('secret', claim));
}

test('what our signer signs is verified, whatever the request, and refused with another body', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      verify(request, request.body);
      expect(() => {
        verify(request, `${request.body}x`);
      }).toThrow('does not match');
    }),
  );
});
