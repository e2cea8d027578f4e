import { type IncomingMessage } from 'node:http';
import { AwsError } from './errors.ts';

/** A request target taken apart and percent-decoded; a query parameter has all values that it was given, in order. */
interface Target {
  /** As it was sent, percent-encoded. */
  readonly path: string;
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, readonly string[]>;
}

/**
 * Takes a request target apart: one trailing slash is dropped, `+` is no space. Throws AwsError 400 for a percent sign
 * that encodes nothing and for bytes that are not UTF-8. Source: wire.md, section 2 and section 9 item 1.
 */
export function parseTarget(target: string): Target {
  const [path, search] = splitAt(target.replace(/^https?:\/\/[^/]*/, ''), '?');
  const segments = path.split('/').slice(1);
  if (segments.length > 1 && segments.at(-1) === '') segments.pop();
  const query = new Map<string, string[]>();
  for (const pair of search.split('&')) {
    const [name, value = ''] = splitAt(pair, '=').map(decodePercent);
    if (!name) continue;
    const values = query.get(name);
    if (values === undefined) query.set(name, [value]);
    else values.push(value);
  }
  return { path, segments: segments.map(decodePercent), query };
}

/** The text of a body. Throws AwsError 400 if it is not UTF-8. */
export function decodeBody(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new AwsError('SerializationException', 'Expected the body to be UTF-8, got other bytes');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The whole body. Rejects with AwsError 413 as soon as it is over the limit. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const refuse = (): void => {
      request.removeAllListeners('data');
      const message = `Expected a body of at most ${limitBytes} bytes, got a longer one`;
      reject(new AwsError('RequestEntityTooLargeException', message, { headers: { connection: 'close' } }));
    };
    if (Number(request.headers['content-length']) > limitBytes) {
      refuse();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) refuse();
      else chunks.push(chunk);
    });
    request.once('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.once('error', () => {
      reject(new AwsError('SerializationException', 'Expected the whole body, got only its beginning'));
    });
  });
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(
      'SerializationException',
      'Expected percent-encoded UTF-8 in the request target, got another text',
    );
  }
}
