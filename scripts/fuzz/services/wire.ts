import { mutateJson, mutateText, type Random } from '../random.ts';
import { checkAnswer, type Secrets } from './check-answer.ts';
import { createExchange } from './exchange.ts';
import { bytesOf, type HttpRequest, mutateBytes, mutateHttp } from './http-bytes.ts';
import { WIRE_REQUESTS, type WireRequest } from './wire-requests.ts';

/** Those of clients' mistakes, and 501: UnsupportedOperationException is modelled. Source: wire.md, section 3 and section 9 item 8. */
const STATUSES = new Set([200, 201, 202, 204, 400, 403, 404, 405, 408, 409, 410, 413, 417, 431, 501]);
const DEADLINE_MS = 5000;

/** What members are replaced by. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 63), '', ' ', 'a', '😀', '\u0000', '\ud800', '../..'],
  ...['x'.repeat(129), 'x'.repeat(5000), 'e30=', '{"a":', "'; DROP TABLE x; --", '${1}', '$input.a', '$variable.b > 1'],
  ...['&a [*a]', 'a: &b [c]\nd: [*b, *b]', '--- !!js/function x', '%', '60', '1e9', 'arn:aws:iotevents:x'],
  ...[{}, [], [[]], [null], { a: { b: [] } }, Array.from({ length: 300 }, (_, index) => index)],
];
const JSON_PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\u0000',
  '\\ud800',
  '1e999',
  '-',
  'null',
  '{"__proto__":{}}',
  '[[[[',
];

/** Sends the data plane a real request with something wrong: its JSON, the text or bytes of its body, its head, all of its bytes. */
export function createWireFuzz(url: string, secrets: Secrets) {
  const exchange = createExchange(url, DEADLINE_MS);
  const requests = Object.values(WIRE_REQUESTS);
  const host = new URL(url).host;

  async function fuzz(random: Random): Promise<void> {
    const request = httpOf(random, random.pick(requests), host);
    const { isWhole, ...mutated } = random.oneIn(3) ? mutateHttp(random, request) : { ...request, isWhole: true };
    const isGarbled = random.oneIn(20);
    const bytes = isGarbled ? mutateBytes(random, bytesOf(mutated)) : bytesOf(mutated);
    const isHead = mutated.method === 'HEAD';
    const answer = await exchange.send(bytes, { isWhole: isWhole && !isGarbled, isHead });
    // Who is not understood, or says that more is to come, may be cut off without a word.
    if (answer !== null) checkAnswer(answer, STATUSES, secrets);
    else if (isWhole && !isGarbled) throw new Error(`Expected an answer, got none for ${bytes.toString('latin1')}`);
  }

  return { fuzz, close: exchange.close };
}

function httpOf(random: Random, { method, path, target, body }: WireRequest, host: string): HttpRequest {
  const bytes = body === undefined ? Buffer.alloc(0) : bodyOf(random, body);
  const headers = {
    host,
    ...(target !== undefined && { 'x-amz-target': target }),
    ...(body !== undefined && {
      'content-type': target === undefined ? 'application/json' : 'application/x-amz-json-1.1',
    }),
    ...((body !== undefined || method !== 'GET') && { 'content-length': String(bytes.byteLength) }),
  };
  return { method, path, headers, body: bytes };
}

function bodyOf(random: Random, body: object): Buffer {
  switch (random.below(8)) {
    case 0:
      return Buffer.from(JSON.stringify(body));
    case 1:
      return Buffer.from(mutateText(random, JSON.stringify(body), JSON_PIECES));
    case 2:
      return mutateBytes(random, Buffer.from(JSON.stringify(body)));
    case 3:
      return random.oneIn(50)
        ? Buffer.alloc(random.below(1_200_000), random.pick(['[', ' ', '{"a":', '9']))
        : Buffer.alloc(0);
    default:
      return Buffer.from(JSON.stringify(mutateJson(random, body, VALUES)));
  }
}
