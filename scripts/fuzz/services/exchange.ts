import { connect, type Socket } from 'node:net';
import { type ServiceAnswer } from './check-answer.ts';

/** A connection that is kept, and made anew where it was closed. */
export interface Exchange {
  /**
   * Sends the bytes of one request and resolves with its answer, or null: the connection was closed without one. Rejects if neither
   * comes within `deadlineMs`. `isHead`: the answer has no body. Closes the connection afterwards unless the request is `whole`.
   */
  send(
    request: Buffer,
    options: { readonly isWhole: boolean; readonly isHead: boolean },
  ): Promise<ServiceAnswer | null>;
  readonly close: () => void;
}

/** Bytes as they are given, since clients of HTTP would put right what is wrong with them. */
export function createExchange(url: string, deadlineMs: number): Exchange {
  const { hostname, port } = new URL(url);
  let kept: Socket | null = null;

  function open(): Socket {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.on('close', () => {
      if (kept === socket) kept = null;
    });
    // What it fails with is no answer.
    socket.on('error', () => undefined);
    return socket;
  }

  return {
    send(request, { isWhole, isHead }) {
      const socket = kept ?? open();
      kept = socket;
      return new Promise((resolve, reject) => {
        let received = '';
        const end = (settle: () => void, closes: boolean) => {
          clearTimeout(timer);
          socket.off('data', take).off('close', gone);
          if (closes) {
            socket.destroy();
            if (kept === socket) kept = null;
          }
          settle();
        };
        const gone = () => {
          const answer = readAnswer(received, isHead, true);
          end(() => {
            resolve(answer);
          }, true);
        };
        const take = (chunk: Buffer) => {
          received += chunk.toString('latin1');
          const answer = readAnswer(received, isHead, false);
          if (answer === null) return;
          // Whatever else comes, or is still to be sent, belongs to no other case.
          const closes = !isWhole || /\r\nconnection: close\r\n/i.test(answer.text);
          end(() => {
            resolve(answer);
          }, closes);
        };
        const timer = setTimeout(() => {
          end(() => {
            reject(
              new Error(`Expected an answer within ${deadlineMs} ms, got ${JSON.stringify(received.slice(0, 200))}`),
            );
          }, true);
        }, deadlineMs);
        socket.on('data', take).on('close', gone);
        // One that is not whole ends here.
        if (isWhole) socket.write(request);
        else socket.end(request);
      });
    },
    close() {
      kept?.destroy();
    },
  };
}

/** The first final answer in what was received; null: it is not all there. */
function readAnswer(received: string, isHead: boolean, isClosed: boolean): ServiceAnswer | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = received.slice(0, headEnd + 2);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? NaN);
  if (status === 100) return readAnswer(received.slice(headEnd + 4), isHead, isClosed);
  const body = received.slice(headEnd + 4);
  const answer = { status, text: `${head}\r\n${body}` };
  if (isHead || status === 204 || status === 304) return answer;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? answer : null;
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return body.endsWith('0\r\n\r\n') ? answer : null;
  return isClosed ? answer : null;
}
