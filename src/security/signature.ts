import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { canonicalRequest, type ReceivedRequest } from './canonical-request.ts';
import { type SigningScope } from './signing-key.ts';

/** Why a signature is refused, in the words of AWS's own errors. */
export type SignatureErrorCode =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'UnrecognizedClientException';

/** A signature that cannot be accepted. The message holds nothing of the key and is for the client. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A signature as a request claims it, of its header or of its query (presigned). Nothing of it is verified. */
export interface SignatureClaim extends SigningScope {
  readonly request: ReceivedRequest;
  readonly accessKeyId: string;
  /** 20150830T123600Z */
  readonly time: string;
  /** Of presigned requests: how long they hold. */
  readonly expiresSeconds: number | null;
  readonly signedHeaders: readonly string[];
  readonly signature: Buffer;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const DEFAULT_EXPIRES_SECONDS = 300;
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;

/**
 * The signature that a request carries. Throws a SignatureError if there is none, if it is not whole, or if it leaves out what it
 * has to cover: the host, and every x-amz header. Source: AWS Signature Version 4, "Elements of a request".
 */
export function readSignature(request: ReceivedRequest): SignatureClaim {
  const parts = partsOf(request);
  const credential = parts.get('Credential')?.split('/') ?? [];
  const [accessKeyId = '', day = '', region = '', service = '', terminator] = credential;
  const time = parts.get('Date') ?? '';
  const signature = parts.get('Signature') ?? '';
  const signedHeaders = parts.get('SignedHeaders')?.split(';') ?? [];
  requirePart(
    credential.length === 5 && terminator === 'aws4_request',
    'Credential=<access key id>/<day>/<region>/<service>/aws4_request',
  );
  requirePart(/^\d{8}T\d{6}Z$/.test(time), 'X-Amz-Date=<such as 20150830T123600Z>');
  requirePart(/^[0-9a-f]{64}$/.test(signature), 'Signature=<64 hexadecimal digits>');
  requireCoverage(request, signedHeaders);
  if (parts.has('Security-Token') || request.headers.has('x-amz-security-token')) {
    throw new SignatureError('UnrecognizedClientException', 'Expected an access key, got one with a session token');
  }
  return {
    request,
    accessKeyId,
    day,
    region,
    service,
    time,
    expiresSeconds: expiresOf(parts),
    signedHeaders,
    signature: Buffer.from(signature, 'hex'),
  };
}

/** The parts of a signature by AWS's names; those of the query have X-Amz- before them there. */
function partsOf({ headers, query }: ReceivedRequest): ReadonlyMap<string, string> {
  const authorization = headers.get('authorization');
  if (authorization === undefined || authorization === '') {
    if (!query.has('X-Amz-Signature')) {
      throw new SignatureError('MissingAuthenticationTokenException', 'Expected a signed request, got one without');
    }
    requirePart(query.get('X-Amz-Algorithm')?.[0] === ALGORITHM, `X-Amz-Algorithm=${ALGORITHM}`);
    const parts = new Map([['Expires', String(DEFAULT_EXPIRES_SECONDS)]]);
    for (const [name, values] of query) if (name.startsWith('X-Amz-')) parts.set(name.slice(6), values[0] ?? '');
    return parts;
  }
  requirePart(authorization.startsWith(`${ALGORITHM} `), `an Authorization header that begins with ${ALGORITHM}`);
  const given = authorization.slice(ALGORITHM.length).split(',');
  const parts = new Map(given.map((part) => part.trim().split('=') as [name: string, value: string]));
  parts.set('Date', headers.get('x-amz-date') ?? '');
  // Only presigned requests say how long they hold.
  parts.delete('Expires');
  return parts;
}

function requirePart(isThere: boolean, what: string): void {
  if (!isThere) {
    throw new SignatureError('IncompleteSignatureException', `Expected ${what} in the signature, got something else`);
  }
}

/** What is not signed could be changed by others on the way: X-Amz-Target, for one, says which operation it is. */
function requireCoverage({ headers }: ReceivedRequest, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes('host')) {
    throw new SignatureError('InvalidSignatureException', "Expected 'host' in SignedHeaders, got others only");
  }
  for (const name of headers.keys()) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) {
      throw new SignatureError('InvalidSignatureException', `Expected '${name}' in SignedHeaders, got others only`);
    }
  }
  const digest = headers.get('x-amz-content-sha256') ?? '';
  if (digest.startsWith('STREAMING-') || digest === 'UNSIGNED-PAYLOAD') {
    const message = `Expected the SHA-256 of the body in x-amz-content-sha256, got ${digest}: only S3 takes that`;
    throw new SignatureError('InvalidSignatureException', message);
  }
}

function expiresOf(parts: ReadonlyMap<string, string>): number | null {
  const expires = parts.get('Expires');
  if (expires === undefined) return null;
  const seconds = /^\d{1,6}$/.test(expires) ? Number(expires) : 0;
  requirePart(seconds >= 1 && seconds <= MAX_EXPIRES_SECONDS, `X-Amz-Expires=<1 to ${MAX_EXPIRES_SECONDS}>`);
  return seconds;
}

/**
 * Throws a SignatureError if a signature is for another region or service, or for another time: 15 minutes off, or expired.
 * Source: AWS Signature Version 4, "Troubleshoot".
 */
export function checkScope(claim: SignatureClaim, region: string, service: string, nowMs: number): void {
  const { day, time, expiresSeconds } = claim;
  requireScope('region', region, claim.region);
  requireScope('service', service, claim.service);
  requireScope('day', time.slice(0, 8), day);
  const signedMs = Date.parse(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (!(signedMs - MAX_SKEW_MS <= nowMs)) {
    const message = `Signature not yet current: ${time} is still later than ${timeText(nowMs)}`;
    throw new SignatureError('InvalidSignatureException', message);
  }
  const endMs = signedMs + (expiresSeconds === null ? MAX_SKEW_MS : expiresSeconds * 1000);
  if (nowMs > endMs) {
    const message = `Signature expired: it held until ${timeText(endMs)}, and it is ${timeText(nowMs)}`;
    throw new SignatureError('InvalidSignatureException', message);
  }
}

function requireScope(what: string, expected: string, got: string): void {
  if (expected === got) return;
  const message = `Expected the ${what} '${expected}' in the scope of the credential, got '${got}'`;
  throw new SignatureError('InvalidSignatureException', message);
}

function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Throws a SignatureError unless the request with this body was signed with the key. Takes the same time wherever they differ. */
export function verifySignature(claim: SignatureClaim, body: Uint8Array, key: KeyObject): void {
  const { request, signedHeaders, time, day, region, service } = claim;
  const bodyHash = hash('sha256', body);
  const claimedHash = request.headers.get('x-amz-content-sha256') ?? bodyHash;
  const canonicalHash = hash('sha256', canonicalRequest(request, signedHeaders, bodyHash));
  const text = `${ALGORITHM}\n${time}\n${day}/${region}/${service}/aws4_request\n${canonicalHash}`;
  const signature = createHmac('sha256', key).update(text).digest();
  if (timingSafeEqual(signature, claim.signature) && claimedHash === bodyHash) return;
  const message = 'The request signature we calculated does not match the signature you provided';
  throw new SignatureError('InvalidSignatureException', message);
}
