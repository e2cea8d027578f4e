import { once } from 'node:events';
import { connect } from 'node:net';
import { createMessageReader } from './http-messages.ts';

/** What is sent where: whole HTTP requests, one after the other and from the first again. */
export interface Load {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly durationMs: number;
}

/** What a load came to: how long it took, and how long each request did. */
export interface LoadResult {
  readonly elapsedMs: number;
  readonly latenciesMs: readonly number[];
}

/** A keep-alive connection, on which one request follows the other. */
interface Connection {
  /** Resolves with the body of the answer; rejects if that is no success. */
  send(request: Buffer): Promise<Buffer>;
  close(): void;
}

/** A POST of a JSON body, as bytes. */
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

/** Sends one request and gives the answer's JSON. Rejects as a load does. */
export async function askOnce(port: number, request: Buffer): Promise<unknown> {
  const connection = await open(port);
  const body = await connection.send(request);
  connection.close();
  return JSON.parse(body.toString());
}

/**
 * A closed loop: each connection sends its next request when it has the answer to the last, until `durationMs` have passed. What is then
 * under way is waited for, so all that the server does from idle to idle is for these requests. `onOpen` is awaited before the first.
 * Rejects on an answer that is no success or tells of an error.
 */
export async function runClosedLoop(load: Load, onOpen: () => Promise<void>): Promise<LoadResult> {
  const next = createCycle(load.requests);
  return runLoad(load, onOpen, async (connections, startedAtMs, latenciesMs) => {
    const loops = connections.map(async (connection) => {
      let nowMs = performance.now();
      do {
        const sentAtMs = nowMs;
        await connection.send(next());
        nowMs = performance.now();
        latenciesMs.push(nowMs - sentAtMs);
      } while (nowMs - startedAtMs < load.durationMs);
    });
    await Promise.all(loops);
  });
}

/**
 * So many requests a second, whether or not the server keeps up: one for which no connection is free waits for one, and that counts. Else
 * as a closed loop.
 */
export async function runPaced(load: Load, perSecond: number, onOpen: () => Promise<void>): Promise<LoadResult> {
  const next = createCycle(load.requests);
  const total = Math.ceil((load.durationMs / 1000) * perSecond);
  return runLoad(
    load,
    onOpen,
    (connections, startedAtMs, latenciesMs) =>
      new Promise((resolve, reject) => {
        const idle = [...connections];
        const waitingSinceMs: number[] = [];
        const send = async (connection: Connection, sinceMs: number) => {
          await connection.send(next());
          latenciesMs.push(performance.now() - sinceMs);
          idle.push(connection);
          if (latenciesMs.length === total) resolve();
          else sendWaiting();
        };
        const sendWaiting = () => {
          while (waitingSinceMs.length > 0) {
            const connection = idle.pop();
            if (!connection) return;
            send(connection, waitingSinceMs.shift() ?? NaN).catch(reject);
          }
        };
        let due = 0;
        const timer = setInterval(() => {
          const nowMs = performance.now();
          for (; due < total && startedAtMs + (due * 1000) / perSecond <= nowMs; due++) waitingSinceMs.push(nowMs);
          sendWaiting();
          if (due === total) clearInterval(timer);
        }, 1);
      }),
  );
}

async function runLoad(
  { port, connections: count }: Load,
  onOpen: () => Promise<void>,
  run: (connections: readonly Connection[], startedAtMs: number, latenciesMs: number[]) => Promise<void>,
): Promise<LoadResult> {
  const connections = await Promise.all(Array.from({ length: count }, () => open(port)));
  await onOpen();
  const latenciesMs: number[] = [];
  const startedAtMs = performance.now();
  await run(connections, startedAtMs, latenciesMs);
  const elapsedMs = performance.now() - startedAtMs;
  for (const connection of connections) connection.close();
  return { elapsedMs, latenciesMs };
}

async function open(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiter: { resolve(body: Buffer): void; reject(error: Error): void } | null = null;
  const fail = (error: Error) => {
    socket.destroy();
    waiter?.reject(error);
    waiter = null;
  };
  socket.on(
    'data',
    createMessageReader(({ head, body }) => {
      if (!head.startsWith('HTTP/1.1 200') || body.includes('"errors"')) {
        const status = head.slice(0, head.indexOf('\r\n'));
        fail(new Error(`Expected an answer without errors, got ${status} ${body.toString('utf8', 0, 400)}`));
      } else {
        waiter?.resolve(body);
        waiter = null;
      }
    }),
  );
  socket.on('error', fail);
  socket.on('close', () => {
    fail(new Error('Expected an answer, but the server closed the connection'));
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiter = { resolve, reject };
        socket.write(request);
      }),
    close() {
      socket.destroy();
    },
  };
}

function createCycle(requests: readonly Buffer[]): () => Buffer {
  let index = 0;
  return () => {
    const request = requests[index++ % requests.length];
    if (!request) throw new Error('Expected at least one request, got none');
    return request;
  };
}
