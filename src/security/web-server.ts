import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type Log } from '../telemetry/log.ts';

/** PEM files: the certificate, with those between it and the authority's, and its private key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Files are looked at so often: notifications do not come for every kind of mount. */
const LOOK_INTERVAL_MS = 1000;

/**
 * A server, of TLS where there are files, which are read again when they change: files that are no good are logged, and the
 * certificate stays as it was. Throws an Error if they are no good now.
 */
export function createWebServer(
  tls: TlsFiles | null,
  log: Log,
  options: ServerOptions,
  listener: RequestListener,
): Server {
  if (tls === null) return createHttpServer(options, listener);
  const server = createHttpsServer({ ...options, ...readTls(tls) }, listener);
  const reload = (): void => {
    try {
      server.setSecureContext(readTls(tls));
      log.info({ certFile: tls.certFile }, 'the certificate was read again');
    } catch (error) {
      // While the two files are replaced one after the other, this is as it should be.
      log.warn({ certFile: tls.certFile, err: error }, 'the certificate cannot be read: it stays as it was');
    }
  };
  const files = [tls.certFile, tls.keyFile];
  for (const file of files) watchFile(file, { interval: LOOK_INTERVAL_MS, persistent: false }, reload);
  server.once('close', () => {
    for (const file of files) unwatchFile(file, reload);
  });
  return server;
}

function readTls({ certFile, keyFile }: TlsFiles) {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}
