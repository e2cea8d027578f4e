import { type IncomingMessage, type ServerResponse } from 'node:http';
import bodyParser from 'body-parser';

/** A body that cannot be had. The message is safe to show. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
  readonly status: number;

  constructor(status: number, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Reads the JSON of a request: undefined if it has none, or is said to be something else. Rejects with an UnreadableBodyError. */
type BodyReader = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** Makes a BodyReader of bodies up to `limitBytes`, decompressed. */
export function createBodyReader(limitBytes: number): BodyReader {
  const readJson: (
    request: IncomingMessage,
    response: ServerResponse,
    done: (error?: BodyParserError) => void,
  ) => void = bodyParser.json({ limit: limitBytes });
  return (request, response) =>
    new Promise((resolve, reject) => {
      readJson(request, response, (error) => {
        if (error === undefined) resolve('body' in request ? request.body : undefined);
        else reject(unreadable(error, limitBytes));
      });
    });
}

type BodyParserError = Error & { readonly status?: number; readonly type?: string };

function unreadable(error: BodyParserError, limitBytes: number): Error {
  const { status, type } = error;
  if (status === undefined || status >= 500) return error;
  if (status === 413) {
    return new UnreadableBodyError(413, `Expected a body of at most ${limitBytes} bytes, got more`, error);
  }
  if (type === 'entity.parse.failed') {
    return new UnreadableBodyError(400, 'Expected a body of JSON, got something else', error);
  }
  return new UnreadableBodyError(status, `The body could not be read: ${type ?? 'malformed request'}`, error);
}
