/** One HTTP/1.1 message: everything before the empty line, and the body behind it. */
export interface HttpMessage {
  readonly head: string;
  readonly body: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const EMPTY = Buffer.alloc(0);

/**
 * Makes a reader for one side of a keep-alive connection: give it bytes as they come, it tells of each whole message. No more of HTTP
 * than well-behaved peers on one machine need, as what the two ends cost is no part of what is measured.
 */
export function createMessageReader(onMessage: (message: HttpMessage) => void): (chunk: Buffer) => void {
  let pending: Buffer = EMPTY;
  /** What came since, not yet joined to `pending`. */
  let later: Buffer[] = [];
  let laterBytes = 0;
  /** No message ends before so many bytes are there. */
  let neededBytes = 0;

  return (chunk) => {
    later.push(chunk);
    laterBytes += chunk.length;
    if (pending.length + laterBytes < neededBytes) return;
    pending = pending.length === 0 && later.length === 1 ? chunk : Buffer.concat([pending, ...later]);
    later = [];
    laterBytes = 0;
    for (;;) {
      const message = readMessage(pending);
      if (typeof message === 'number') {
        neededBytes = message;
        return;
      }
      neededBytes = 0;
      pending = pending.subarray(message.bytes);
      onMessage(message);
    }
  };
}

/** The first message, or the least bytes there must be before it can be whole. */
function readMessage(bytes: Buffer): (HttpMessage & { readonly bytes: number }) | number {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return bytes.length + 1;
  const head = bytes.toString('latin1', 0, headEnd);
  const bodyStart = headEnd + HEAD_END.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head)) {
    const end = bytes.indexOf(LAST_CHUNK, bodyStart);
    if (end === -1) return bytes.length + 1;
    return { head, body: joinChunks(bytes.subarray(bodyStart, end)), bytes: end + LAST_CHUNK.length };
  }
  const end = bodyStart + Number(length ?? 0);
  return bytes.length < end ? end : { head, body: bytes.subarray(bodyStart, end), bytes: end };
}

function joinChunks(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const sizeEnd = bytes.indexOf('\r\n', at);
    const start = sizeEnd + 2;
    const end = start + parseInt(bytes.toString('latin1', at, sizeEnd), 16);
    chunks.push(bytes.subarray(start, end));
    at = end + 2;
  }
  return Buffer.concat(chunks);
}
