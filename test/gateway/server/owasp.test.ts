import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../src/settings.ts';
import { answerTo, openSocket, post, startTestGateway } from './start-test-gateway.ts';

/**
 * The lines of two lists, on the settings that production has by itself. Timeouts are in http.test.ts ("an operation ends with its
 * deadline"). Access control is not in here: there is no authentication yet (SECURITY.md). Source: OWASP GraphQL Cheat Sheet; graphql-cop, README, "Detections".
 */
const { settings } = readSettings('gateway', new Map(), { NODE_ENV: 'production' }, false);
const { introspection, landingPage, debugExtensions } = settings;

const startGateway = (overrides: Parameters<typeof startTestGateway>[0] = {}) =>
  startTestGateway({ introspection, landingPage, debugExtensions, limits: settings, ...overrides });

async function refusalOf(query: string, variables: object = {}): Promise<string | undefined> {
  const { url } = await startGateway();
  const answer = await answerTo(url, query, variables);
  expect(Object.values(answer.data ?? {}).every((value) => value === null)).toBe(true);
  return answer.errors?.[0]?.message;
}

/** A request as a page can send it without asking first. */
function postForm(url: string, body: string, type = 'application/x-www-form-urlencoded') {
  return fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
}

const fieldsOf = (aliases: number) => Array.from({ length: aliases }, (_, index) => `a${index}: __typename`).join(' ');

