import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { withResponseHeaders } from '../../src/security/response-headers.ts';

async function headersWith(isTls: boolean): Promise<Headers> {
  const server = createServer(
    withResponseHeaders((_request, response) => response.setHeader('Cache-Control', 'private').end('{}'), isTls),
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}`)).headers;
}

test('browsers are told to come back by TLS only where it is TLS', async () => {
  expect((await headersWith(true)).get('strict-transport-security')).toBe('max-age=31536000');
  expect((await headersWith(false)).has('strict-transport-security')).toBe(false);
});

test('a header that the listener sets itself stays as it is', async () => {
  expect((await headersWith(false)).get('cache-control')).toBe('private');
});
