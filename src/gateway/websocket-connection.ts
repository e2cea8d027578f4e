import { CloseCode, type Server as ProtocolServer } from 'graphql-ws';
import { type WebSocket } from 'ws';
import { type Log } from '../telemetry/log.ts';

/** A socket that does not answer a ping until the next one is dead. */
export const PING_INTERVAL_MS = 12_000;

/**
 * Speaks graphql-transport-ws on one socket. In place of graphql-ws's own adapter for ws, which writes to the console
 * whatever a client can make go wrong.
 */
export function serveConnection(protocol: ProtocolServer, socket: WebSocket, log: Log): void {
  socket.on('error', (error) => {
    log.debug({ err: error }, 'a WebSocket failed');
  });
  const opened = protocol.opened(
    {
      protocol: socket.protocol,
      send: (message) => send(socket, message),
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
    undefined,
  );
  const stopPinging = ping(socket);
  socket.once('close', (code, reason) => {
    stopPinging();
    opened(code, reason.toString()).catch((error: unknown) => {
      log.error({ err: error }, 'internal server error');
    });
  });
}

/** Resolves when the message is handed to the network, so that a slow client slows only its own operations. */
function send(socket: WebSocket, message: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else {
      socket.send(message, (error) => {
        if (error) reject(error);
        else resolve();
      });
    }
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
