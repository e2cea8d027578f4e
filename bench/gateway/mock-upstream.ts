// An upstream that costs next to nothing: it answers the calls of the workloads from memory, after `latencyMs`, and counts them.
// GET /bench/counts tells the calls since it was last asked, by operation, and how many asked what another was still being asked;
// GET /bench/latency/20 sets the latency.
import { createServer, type Socket } from 'node:net';
import {
  deploymentsAnswer,
  detectorAnswer,
  detectorListAnswer,
  LIVE_MODEL_NAME,
  registrationAnswer,
  updateAnswer,
} from './fleet.ts';
import { createMessageReader, type HttpMessage } from './http-messages.ts';

interface Reply {
  readonly operation: string;
  readonly bytes: Buffer;
}

const replies = new Map<string, Reply>();
const calls = new Map<string, number>();
/** How many of each call wait for their answer. */
const underWay = new Map<string, number>();
let repeated = 0;
let latencyMs = 0;

const server = createServer((socket) => {
  socket.setNoDelay();
  socket.on('error', () => socket.destroy());
  socket.on(
    'data',
    createMessageReader((message) => {
      answer(socket, message);
    }),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`mock upstream: http://127.0.0.1:${address.port}\n`);
});

function answer(socket: Socket, { head, body }: HttpMessage): void {
  const [method = '', target = ''] = head.slice(0, head.indexOf('\r\n')).split(' ');
  if (target.startsWith('/bench/')) {
    socket.write(control(target));
    return;
  }
  // An update is never the same twice, and always answered the same.
  const key =
    method === 'POST' && !target.startsWith('/detectors') ? target + body.toString('latin1') : method + target;
  let reply = replies.get(key);
  if (!reply) {
    reply = makeReply(method, target, body);
    if (!target.includes(LIVE_MODEL_NAME)) replies.set(key, reply);
  }
  const { operation, bytes } = reply;
  calls.set(operation, (calls.get(operation) ?? 0) + 1);
  if (latencyMs === 0) {
    socket.write(bytes);
    return;
  }
  const others = underWay.get(key) ?? 0;
  if (others > 0) repeated += 1;
  underWay.set(key, others + 1);
  setTimeout(() => {
    underWay.set(key, (underWay.get(key) ?? 0) - 1);
    socket.write(bytes);
  }, latencyMs);
}

function control(target: string): Buffer {
  const given = /^\/bench\/latency\/(\d+)$/.exec(target)?.[1];
  if (given !== undefined) {
    latencyMs = Number(given);
    return httpResponse(200, { latencyMs });
  }
  const counted = { calls: Object.fromEntries(calls), repeated };
  calls.clear();
  repeated = 0;
  return httpResponse(200, counted);
}

function makeReply(method: string, target: string, body: Buffer): Reply {
  const url = new URL(target, 'http://mock');
  const [, first, model = '', detail] = url.pathname.split('/');
  const deviceName = () => (JSON.parse(body.toString()) as { readonly DeviceName: string }).DeviceName;
  const reply = (operation: string, answered: object) => ({ operation, bytes: httpResponse(200, answered) });
  if (first === 'GetDeviceRegistration') return reply(first, registrationAnswer());
  if (first === 'GetDeployments') return reply(first, deploymentsAnswer(deviceName()));
  if (first === 'detectors') {
    if (method === 'POST') return reply('BatchUpdateDetector', updateAnswer());
    if (detail === 'keyValues') {
      return reply('DescribeDetector', detectorAnswer(model, url.searchParams.get('keyValue') ?? ''));
    }
    return reply('ListDetectors', detectorListAnswer(model, Number(url.searchParams.get('maxResults') ?? 250)));
  }
  return {
    operation: 'unknown',
    bytes: httpResponse(404, { message: `Expected a call of the workloads, got ${target}` }),
  };
}

function httpResponse(status: 200 | 404, answered: object): Buffer {
  const body = JSON.stringify(answered);
  const head = [
    `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Not Found'}`,
    'content-type: application/json',
    'x-amzn-requestid: 7d4e8a6c-0f62-4a1e-9f4b-3c6f5a1b2d3e',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
