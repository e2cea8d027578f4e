import { CloseCode, type Server as ProtocolServer } from 'graphql-ws';
import { type WebSocket } from 'ws';
import { type Log } from '../telemetry/log.ts';
import { type CloseReason, type Connections } from './client-connections.ts';
import { createRate } from './guard/rate.ts';
import { createSender, type SendMessage } from './socket-sender.ts';

/** "Try Again Later": clients of graphql-ws connect again. Source: IANA, WebSocket Close Code Number Registry. */
const TRY_AGAIN_LATER = 1013;

/** Clients of graphql-ws connect again on these too. 1012: "Service Restart"; 4410: as "Gone" in HTTP. */
const CLOSE_CODES: Readonly<Record<CloseReason, readonly [code: number, reason: string]>> = {
  restart: [1012, 'The gateway restarts'],
  lifetime: [4410, 'The connection was open for as long as it may be'],
};

/** As "Too Many Requests" in HTTP, and as graphql-ws closes on a second connection_init: its clients do not connect again. */
const TOO_MANY_MESSAGES = CloseCode.TooManyInitialisationRequests;

/** Those that this gateway, graphql-ws, ws or a browser gives; a client may make up others. */
const CODES = new Set<unknown>([1000, 1001, 1005, 1006, 1009, 1012, 1013, 4410, ...Object.values(CloseCode)]);

/** What graphql-ws knows of a connection besides its own. */
export interface ConnectionExtra {
  readonly send: SendMessage;
  /** Whose it is. */
  readonly clientAddress: string;
}

/** What a connection needs. */
interface ConnectionOptions extends Pick<ConnectionExtra, 'clientAddress'> {
  readonly connections: Connections;
  readonly messagesPerSecond: number;
  readonly maxSubscriptionsPerConnection: number;
  /** A client that takes nothing for so long is closed. */
  readonly slowClientTimeoutMs: number;
  readonly log: Log;
}

/**
 * Speaks graphql-transport-ws on one socket. In place of graphql-ws's own adapter for ws, which writes to the console
 * whatever a client can make go wrong.
 */
export function serveConnection(
  protocol: ProtocolServer<ConnectionExtra>,
  socket: WebSocket,
  options: ConnectionOptions,
): void {
  const { clientAddress, connections, slowClientTimeoutMs, log } = options;
  // Who comes back may end all that it had, and ask for it anew.
  const burst = options.messagesPerSecond + 2 * options.maxSubscriptionsPerConnection;
  const takeMessage = createRate(options.messagesPerSecond, burst);
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
          if (socket.readyState !== socket.OPEN) return;
          if (!takeMessage()) {
            socket.close(TOO_MANY_MESSAGES, 'Too many messages');
            return;
          }
          handle(message.toString()).catch((error: unknown) => {
            // Whoever was to get an answer has gone.
            if (socket.readyState !== socket.OPEN) return;
            log.error({ err: error }, 'internal server error');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          });
        });
      },
    },
    { send, clientAddress },
  );
  let answersPings = true;
  socket.on('pong', () => {
    answersPings = true;
  });
  const removed = connections.add({
    transport: 'websocket',
    ping() {
      // Half-open: one that does not answer until the next ping is dead.
      if (!answersPings) {
        socket.terminate();
        return;
      }
      answersPings = false;
      socket.ping();
    },
    close(reason) {
      socket.close(...CLOSE_CODES[reason]);
    },
    cutOff() {
      socket.terminate();
    },
  });
  let ended = false;
  function end(code: number, reason: string): void {
    if (ended) return;
    ended = true;
    opened(code, reason).catch((error: unknown) => {
      log.error({ err: error }, 'internal server error');
    });
  }
  socket.once('close', (code, reason) => {
    removed(CODES.has(code) ? String(code) : 'other');
    end(code, reason.toString());
  });
}
