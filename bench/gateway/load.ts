import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createMessageReader } from './http-messages.ts';

/** What a run of requests came to. */
export interface LoadResult {
  readonly requests: number;
  readonly elapsedMs: number;
  /** Of each request, in the order of the answers. */
  readonly latenciesMs: readonly number[];
}

/** What is sent where: whole HTTP requests, one after the other and from the first again. */
export interface Load {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly durationMs: number;
}

/** A POST of a GraphQL request as bytes. */
export function encodeRequest(path: string, body: object): Buffer {
  const text = JSON.stringify(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/**
 * A closed loop: each connection sends its next request when it has the answer to the last, until `durationMs` have passed; what is then under
 * way is waited for, so that what the server did from idle to idle is for these requests alone. Rejects on the first answer that is no success.
 */
export async function runClosedLoop(load: Load, onOpen: () => Promise<void>): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  await onOpen();
  const latenciesMs: number[] = [];
  let sent = 0;
  const startedAtMs = performance.now();
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let sentAtMs = 0;
          const send = () => {
            const request = load.requests[sent++ % load.requests.length];
            sentAtMs = performance.now();
            if (request) socket.write(request);
          };
          socket.on(
            'data',
            createMessageReader(({ head, body }) => {
              const nowMs = performance.now();
              latenciesMs.push(nowMs - sentAtMs);
              if (!head.startsWith('HTTP/1.1 200') || body.includes('"errors"')) reject(unexpected(head, body));
              else if (nowMs - startedAtMs < load.durationMs) send();
              else resolve();
            }),
          );
          socket.on('error', reject);
          socket.on('close', () => {
            reject(new Error('Expected an answer, but the server closed the connection'));
          });
          send();
        }),
    ),
  );
  const elapsedMs = performance.now() - startedAtMs;
  for (const socket of sockets) socket.destroy();
  return { requests: latenciesMs.length, elapsedMs, latenciesMs };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function unexpected(head: string, body: Buffer): Error {
  return new Error(
    `Expected an answer without errors, got ${head.split('\r\n', 1)[0] ?? ''} ${body.toString('utf8', 0, 400)}`,
  );
}
