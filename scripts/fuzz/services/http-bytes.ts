import { mutateText, type Random } from '../random.ts';

/** A request before it is bytes. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'get', 'NONE'];
const PATH_PIECES = [
  '/',
  '//',
  '..',
  '%',
  '%2F',
  '%00',
  '%ff',
  '?',
  '&',
  '=',
  '#',
  '+',
  ' ',
  '\\',
  '__proto__',
  '%E2%82',
  ';',
];
/** Headers that change how a request is read. */
const HEADERS: readonly (readonly [string, string])[] = [
  ...([
    ['content-type', 'text/plain'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-encoding', 'gzip'],
    ['content-encoding', 'br'],
    ['content-encoding', 'nonsense'],
    ['accept', 'application/graphql-response+json'],
    ['accept', 'nonsense/*;q=x'],
    ['accept-encoding', 'zstd;q=0.1, gzip;q=1, *;q=0'],
    ['if-none-match', '*'],
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
  ] as const),
  ...([
    ['host', 'evil.example'],
    ['x-forwarded-for', '203.0.113.7, nonsense'],
    ['x-request-id', '<script>'],
    ['x-amz-target', 'SageMaker.NoSuch'],
    ['x-amz-date', '20260101T000000Z'],
    [
      'authorization',
      'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/iotevents/aws4_request, SignedHeaders=host, Signature=00',
    ],
    ['authorization', 'Bearer nonsense'],
    ['range', 'bytes=0-1'],
    ['cookie', '__proto__=1'],
    ['constructor', '1'],
    ['__proto__', '1'],
  ] as const),
];
/** Headers of the connection and of the body's length, mostly wrong: who sends them is cut off after the answer. */
const FRAMINGS: readonly (readonly [string, string])[] = [
  ['transfer-encoding', 'chunked'],
  ['content-length', '0'],
  ['content-length', '99999999'],
  ['content-length', '-1'],
  ['expect', '100-continue'],
  ['expect', 'nonsense'],
  ['connection', 'close'],
  ['upgrade', 'websocket'],
  ['x-long', 'x'.repeat(20_000)],
];

/** The bytes of a request as it is. */
export function bytesOf({ method, path, headers, body }: HttpRequest): Buffer {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'), body]);
}

/** A request with its method, path or headers changed; `isWhole`: the server has no cause to wait for more of it. */
export function mutateHttp(random: Random, request: HttpRequest): HttpRequest & { readonly isWhole: boolean } {
  switch (random.below(5)) {
    case 0:
      return { ...request, method: random.pick(METHODS), isWhole: false };
    case 1:
      // A line break would end the head.
      return { ...request, path: mutateText(random, request.path, PATH_PIECES).replace(/[\r\n]/g, ''), isWhole: false };
    case 2: {
      const [name, value] = random.pick(FRAMINGS);
      const headers = random.oneIn(2) ? { ...request.headers, [name]: value } : { [name]: value, ...request.headers };
      return { ...request, headers, isWhole: false };
    }
    default: {
      const [name, value] = random.pick(HEADERS);
      return { ...request, headers: { ...request.headers, [name]: value }, isWhole: true };
    }
  }
}

/** Bytes with a few of them changed, dropped or added. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  const parts = [...bytes];
  for (let count = random.below(5); count >= 0; count -= 1) {
    const kept = random.below(3);
    const added = Array.from({ length: random.below(3) }, () => random.below(256));
    parts.splice(random.below(parts.length + 1), kept, ...added);
  }
  return Buffer.from(parts);
}
