import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Socket } from 'node:net';
import { type Exchange, type HttpAnswer } from './exchange.ts';

/** What the SDK hands to a request handler, as far as it is used here. */
interface SignedRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An answer that broke off. */
export class AnswerCutError extends Error {
  override readonly name = 'AnswerCutError';
}

/** One hanging key must not keep all others from a socket: the SDK's 50 are too few, so this is only a bound against runaway. */
export const MAX_SOCKETS = 1024;
/** A page of 250 summaries has about 75 KiB, a detector with 50 variables of 1024 characters about 60. */
export const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** An answer larger than anything AWS sends. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';

  constructor() {
    super(`Expected an answer of at most ${ANSWER_LIMIT_BYTES} bytes, got more`);
  }
}

// The SDK's deserializer believes what it gets (numbers as strings, an empty body as an empty answer) and puts the raw
// answer into its errors. It gets this instead, and the exchange keeps the real answer for the readers in this directory.
const EMPTY_BODY = new Uint8Array(0);

/**
 * A request handler for the SDK clients: keep-alive, as many sockets as needed, whole and bounded answers, and an end
 * that destroys the request. Rejects with Node's own errors or those above.
 */
export function createHttpHandler() {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: SignedRequest, exchange: Exchange) {
      if (exchange.abandonedBy) throw exchange.abandonedBy;
      exchange.requested = true;
      const clientRequest = startRequest(request);
      exchange.underWay = { abort: (reason) => void clientRequest.destroy(reason) };
      exchange.answer = await readAnswer(clientRequest, exchange);
      const { headers } = exchange.answer;
      return { response: { statusCode: 200, headers, body: EMPTY_BODY } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };

  function startRequest(request: SignedRequest): ClientRequest {
    const options = {
      host: request.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: request.port,
      method: request.method,
      path: request.path + queryText(request.query ?? {}),
      headers: request.headers,
    };
    return request.protocol === 'https:'
      ? httpsRequest({ ...options, agent: agents['https:'] }).end(request.body)
      : httpRequest({ ...options, agent: agents['http:'] }).end(request.body);
  }
}

function queryText(query: NonNullable<SignedRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => `${encodeQuery(name)}=${encodeQuery(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

// As the signer encodes it: RFC 3986 leaves only these unreserved, and encodeURIComponent four more. Source: SigV4, canonical query string.
function encodeQuery(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function readAnswer(request: ClientRequest, exchange: Exchange): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('socket', (socket: Socket) => {
      const connected = () => {
        exchange.connected = true;
      };
      if (request.reusedSocket || !socket.connecting) connected();
      else socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    request.on('response', (response) => {
      readBody(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: plainHeaders(response), body });
      }, reject);
    });
  });
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      // Leaving the loop destroys the response and its socket.
      if (bytes > ANSWER_LIMIT_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AnswerCutError('The answer broke off', { cause });
  }
  if (bytes > ANSWER_LIMIT_BYTES) {
    throw new AnswerTooLargeError();
  }
  return Buffer.concat(chunks);
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
