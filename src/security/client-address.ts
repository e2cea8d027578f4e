import { type IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** The address of the client that sent a request. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * Makes a ClientAddress that believes X-Forwarded-For only of these addresses and networks (10.0.0.0/8, loopback), and of what is
 * before them nothing. Throws a TypeError for what is neither.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (request) => proxyAddr(request, isTrusted);
}
