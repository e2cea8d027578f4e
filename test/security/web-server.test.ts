import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWebServer, type TlsFiles } from '../../src/security/web-server.ts';
import { createTestLog, type TestLog } from '../test-log.ts';

// Self-signed for localhost, for a hundred years: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes
const certificates = fileURLToPath(new URL('tls', import.meta.url));

let directory: string;
let files: TlsFiles;
let log: TestLog;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-tls-'));
  files = { certFile: join(directory, 'cert.pem'), keyFile: join(directory, 'key.pem') };
  log = createTestLog();
  await put('one');
});
afterEach(() => rm(directory, { recursive: true }));

async function put(name: 'one' | 'two'): Promise<void> {
  await copyFile(join(certificates, `${name}.cert.pem`), files.certFile);
  await copyFile(join(certificates, `${name}.key.pem`), files.keyFile);
}

/** A server that answers with its path, and whose certificate is shown to each new connection. */
async function start() {
  const server = createWebServer(files, log.log, {}, (request, response) => response.end(request.url));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async subject(): Promise<string | string[] | undefined> {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return subject.CN;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

test('a server with certificate files speaks TLS', async () => {
  await using server = await start();
  const request = get({ port: server.port, host: '127.0.0.1', path: '/a', rejectUnauthorized: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(await text(response)).toBe('/a');
});

test('a certificate that changes is shown to new connections, and one that is broken is not', async () => {
  await using server = await start();
  expect(await server.subject()).toBe('one.localhost');
  await put('two');
  await vi.waitFor(async () => {
    expect(await server.subject()).toBe('two.localhost');
  }, 10_000);
  await writeFile(files.certFile, 'no certificate');
  await vi.waitFor(() => {
    expect(log.logged('warn')).toContainEqual(
      expect.objectContaining({ msg: 'the certificate cannot be read: it stays as it was' }),
    );
  }, 10_000);
  expect(await server.subject()).toBe('two.localhost');
  await put('one');
  await vi.waitFor(async () => {
    expect(await server.subject()).toBe('one.localhost');
  }, 10_000);
});

test('files that are no good are refused at the start', async () => {
  await copyFile(join(certificates, 'two.key.pem'), files.keyFile);
  expect(() => createWebServer(files, log.log, {}, () => undefined)).toThrow('key values mismatch');
  await rm(files.keyFile);
  expect(() => createWebServer(files, log.log, {}, () => undefined)).toThrow('ENOENT');
});
