import { type IncomingMessage } from 'node:http';
import { type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** A body that cannot be had. The message is safe to show. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the JSON of a request: undefined if it has none, or is said to be something else. Bytes count as they are decompressed.
 * Rejects with an UnreadableBodyError. Source: RFC 8259, section 8.1 (UTF-8 alone); RFC 9110, section 8.4.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return undefined;
  if (!isJson(headers['content-type'])) return undefined;
  const bytes = await collect(request, decoderOf(headers['content-encoding']), limitBytes);
  if (bytes.byteLength === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new UnreadableBodyError(400, 'Expected a body of JSON, got something else', cause);
  }
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') return false;
  const charset = parameters.map((text) => /^\s*charset="?([^"]*?)"?\s*$/.exec(text)?.[1]).find(Boolean) ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'utf8') return true;
  throw new UnreadableBodyError(415, 'Expected a body in UTF-8, got another charset');
}

/** Null: there is nothing to decode. */
function decoderOf(encoding = 'identity'): Transform | null {
  if (encoding.toLowerCase() === 'identity') return null;
  const createDecoder = DECODERS.get(encoding.toLowerCase());
  if (createDecoder) return createDecoder();
  const known = ['identity', ...DECODERS.keys()].join(', ');
  throw new UnreadableBodyError(415, `Expected a Content-Encoding of ${known}, got another`);
}

function collect(request: IncomingMessage, decoder: Transform | null, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const source = decoder ? request.pipe(decoder) : request;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: UnreadableBodyError) => {
      source.off('data', take);
      decoder?.destroy();
      // What else comes is read and dropped, or the client would not hear why.
      request.resume();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) {
        fail(new UnreadableBodyError(413, `Expected a body of at most ${limitBytes} bytes, got more`));
      } else chunks.push(chunk);
    };
    const failBroken = (cause: Error) => {
      fail(new UnreadableBodyError(400, 'Expected a whole body in its Content-Encoding, got something else', cause));
    };
    source.on('data', take);
    source.on('end', () => {
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    request.on('error', failBroken);
    decoder?.on('error', failBroken);
  });
}
