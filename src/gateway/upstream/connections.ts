import type { Dispatcher } from 'undici';
// All of undici, with its fetch and WebSocket, takes a tenth of the time in which the program starts.
import Pool from 'undici/lib/dispatcher/pool.js';
import { type Exchange, type HttpAnswer } from './exchange.ts';
import { ANSWER_LIMIT_BYTES, AnswerCutError, AnswerTooLargeError, MAX_SOCKETS } from './http-handler.ts';

/** A signed request, ready to be sent. */
type PreparedRequest = Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'body'> & {
  readonly headers: Record<string, string>;
};

/** Keep-alive connections to any number of origins. */
export interface Connections {
  /** Resolves to the whole answer, whatever its status. Rejects with Node's or undici's errors, or those of http-handler.ts. */
  exchange(origin: string, request: PreparedRequest, exchange: Exchange): Promise<HttpAnswer>;
  destroy(): void;
}

/**
 * Makes Connections by undici, which costs half of what node:http does. One request at a time on each, so that none waits for
 * another. `connectTimeoutMs` frees those that nobody waits for any more.
 */
export function createConnections(connectTimeoutMs: number): Connections {
  const pools = new Map<string, Pool>();
  return {
    exchange(origin, request, exchange) {
      let pool = pools.get(origin);
      if (!pool) {
        // Calls have deadlines of their own, which end what has a connection.
        const timeouts = { connectTimeout: connectTimeoutMs, headersTimeout: 0, bodyTimeout: 0 };
        pool = new Pool(origin, { connections: MAX_SOCKETS, pipelining: 1, ...timeouts });
        pools.set(origin, pool);
      }
      return exchangeOver(pool, request, exchange);
    },
    destroy() {
      for (const pool of pools.values()) void pool.destroy();
    },
  };
}

function exchangeOver(pool: Pool, request: PreparedRequest, exchange: Exchange): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    let headers: Record<string, string> = {};
    pool.dispatch(request, {
      onRequestStart(controller) {
        if (exchange.abandonedBy) {
          controller.abort(exchange.abandonedBy);
          return;
        }
        exchange.connected = true;
        exchange.underWay = controller;
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode;
        headers = plainHeaders(responseHeaders);
      },
      onResponseData(controller, chunk) {
        bytes += chunk.byteLength;
        chunks.push(chunk);
        if (bytes > ANSWER_LIMIT_BYTES) controller.abort(new AnswerTooLargeError());
      },
      onResponseEnd() {
        resolve({ status, headers, body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) });
      },
      onResponseError(_controller, error) {
        if (error instanceof AnswerTooLargeError || status === 0) reject(asNodeError(error));
        else reject(new AnswerCutError('The answer broke off', { cause: error }));
      },
    });
  });
}

/** undici's name for a connection that the other side closed is its own; all others are Node's. */
function asNodeError(error: Error): Error {
  if (!('code' in error) || error.code !== 'UND_ERR_SOCKET') return error;
  return Object.assign(new Error('The other side closed the connection', { cause: error }), { code: 'ECONNRESET' });
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return plain;
}
