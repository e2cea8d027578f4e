import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createClientAddress } from '../../src/security/client-address.ts';

/** The address that a server on loopback takes a request for, which came with this X-Forwarded-For. */
async function addressOf(trustedProxies: readonly string[], forwardedFor: string): Promise<string> {
  const clientAddress = createClientAddress(trustedProxies);
  const server = createServer((request, response) => response.end(clientAddress(request)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1', headers: { 'x-forwarded-for': forwardedFor } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const address = await text(response);
  server.close();
  server.closeAllConnections();
  return address;
}

describe('the address of a client', () => {
  it.each([
    ['nobody is trusted', [], '203.0.113.7', '127.0.0.1'],
    ['another proxy is trusted', ['10.0.0.0/8'], '203.0.113.7', '127.0.0.1'],
    ['the proxy is trusted', ['127.0.0.1'], '203.0.113.7', '203.0.113.7'],
    ['a client made up addresses before', ['loopback'], '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['both proxies are trusted', ['loopback', '10.0.0.0/8'], '203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['one of two proxies is trusted', ['loopback'], '203.0.113.7, 10.1.2.3', '10.1.2.3'],
  ])('where %s', async (_what, trusted, forwardedFor, expected) => {
    expect(await addressOf(trusted, forwardedFor)).toBe(expected);
  });

  it('cannot be told by what is no address', () => {
    expect(() => createClientAddress(['1.2.3.4.5'])).toThrow('invalid IP address');
  });
});
