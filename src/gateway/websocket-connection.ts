import { CloseCode, type Server as ProtocolServer } from 'graphql-ws';
import { type WebSocket } from 'ws';
import { type Log } from '../telemetry/log.ts';
import { createSender, type SendMessage } from './socket-sender.ts';

/** A socket that does not answer a ping until the next one is dead. */
export const PING_INTERVAL_MS = 12_000;

/** "Try Again Later": clients of graphql-ws connect again. Source: IANA, WebSocket Close Code Number Registry. */
const TRY_AGAIN_LATER = 1013;

/** What a connection needs. */
interface ConnectionOptions {
  /** A client that takes nothing for so long is closed. */
  readonly slowClientTimeoutMs: number;
  readonly log: Log;
}

/**
 * Speaks graphql-transport-ws on one socket. In place of graphql-ws's own adapter for ws, which writes to the console
 * whatever a client can make go wrong.
 */
export function serveConnection(
  protocol: ProtocolServer<{ readonly send: SendMessage }>,
  socket: WebSocket,
  { slowClientTimeoutMs, log }: ConnectionOptions,
): void {
  socket.on('error', (error) => {
    log.debug({ err: error }, 'a WebSocket failed');
  });
  const send = createSender(socket, slowClientTimeoutMs, () => {
    log.info('a WebSocket is closed, as its client takes its messages too slowly');
    socket.close(TRY_AGAIN_LATER, 'The client takes its messages too slowly');
    // The close itself waits behind what the client does not take.
    end(TRY_AGAIN_LATER, 'slow client');
  });
  const opened = protocol.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => {
        socket.close(code, reason);
      },
      onMessage(handle) {
        socket.on('message', (message: Buffer) => {
          handle(message.toString()).catch((error: unknown) => {
            // Whoever was to get an answer has gone.
            if (socket.readyState !== socket.OPEN) return;
            log.error({ err: error }, 'internal server error');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          });
        });
      },
    },
    { send },
  );
  const stopPinging = ping(socket);
  let ended = false;
  function end(code: number, reason: string): void {
    if (ended) return;
    ended = true;
    stopPinging();
    opened(code, reason).catch((error: unknown) => {
      log.error({ err: error }, 'internal server error');
    });
  }
  socket.once('close', (code, reason) => {
    end(code, reason.toString());
  });
}

function ping(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, PING_INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}
