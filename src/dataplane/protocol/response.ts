import { type IncomingMessage, type ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import { AwsError } from './errors.ts';
import { type Service } from './operation.ts';

/** One answer, ready to be written. `body` is JSON text or empty. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of an operation that succeeded: `output` as JSON, null as an empty body. */
export function outputReply(status: number, output: object | null): Reply {
  return { status, headers: {}, body: output === null ? '' : JSON.stringify(output) };
}

/** The answer for what was thrown; what is no AwsError is a fault, of which no detail is told. */
export function errorReply(error: unknown, service: Service | null): Reply {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError(service?.fault ?? 'InternalFailureException', 'The request failed for an internal reason');
  const upperCase = service?.hasUpperCaseMessage === true ? { Message: known.message } : {};
  return {
    status: known.status,
    headers: { ...known.headers, 'x-amzn-ErrorType': known.type },
    body: JSON.stringify({ message: known.message, ...upperCase, __type: known.type }),
  };
}

const LINGER_MS = 2_000;

/** Writes an answer with its request id. Source: wire.md, section 3. */
export function writeReply(request: IncomingMessage, response: ServerResponse, requestId: string, reply: Reply): void {
  const { status, headers, body } = reply;
  const contentType = body === '' ? {} : { 'content-type': 'application/json' };
  const contentLength = { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...contentType, ...contentLength, 'x-amzn-RequestId': requestId, ...headers });
  if (headers['connection'] !== 'close' || request.complete) {
    response.end(body);
    return;
  }
  // Closing while the client still sends would reset the connection before it has read the answer.
  response.write(body);
  const end = (): void => void response.end();
  const timer = setTimeout(end, LINGER_MS);
  finished(request, () => {
    clearTimeout(timer);
    end();
  });
  request.resume();
}
