import { createSchema } from '../../../src/gateway/schema.ts';
import { randomRequest } from '../execution/request.ts';
import { mutateJson, mutateText, type Random } from '../random.ts';
import { checkAnswer, type Secrets } from './check-answer.ts';
import { createExchange } from './exchange.ts';
import { bytesOf, type HttpRequest, mutateBytes, mutateHttp } from './http-bytes.ts';

/** Those of clients' mistakes. */
const STATUSES = new Set([200, 204, 304, 400, 403, 404, 405, 406, 408, 413, 415, 417, 426, 431]);
/** The gateway's own deadline, and time to answer. */
const DEADLINE_MS = 12_000;
/** Codes of faults: of the gateway, and of a data plane that is well. */
const FAULT = /"code":"(INTERNAL_SERVER_ERROR|UPSTREAM_(UNAVAILABLE|FAILURE|TIMEOUT|BAD_RESPONSE|FORBIDDEN))"/;

/** In place of the texts that the generator writes, so that there is something to be found. */
const NAMES = [
  'demo',
  'press-01',
  'coldroom-01',
  'motorPressure',
  'deviceWatchdog',
  'coldRoomTemperature',
  'DeviceBeat',
];
const PIECES = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '!',
    '$',
    '...',
    '@',
    ':',
    '=',
    '|',
    '&',
    '"',
    '"""',
    '#',
    ',',
    '\\u{110000}',
    '\\ud800',
  ],
  ...[
    'on',
    'fragment',
    'query',
    'mutation',
    'subscription',
    'null',
    'true',
    '__typename',
    '__schema',
    '1e999',
    '-0',
    '\u0000',
  ],
  ...[
    '@include(if: true)',
    '@defer',
    'Query',
    '__proto__',
    '{ a '.repeat(30),
    '[['.repeat(50),
    'a: __typename '.repeat(120),
  ],
];
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    2 ** 31,
    '',
    'press-01',
    'demo',
    'x'.repeat(300),
    '\u0000',
    '\ud800',
    '2026-13-01',
  ],
  ...[
    {},
    [],
    [[]],
    [null],
    { a: { b: [] } },
    Array.from({ length: 1100 }, () => 'x'),
    'RGV2aWNlOmE=',
    '9223372036854775808',
  ],
];

/** Sends the gateway operations of the whole schema: good ones, and such with a wrong document, variables, envelope or head. */
export function createGraphqlFuzz(url: string, secrets: Secrets) {
  const exchange = createExchange(url, DEADLINE_MS);
  const schema = createSchema();
  const { host, pathname } = new URL(url);

  async function fuzz(random: Random): Promise<void> {
    const { query, operationName, variableValues } = randomRequest(random, schema);
    const named = query.replace(/"(a|id)"/g, () => JSON.stringify(random.pick(NAMES)));
    const good = { query: named, operationName, variables: withNames(random, variableValues) };
    const request = random.oneIn(12) ? byGet(good, pathname, host) : byPost(bodyOf(random, good), pathname, host);
    const { isWhole, ...mutated } = random.oneIn(6) ? mutateHttp(random, request) : { ...request, isWhole: true };
    const answer = await exchange.send(bytesOf(mutated), { isWhole, isHead: mutated.method === 'HEAD' });
    // Who says that more is to come may be cut off without a word.
    if (answer === null && !isWhole) return;
    const told = () => `${mutated.method} ${mutated.path}\n${mutated.body.toString().slice(0, 3000)}`;
    if (answer === null) throw new Error(`Expected an answer, got none for ${told()}`);
    checkAnswer(answer, STATUSES, secrets);
    const fault = FAULT.exec(answer.text)?.[0];
    if (fault !== undefined) throw new Error(`Expected no fault, got ${fault} in ${answer.text}\nfor ${told()}`);
  }

  return { fuzz, close: exchange.close };
}

function withNames(random: Random, variables: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(variables), (_name, value: unknown) =>
    value === 'a' || value === 'id' ? random.pick(NAMES) : value,
  );
}

function bodyOf(random: Random, good: { readonly query: string }): Buffer {
  const text = JSON.stringify(good);
  switch (random.below(10)) {
    case 0:
    case 1:
      return Buffer.from(text);
    case 2:
    case 3:
      return Buffer.from(JSON.stringify(mutateJson(random, good, VALUES)));
    case 4:
      return mutateBytes(random, Buffer.from(text));
    case 5:
      return Buffer.from(
        random.pick([`[${text}]`, text.slice(0, random.below(text.length)), '', 'null', '"a"', `${text}x`]),
      );
    default:
      return Buffer.from(JSON.stringify({ ...good, query: mutateText(random, good.query, PIECES) }));
  }
}

function byPost(body: Buffer, path: string, host: string): HttpRequest {
  const headers = { host, 'content-type': 'application/json', 'content-length': String(body.byteLength) };
  return { method: 'POST', path, headers, body };
}

function byGet({ query, variables }: { query: string; variables: unknown }, path: string, host: string): HttpRequest {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  // What is longer than a head may be is for POST.
  const target = `${path}?${search.toString().slice(0, 12_000)}`;
  return { method: 'GET', path: target, headers: { host, 'apollo-require-preflight': '1' }, body: Buffer.alloc(0) };
}
