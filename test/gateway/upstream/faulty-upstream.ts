import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Resolves when the connection of this request is closed. */
  readonly closed: Promise<void>;
}

/** How the server answers one request. */
export type Behaviour = (request: ReceivedRequest, response: ServerResponse) => void;

/** Any answer; a body that is no text or bytes is sent as JSON. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1', ...headers });
    response.end(raw);
  };
}

/** An AWS error: status, type and text. */
export function failing(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): Behaviour {
  return answering(status, { message, __type: type }, { 'x-amzn-errortype': type, ...headers });
}

export const hanging: Behaviour = () => undefined;

export const resetting: Behaviour = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Promises more than it sends, then closes. */
export const cutting: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"detector":', () => response.socket?.destroy());
};

/** Begins to answer and never ends. */
export const stalling: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"detector":');
};

/** Each request gets the next behaviour; the last one stays. */
export function inTurn(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
  let turn = 0;
  return (request, response) => {
    const behaviour = behaviours[Math.min(turn, behaviours.length - 1)];
    turn += 1;
    behaviour?.(request, response);
  };
}

// Source: wire.md, sections 4 to 6.
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/detectors\/[^/]+\/keyValues/, 'DescribeDetector'],
  [/^GET \/detectors\//, 'ListDetectors'],
  [/^GET \/alarms\/[^/]+\/keyValues/, 'DescribeAlarm'],
  [/^GET \/alarms\//, 'ListAlarms'],
  [/^GET \/detector-models\/./, 'DescribeDetectorModel'],
  [/^GET \/detector-models/, 'ListDetectorModels'],
  [/^GET \/alarm-models\/./, 'DescribeAlarmModel'],
  [/^GET \/alarm-models/, 'ListAlarmModels'],
];

/** The AWS operation that a request asks for; an edge operation is its own path. */
export function operationOf({ method, url, headers }: ReceivedRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.replace('SageMaker.', '');
  return PATHS.find(([path]) => path.test(`${method} ${url}`))?.[1] ?? url.slice(1);
}

/** Behaves as told for each operation, and knows no others. */
export function byOperation(behaviours: Readonly<Record<string, Behaviour>>): Behaviour {
  return (request, response) => {
    const behaviour = behaviours[operationOf(request)] ?? failing(404, 'UnknownOperationException', '');
    behaviour(request, response);
  };
}

/** A local HTTP server that misbehaves as told, in place of AWS. `requests` are those received so far. */
export async function startFaultyUpstream(behaviour: Behaviour) {
  const requests: ReceivedRequest[] = [];
  /** One promise for all requests of a connection. */
  const closings = new WeakMap<Socket, Promise<void>>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    const closed = closings.get(incoming.socket) ?? Promise.resolve();
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString(), closed };
      requests.push(request);
      server.emit('received', request);
      behaviour(request, response);
    });
  });
  server.on('connection', (socket) => {
    const closed = new Promise<void>((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    closings.set(socket, closed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    /** Resolves with the next request, once all of it is there. */
    async nextRequest(): Promise<ReceivedRequest> {
      const [request] = (await once(server, 'received')) as [ReceivedRequest];
      return request;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
