import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createStreamClient } from 'graphql-sse';
import { WebSocket } from 'ws';
import { type ToldChange } from './client-log.ts';
import { DETECTOR_MODEL_NAME } from './scripted-upstream.ts';

/** One subscription on a connection of its own. */
export interface Subscription {
  /** Resolves when it has ended by itself, with why: error codes, a close code, or what the network said. */
  readonly ended: Promise<string>;
  /** `abruptly`: without a word, as a client that crashes. */
  stop(abruptly: boolean): void;
}

/** What is asked for; `keyValue` null: all detectors, `after` null: from the start. */
export interface SubscriptionRequest {
  readonly url: string;
  readonly transport: 'websocket' | 'sse';
  readonly keyValue: string | null;
  readonly after: string | null;
  readonly onChange: (change: ToldChange) => void;
}

const FIELDS = `cursor kind keyValue previousStateName conflated
  detector { lastUpdateTime state { stateName variable(name: "version") { json } } }`;
const ONE = `subscription One($keyValue: String!, $after: String) {
  change: detectorChanged(detectorModelName: "${DETECTOR_MODEL_NAME}", keyValue: $keyValue, after: $after) { ${FIELDS} } }`;
const ALL = `subscription All($after: String) {
  change: detectorsChanged(detectorModelName: "${DETECTOR_MODEL_NAME}", after: $after) { ${FIELDS} } }`;

interface Result {
  readonly data?: { readonly change: ToldChange } | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
}

/** Subscribes as the clients of graphql-ws and graphql-sse do, without their retries. */
export function subscribe({ url, transport, keyValue, after, onChange }: SubscriptionRequest): Subscription {
  const request =
    keyValue === null ? { query: ALL, variables: { after } } : { query: ONE, variables: { keyValue, after } };
  let resolveEnded: (why: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (resolveEnded = resolve));
  let isStopped = false;
  function end(why: string): void {
    if (!isStopped) resolveEnded(why);
  }
  const sink = {
    next({ data, errors }: Result) {
      if (isStopped) return;
      if (data) onChange(data.change);
      else end(reasonOf(errors));
    },
    error(error: unknown) {
      end(reasonOf(error));
    },
    complete() {
      end('complete');
    },
  };
  const drop = (transport === 'websocket' ? openSocket : openStream)(url, request, sink);
  return {
    ended,
    stop(abruptly) {
      isStopped = true;
      drop(abruptly);
    },
  };
}

type Open = (
  url: string,
  request: { readonly query: string; readonly variables: Record<string, unknown> },
  sink: { next: (result: Result) => void; error: (error: unknown) => void; complete: () => void },
) => (abruptly: boolean) => void;

const openSocket: Open = (url, request, sink) => {
  let socket: WebSocket | null = null;
  const client = createSocketClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: { opened: (opened) => (socket = opened as WebSocket) },
  });
  const unsubscribe = client.subscribe<{ change: ToldChange }>(request, sink);
  return (abruptly) => {
    if (abruptly && socket) socket.terminate();
    else unsubscribe();
  };
};

const openStream: Open = (url, request, sink) => {
  const client = createStreamClient({ url, retryAttempts: 0 });
  client.subscribe<{ change: ToldChange }>(request, sink);
  return () => {
    client.dispose();
  };
};

function reasonOf(error: unknown): string {
  if (Array.isArray(error)) {
    return error
      .map((one: { extensions?: { code?: string }; message?: string }) => one.extensions?.code ?? one.message)
      .join(' ');
  }
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number') {
    return `closed with ${error.code}`;
  }
  return 'no connection';
}
