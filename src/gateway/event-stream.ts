import { type ServerResponse } from 'node:http';
import { type GraphQLError } from 'graphql';
import { type Log } from '../telemetry/log.ts';
import { type Connections } from './client-connections.ts';
import { type Execution, type Operation } from './execution.ts';
import { formatError } from './format-error.ts';
import { createPayload } from './payload.ts';
import { type StreamFormat } from './stream-format.ts';

/** What event streams need. */
export interface EventStreamOptions {
  readonly execution: Execution;
  readonly connections: Connections;
  /** A client that does not take one result within this is cut off. */
  readonly slowClientTimeoutMs: number;
  readonly log: Log;
}

/**
 * Answers with all results of an operation, or with why there are none, one after the other as the client takes them. Resolves at
 * the end of the operation, or when the client has gone.
 */
export async function sendEventStream(
  response: ServerResponse,
  operation: Operation | readonly GraphQLError[],
  format: StreamFormat,
  { execution, connections, slowClientTimeoutMs, log }: EventStreamOptions,
): Promise<void> {
  let isSending = false;
  const isOver = () => response.writableEnded || response.destroyed;
  // The client may have gone while its request was read; nobody would hear of that any more.
  if (isOver()) return;
  const removed = connections.add({
    transport: format.transport,
    ping() {
      if (!isSending && !isOver()) response.write(format.ping);
    },
    close() {
      response.end();
    },
    cutOff() {
      response.destroy();
    },
  });
  response.once('close', () => {
    removed(response.writableFinished ? 'finished' : 'aborted');
  });

  /** Resolves when it is handed to the network, so that nothing is kept for a slow client. */
  async function send(text: string): Promise<void> {
    if (isOver()) return;
    isSending = true;
    const slow = setTimeout(() => {
      log.info('an event stream is cut off, as its client takes its messages too slowly');
      response.destroy();
    }, slowClientTimeoutMs).unref();
    await new Promise<void>((resolve) => {
      response.write(text, () => {
        resolve();
      });
    });
    clearTimeout(slow);
    isSending = false;
  }

  // Some proxies would wait for more.
  response.writeHead(200, {
    'Content-Type': format.contentType,
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write(format.begin);
  try {
    if (!('document' in operation)) await send(format.next(createPayload({ errors: operation }).text));
    else {
      const payloads = execution(operation);
      response.once('close', () => void payloads.return?.());
      for await (const { text } of payloads) await send(format.next(text));
    }
  } catch (error) {
    // What ends a subscription is a GraphQLError, which is logged.
    await send(format.failed(JSON.stringify([formatError(error as GraphQLError)])));
  }
  if (!isOver()) response.end(format.complete);
}
