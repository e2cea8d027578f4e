import { type WebSocket } from 'ws';

/** Sends one message. Resolves when it is handed to the network, so that a slow client slows only its own operations. */
export type SendMessage = (message: string) => Promise<void>;

/** More is not kept for one client. A single message may be larger. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/**
 * Makes what sends on a socket. Calls `onSlow` once the client has taken nothing for `timeoutMs` although something waits for it,
 * or leaves too much waiting.
 */
export function createSender(socket: WebSocket, timeoutMs: number, onSlow: () => void): SendMessage {
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  function expectProgress(): void {
    clearTimeout(timer);
    if (waiting > 0) timer = setTimeout(onSlow, timeoutMs).unref();
  }

  return (message) =>
    new Promise((resolve, reject) => {
      if (socket.readyState === socket.OPEN && socket.bufferedAmount > MAX_BUFFERED_BYTES) onSlow();
      if (socket.readyState !== socket.OPEN) {
        resolve();
        return;
      }
      waiting += 1;
      if (waiting === 1) expectProgress();
      socket.send(message, (error) => {
        waiting -= 1;
        expectProgress();
        if (error) reject(error);
        else resolve();
      });
    });
}