describe('graphql-cop', () => {
  test('Alias Overloading: 101 aliases are refused', async () => {
    expect(await refusalOf(`{ ${fieldsOf(101)} }`)).toBe('Aliases limit of 100 exceeded, found 101.');
  });

  test('Batch Queries: an array of operations is refused', async () => {
    const { url } = await startGateway();
    const response = await post(
      url,
      Array.from({ length: 10 }, () => ({ query: '{ __typename }' })),
    );
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('"data"');
  });

  test('Circular Query using Introspection: refused', async () => {
    const circular = '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
    expect(await refusalOf(circular)).toBe('Maximum introspection depth exceeded');
  });

  test('Directive Overloading: ten directives that do not exist get no ten errors, and 51 are refused', async () => {
    const { url } = await startGateway();
    const { errors } = await answerTo(url, `{ __typename ${'@aa '.repeat(10)} }`);
    expect(errors).toHaveLength(6);
    expect(errors?.at(-1)?.message).toBe('Too many validation errors, error limit reached. Validation aborted.');
    const many = Array.from({ length: 51 }, () => '__typename @include(if: true)').join(' ');
    expect(await refusalOf(`{ ${many} }`)).toBe('Directives limit of 50 exceeded, found 51.');
  });

  test('Field Duplication: the same field 500 times is refused', async () => {
    expect(await refusalOf(`{ ${'__typename '.repeat(500)} }`)).toBe(
      'Expected a field at most 100 times in a selection, got "__typename" more often',
    );
  });

  test('Field Suggestions: a field that is nearly right is not told', async () => {
    expect(await refusalOf('{ detecto }')).toBe('Cannot query field "detecto" on type "Query".');
  });

  test('GET based Queries (CSRF): refused without a header that pages have to ask for', async () => {
    const { url } = await startGateway();
    expect((await fetch(`${url}?query={__typename}`)).status).toBe(400);
  });

  test('GET based Mutations (CSRF): refused, with that header too', async () => {
    const { url, requests } = await startGateway();
    const mutation = 'mutation { putMessages(input: { messages: [] }) { results { ok } } }';
    const address = `${url}?query=${encodeURIComponent(mutation)}`;
    expect((await fetch(address)).status).toBe(400);
    expect((await fetch(address, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(405);
    expect(requests).toEqual([]);
  });

  test('POST based Queries using urlencoded payloads (CSRF): refused', async () => {
    const { url } = await startGateway();
    expect((await postForm(url, 'query={__typename}')).status).toBe(400);
    expect((await postForm(url, '{"query":"{__typename}"}', 'text/plain')).status).toBe(400);
  });

  test('GraphiQL / Playground: there is none', async () => {
    const { url } = await startGateway();
    for (const path of ['', '/graphql', '/graphiql', '/playground', '/console']) {
      const page = await fetch(new URL(path, url), { headers: { accept: 'text/html' } });
      expect(page.ok).toBe(false);
      expect(page.headers.get('content-type')).toMatch(/^(application\/json|text\/plain)/);
      expect(await page.text()).not.toMatch(/<script|<html/i);
    }
  });

  test('Introspection Query: refused', async () => {
    expect(await refusalOf('{ __schema { types { name fields { name } } } }')).toContain(
      'introspection has been disabled',
    );
    expect(await refusalOf('{ __type(name: "Query") { name } }')).toContain('introspection has been disabled');
  });

  test('Trace Mode: no extensions tell how an answer came about', async () => {
    const { url } = await startGateway();
    const answer = await post(url, { query: '{ __typename }' }, { 'apollo-federation-include-trace': 'ftv1' });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test('Unhandled Error: what cannot be parsed is 400 or a GraphQL error, without stack or exception', async () => {
    const { url } = await startGateway();
    const condition =
      'subscription($c: Boolean!) { detectorsChanged(detectorModelName: "m") @include(if: $c) { kind } }';
    for (const body of [
      '{"query":"qwerty cop { abc }"}',
      '{"query":5}',
      '{',
      '""',
      '{"query":"{ a }","variables":[]}',
      JSON.stringify({ query: condition }),
    ]) {
      const response = await postForm(url, body, 'application/json');
      const text = await response.text();
      expect(response.status).toBeLessThan(500);
      expect(text).not.toMatch(/exception|stack|\bat \w|\.[jt]s:/i);
      expect(JSON.parse(text)).toMatchObject({ errors: [expect.anything()] });
    }
  });
});

describe('OWASP GraphQL Cheat Sheet', () => {
  test('Input Validation: a text that breaks its rule goes nowhere, and is not repeated whole', async () => {
    const { url, requests } = await startGateway();
    const query = 'query ($key: String!) { detector(detectorModelName: "motor", keyValue: $key) { keyValue } }';
    for (const key of ['../../../etc/passwd', "' OR 1=1 --", 'x'.repeat(10_000), 'a\r\nX-Injected: 1', '']) {
      const { errors } = await answerTo(url, query, { key });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'keyValue' });
      expect(errors?.[0]?.message.length).toBeLessThan(300);
    }
    expect(requests).toEqual([]);
  });

  test('Query Limiting (Depth): 16 levels are refused, in fragments too', async () => {
    const nested = `${'... on Device { detectors { ... on Detector { device {'.repeat(8)} presence ${'} } } }'.repeat(8)}`;
    const query = `{ device(deviceFleetName: "demo", deviceName: "d0") { ${nested} } }`;
    expect(await refusalOf(query)).toMatch(/depth limit of 15 exceeded/i);
  });

  test('Query Limiting (Depth): fragments that go in circles are refused', async () => {
    const circle = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
    expect(await refusalOf(circle)).toContain('Cannot spread fragment "A" within itself');
  });

  test('Query Limiting (Amount): a page and a list of ids have a largest size', async () => {
    expect(await refusalOf('{ detectors(detectorModelName: "motor", first: 100000) { nodes { id } } }')).toContain(
      'Expected 1 to 250, got 100000',
    );
    const ids = Array.from({ length: 251 }, () => 'x');
    expect(await refusalOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toContain('250');
  });

  test('Query Cost Analysis: a document over 5000 tokens is not parsed to its end', async () => {
    expect(await refusalOf(`{ ${'a '.repeat(5001)} }`)).toContain('Document contains more that 5000 tokens');
  });

  test('Rate Limiting: a socket that sends too many messages is closed', async () => {
    const { url } = await startGateway();
    const socket = openSocket(url);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => {
      socket.send('{"type":"connection_init"}');
      for (let count = 0; count < 1000; count += 1) socket.send('{"type":"ping"}');
    });
    expect(await closed).toBe(4429);
  });

  test('Batching Attacks: one request is one operation, with at most 1000 entries in a batch', async () => {
    const message = { inputName: 'PressureInput', payload: { motorid: 'm1' } };
    const query = 'mutation ($m: [MessageInput!]!) { putMessages(input: { messages: $m }) { results { ok } } }';
    expect(await refusalOf(query, { m: Array.from({ length: 1001 }, () => message) })).toContain('1000');
  });

  test('Excessive Errors: a fault of ours or of upstream tells nothing of the inside', async () => {
    const { url, misbehave, endpoint } = await startGateway();
    misbehave((_request, response) => response.writeHead(500).end('Error: at secret.js:1 password=hunter2'));
    const { errors } = await answerTo(url, '{ detector(detectorModelName: "motor", keyValue: "m1") { keyValue } }');
    expect(errors?.[0]?.extensions['code']).toMatch(/^UPSTREAM_/);
    expect(JSON.stringify(errors)).not.toMatch(/secret\.js|hunter2|stacktrace/);
    expect(JSON.stringify(errors)).not.toContain(new URL(endpoint).host);
  });
});

describe('headers', () => {
  test('every answer tells browsers not to guess, frame, keep or pass on', async () => {
    const { url } = await startGateway();
    const answers = [
      await post(url, { query: '{ __typename }' }),
      await post(url, { query: '{ nonsense' }),
      await fetch(new URL('/healthz', url)),
      await fetch(new URL('/nothing', url)),
      await post(url, { query: '{ __typename }' }, { accept: 'text/event-stream' }),
    ];
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
      });
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });

  test('Sandbox may load what it is made of, with a nonce of its own each time, and nothing else', async () => {
    const { url } = await startGateway({ landingPage: true });
    const policyOf = async () => {
      const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
      const policies = [...page.matchAll(/http-equiv="Content-Security-Policy" content="([^"]*)"/g)];
      expect(policies).toHaveLength(1);
      const nonce = /'nonce-(\w+)'/.exec(policies[0]?.[1] ?? '')?.[1];
      for (const [script] of page.matchAll(/<script\b[^>]*>/g)) expect(script).toContain(`nonce="${String(nonce)}"`);
      return { policy: policies[0]?.[1], nonce };
    };
    const { policy, nonce } = await policyOf();
    expect(policy).toContain("default-src 'none'; script-src 'nonce-");
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect((await policyOf()).nonce).not.toBe(nonce);
  });
});
