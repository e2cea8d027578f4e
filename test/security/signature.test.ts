import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { headersOf, type ReceivedRequest } from '../../src/security/canonical-request.ts';
import { checkScope, readSignature, type SignatureClaim, verifySignature } from '../../src/security/signature.ts';
import { createSigningKeys } from '../../src/security/signing-key.ts';

/** Name, method, target, headers, body, signed headers, signature. */
type Vector = readonly [
  name: string,
  method: string,
  target: string,
  headers: readonly string[],
  body: string,
  signedHeaders: string,
  signature: string,
];

const vectors = JSON.parse(readFileSync(new URL('signature-vectors.json', import.meta.url), 'utf8')) as {
  readonly header: readonly Vector[];
  readonly presigned: readonly Vector[];
};
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SCOPE = '20150830/us-east-1/service/aws4_request';
const TIME = '20150830T123600Z';
const AT_MS = Date.UTC(2015, 7, 30, 12, 36);
const MINUTE_MS = 60_000;
const signingKey = createSigningKeys();

function received(method: string, target: string, headers: readonly string[]): ReceivedRequest {
  const { searchParams } = new URL(target, 'http://x');
  const query = new Map([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const rawHeaders = headers.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
  return { method, path: target.split('?')[0] ?? '', query, headers: headersOf(rawHeaders) };
}

function headerRequest([, method, target, headers, , signedHeaders, signature]: Vector): ReceivedRequest {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${SCOPE}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  const host = 'Host:example.amazonaws.com';
  return received(method, target, [host, ...headers, `Authorization:${authorization}`, `X-Amz-Date:${TIME}`]);
}

function presignedRequest(
  [, method, target, headers, , signedHeaders, signature]: Vector,
  more = '&X-Amz-Expires=3600',
) {
  const credential = encodeURIComponent(`AKIDEXAMPLE/${SCOPE}`);
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${TIME}&X-Amz-SignedHeaders=${signedHeaders}`;
  const signed = `${target}${query}${more}&X-Amz-Signature=${signature}`;
  return received(method, signed, ['Host:example.amazonaws.com', ...headers]);
}

function verify(claim: SignatureClaim, body: string, secret = SECRET): void {
  verifySignature(claim, Buffer.from(body), signingKey(secret, claim));
}

const [vanilla] = vectors.header.filter(([name]) => name === 'post-vanilla');
const [presignedVanilla] = vectors.presigned.filter(([name]) => name === 'get-utf8');
if (vanilla === undefined || presignedVanilla === undefined) throw new Error('Expected the vectors');

describe('the published vectors', () => {
  it.each(vectors.header)('%s is verified', (...vector) => {
    const claim = readSignature(headerRequest(vector));
    expect(claim).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'us-east-1', service: 'service' });
    verify(claim, vector[4]);
  });

  it.each(vectors.presigned)('%s is verified where it is presigned', (...vector) => {
    const claim = readSignature(presignedRequest(vector));
    expect(claim.expiresSeconds).toBe(3600);
    verify(claim, vector[4]);
  });

  it.each(vectors.header)('%s is refused with another body, another secret and another header', (...vector) => {
    const request = headerRequest(vector);
    const code = expect.objectContaining({ code: 'InvalidSignatureException' }) as Error;
    expect(() => {
      verify(readSignature(request), `${vector[4]} `);
    }).toThrow(code);
    expect(() => {
      verify(readSignature(request), vector[4], `${SECRET}x`);
    }).toThrow(code);
    const changed = { ...request, headers: new Map([...request.headers, ['host', 'example.org']]) };
    expect(() => {
      verify(readSignature(changed), vector[4]);
    }).toThrow(code);
  });
});

describe('a signature', () => {
  const authorization = (text: string) =>
    received('GET', '/', [`Authorization:${text}`, 'Host:h', `X-Amz-Date:${TIME}`]);
  const whole = `AWS4-HMAC-SHA256 Credential=A/${SCOPE}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

  it.each([
    ['nothing', received('GET', '/', ['Host:h']), 'MissingAuthenticationTokenException'],
    ['an empty header', authorization(''), 'MissingAuthenticationTokenException'],
    ['a token', authorization('Bearer x'), 'IncompleteSignatureException'],
    ['another algorithm', authorization(whole.replace('HMAC', 'ECDSA-P256')), 'IncompleteSignatureException'],
    ['a short credential', authorization(whole.replace('/aws4_request', '')), 'IncompleteSignatureException'],
    ['another terminator', authorization(whole.replace('aws4_', 'aws5_')), 'IncompleteSignatureException'],
    ['a short signature', authorization(whole.slice(0, -1)), 'IncompleteSignatureException'],
    ['no date', received('GET', '/', [`Authorization:${whole}`, 'Host:h']), 'IncompleteSignatureException'],
    ['no host', authorization(whole.replace('host;', '')), 'InvalidSignatureException'],
    ['a session token', presignedRequest(presignedVanilla, '&X-Amz-Security-Token=t'), 'UnrecognizedClientException'],
    ['no time to live', presignedRequest(presignedVanilla, '&X-Amz-Expires=0'), 'IncompleteSignatureException'],
    ['eight days to live', presignedRequest(presignedVanilla, '&X-Amz-Expires=691200'), 'IncompleteSignatureException'],
  ])('that is %s is refused', (_what, request, code) => {
    expect(() => readSignature(request)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it.each(['x-amz-target:SageMaker.ListDevices', 'x-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])(
    'that does not cover %s is refused by name',
    (header) => {
      const request = received('POST', '/', [`Authorization:${whole}`, 'Host:h', `X-Amz-Date:${TIME}`, header]);
      expect(() => readSignature(request)).toThrow(`Expected '${header.split(':')[0] ?? ''}' in SignedHeaders`);
    },
  );

  it.each(['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'UNSIGNED-PAYLOAD'])('of %s is refused in words', (digest) => {
    const signed = whole.replace('x-amz-date', 'x-amz-content-sha256;x-amz-date');
    const headers = [`Authorization:${signed}`, 'Host:h', `X-Amz-Date:${TIME}`, `x-amz-content-sha256:${digest}`];
    expect(() => readSignature(received('POST', '/', headers))).toThrow(`got ${digest}: only S3 takes that`);
  });
});

describe('time and place', () => {
  const claim = readSignature(headerRequest(vanilla));
  const presigned = readSignature(presignedRequest(presignedVanilla, ''));
  const check = (of: SignatureClaim, atMs: number) => () => {
    checkScope(of, 'us-east-1', 'service', atMs);
  };

  test('a signature holds for 15 minutes before and after it was made', () => {
    for (const minutes of [-15, 0, 15]) check(claim, AT_MS + minutes * MINUTE_MS)();
    expect(check(claim, AT_MS - 15 * MINUTE_MS - 1)).toThrow('Signature not yet current');
    expect(check(claim, AT_MS + 15 * MINUTE_MS + 1)).toThrow('Signature expired');
  });

  test('a presigned request holds for 5 minutes unless it says otherwise', () => {
    check(presigned, AT_MS + 5 * MINUTE_MS)();
    expect(check(presigned, AT_MS + 5 * MINUTE_MS + 1)).toThrow('Signature expired');
    const long = readSignature(presignedRequest(presignedVanilla));
    check(long, AT_MS + 60 * MINUTE_MS)();
    expect(check(long, AT_MS + 60 * MINUTE_MS + 1)).toThrow('Signature expired');
  });

  test('another region, service or day is refused with what was expected', () => {
    expect(() => {
      checkScope(claim, 'eu-west-1', 'service', AT_MS);
    }).toThrow("Expected the region 'eu-west-1'");
    expect(() => {
      checkScope(claim, 'us-east-1', 'sagemaker', AT_MS);
    }).toThrow("Expected the service 'sagemaker'");
    expect(check({ ...claim, day: '20150829' }, AT_MS)).toThrow("Expected the day '20150830'");
  });
});
