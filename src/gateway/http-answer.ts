import { hash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import Negotiator from 'negotiator';

/** An answer of text. `revalidates`: the client may keep it, and ask whether it is still so (ETag). */
interface TextAnswer {
  readonly status: number;
  readonly text: string;
  readonly revalidates?: boolean;
}

/** Its types do not know of `preferred` yet. */
interface ByPreference {
  encoding(available: string[], options: { readonly preferred: string[] }): string | undefined;
}

type Compress = (body: Buffer) => Promise<Buffer>;

/** What fits into a packet is sent as it is. */
const COMPRESSED_FROM_BYTES = 1400;
/** The better first. Node has zstd from 22.15 on. */
const COMPRESSIONS = new Map<string, Compress>([
  ...('zstdCompress' in zlib ? [['zstd', promisify<Buffer, Buffer>(zlib.zstdCompress)] as const] : []),
  ['gzip', promisify<Buffer, Buffer>(zlib.gzip)],
]);
const ENCODINGS = [...COMPRESSIONS.keys(), 'identity'];

/**
 * Sends a text with the headers set so far: compressed where it is long and the client accepts that, and not at all (304) where the
 * client has it. Source: RFC 9110, sections 12.5.3 and 13.1.2.
 */
export async function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  { status, text, revalidates = false }: TextAnswer,
): Promise<void> {
  if (revalidates) {
    // Weak: the same for each encoding.
    const etag = `W/"${hash('sha256', text, 'base64url')}"`;
    response.setHeader('ETag', etag);
    if (has(request.headers['if-none-match'], etag)) {
      response.writeHead(304).end();
      return;
    }
  }
  response.statusCode = status;
  const bytes = Buffer.byteLength(text);
  const isLong = bytes >= COMPRESSED_FROM_BYTES;
  if (isLong) response.appendHeader('Vary', 'Accept-Encoding');
  const encoding = isLong ? chooseEncoding(request) : 'identity';
  const compress = COMPRESSIONS.get(encoding);
  if (!compress) {
    response.setHeader('Content-Length', bytes);
    // A string goes out in one piece with the headers, which a Buffer does not.
    response.end(text);
    return;
  }
  const body = await compress(Buffer.from(text));
  response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Length', body.byteLength);
  response.end(body);
}

/** Sends a value as JSON. */
export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: object,
): Promise<void> {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  return sendText(request, response, { status, text: JSON.stringify(value) });
}

function chooseEncoding(request: IncomingMessage): string {
  if (request.headers['accept-encoding'] === undefined) return 'identity';
  return (new Negotiator(request) as ByPreference).encoding(ENCODINGS, { preferred: ENCODINGS }) ?? 'identity';
}

/** Whether `If-None-Match` names the tag, weak or strong. */
function has(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim()) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
