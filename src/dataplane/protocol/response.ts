import { type IncomingMessage, type ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import { AwsError } from './errors.ts';
import { type Operation, type Service } from './operation.ts';

/** One answer, ready to be written. `body` is JSON text, of the content type, or empty. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of an operation that succeeded: `output` as JSON, null as an empty body. */
export function outputReply({ status, service }: Operation, output: object | null): Reply {
  const body = output === null ? '' : JSON.stringify(output);
  return { status, contentType: service.contentType, headers: {}, body };
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
    contentType: service?.contentType ?? 'application/json',
    headers: { ...known.headers, 'x-amzn-ErrorType': known.type },
    body: JSON.stringify({ message: known.message, ...upperCase, __type: known.type, ...known.members }),
  };
}

const LINGER_MS = 2_000;

/** Writes an answer with its request id. Source: wire.md, section 3. */
export function writeReply(request: IncomingMessage, response: ServerResponse, requestId: string, reply: Reply): void {
  const { status, headers, body } = reply;
  const contentType = body === '' ? {} : { 'content-type': reply.contentType };
  // Source: RFC 9110, 8.6: not with 204.
  const contentLength = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
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
