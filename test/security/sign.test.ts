import { describe, expect, it, test } from 'vitest';
import { createSign, type UnsignedRequest } from '../../src/security/sign.ts';
import { queryText } from '../../src/gateway/upstream/wire-request.ts';

const AT_MS = Date.UTC(2015, 7, 30, 12, 36);
const HOST = { host: 'example.amazonaws.com' };
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const ROOT: UnsignedRequest = { method: 'GET', path: '/', query: '', body: null };

// Source: AWS Signature Version 4 test suite.
describe.each<[string, UnsignedRequest, Record<string, string>, string]>([
  ['get-vanilla', ROOT, {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    { ...ROOT, query: queryText({ Param2: 'value2', Param1: 'value1' }) },
    {},
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  ['get-utf8', { ...ROOT, path: '/ሴ' }, {}, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
  ['post-vanilla', { ...ROOT, method: 'POST' }, {}, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'post-x-www-form-urlencoded',
    { ...ROOT, method: 'POST', body: 'Param1=value1' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('%s of AWS’s test suite', (_name, request, headers, signature) => {
  it('has the published signature', () => {
    const signed = createSign('us-east-1', 'service')(request, { ...HOST, ...headers }, CREDENTIALS, AT_MS);
    const names = [...Object.keys({ ...HOST, ...headers }), 'x-amz-date'].sort().join(';');
    expect(signed).toEqual({
      ...HOST,
      ...headers,
      'x-amz-date': '20150830T123600Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
    });
  });
});

test('a session token is sent and signed', () => {
  const credentials = { ...CREDENTIALS, sessionToken: 'token-1' };
  const signed = createSign('us-east-1', 'service')(ROOT, HOST, credentials, AT_MS);
  expect(signed['x-amz-security-token']).toBe('token-1');
  expect(signed['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
});

test('the kept key is not used for another day or another secret', () => {
  const sign = createSign('us-east-1', 'service');
  const fresh = (...args: Parameters<typeof sign>) => createSign('us-east-1', 'service')(...args);
  const other = { ...CREDENTIALS, secretAccessKey: 'another' };
  for (const [credentials, atMs] of [
    [CREDENTIALS, AT_MS],
    [CREDENTIALS, AT_MS + 86_400_000],
    [other, AT_MS + 86_400_000],
    [CREDENTIALS, AT_MS],
  ] as const) {
    expect(sign(ROOT, HOST, credentials, atMs)).toEqual(fresh(ROOT, HOST, credentials, atMs));
  }
});
