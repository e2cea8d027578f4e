import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';
import { createRawClient, type RawReply } from './raw-http.ts';

let dataplane: TestDataplane;
let client: ReturnType<typeof createRawClient>;
beforeAll(async () => {
  dataplane = await startTestDataplane();
  client = createRawClient(dataplane.url);
});
afterAll(async () => {
  client.close();
  await dataplane.close();
});

const DEVICE = JSON.stringify({ DeviceName: 'd0', DeviceFleetName: 'demo' });
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What SDKs read of a refusal. */
function refusalOf({ status, headers, json }: RawReply): { status: number; type: unknown; message: string } {
  const { message, __type } = json as { message: string; __type: string };
  expect(headers['x-amzn-errortype']).toBe(__type);
  return { status, type: __type, message };
}

function connectRaw(): Socket {
  const { hostname, port } = new URL(dataplane.url);
  return connect({ host: hostname, port: Number(port) }).setEncoding('latin1');
}

async function readUntil(socket: Socket, isEnough: (text: string) => boolean): Promise<string> {
  let received = '';
  while (!isEnough(received)) {
    const [chunk] = (await once(socket, 'data')) as [string];
    received += chunk;
  }
  return received;
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

describe('refusals', () => {
  test.each([
    ['broken JSON', 'POST', '/inputs/messages', '{"messages": [', 400, 'SerializationException'],
    ['JSON that is followed by more', 'POST', '/detectors', '{}{}', 400, 'SerializationException'],
    [
      'bytes that are no UTF-8',
      'POST',
      '/detectors',
      Buffer.from('{"a":"\xff"}', 'latin1'),
      400,
      'SerializationException',
    ],
    [
      'JSON too deep to be read',
      'POST',
      '/detectors',
      `{"x":[${2n ** 60n},${nested(50_000)}]}`,
      400,
      'SerializationException',
    ],
    ['a body that is no object', 'POST', '/detectors', '[]', 400, 'SerializationException'],
    ['an empty body', 'POST', '/inputs/messages', '', 400, 'InvalidRequestException'],
    ['an empty body (edge)', 'POST', '/SendHeartbeat', '', 400, 'ValidationException'],
    ['an empty keyValue', 'GET', '/detectors/motor/keyValues/?keyValue=', undefined, 400, 'InvalidRequestException'],
    ['an empty stateName', 'GET', '/detectors/motor?stateName=', undefined, 400, 'InvalidRequestException'],
    ['an empty nextToken', 'GET', '/detectors/motor?nextToken=', undefined, 400, 'InvalidRequestException'],
    ['a foreign nextToken', 'GET', '/detectors/motor?nextToken=garbage', undefined, 400, 'InvalidRequestException'],
    ['maxResults 251', 'GET', '/detectors/motor?maxResults=251', undefined, 400, 'InvalidRequestException'],
    ['maxResults 1.5', 'GET', '/detectors/motor?maxResults=1.5', undefined, 400, 'SerializationException'],
    ['a broken percent-encoding', 'GET', '/detectors/%E0%A4%A', undefined, 400, 'SerializationException'],
    ['an unknown route', 'POST', '/no/such/route', '{}', 404, 'UnknownOperationException'],
    ['a wrong method', 'PATCH', '/detectors', '{}', 405, 'MethodNotAllowedException'],
  ])('%s is refused, and the connection goes on', async (_what, method, target, body, status, type) => {
    expect(refusalOf(await client.send(method, target, body))).toMatchObject({ status, type });
    expect(await client.send('POST', '/GetDeployments', DEVICE)).toMatchObject({ status: 200 });
    expect(client.connections()).toBe(1);
  });

  test('a web page of another origin may not ask, one on loopback may', async () => {
    const ask = (origin: string) => client.send('POST', '/GetDeployments', DEVICE, { origin });
    expect(refusalOf(await ask('https://evil.example'))).toMatchObject({ status: 403, type: 'AccessDeniedException' });
    expect(refusalOf(await ask('null'))).toMatchObject({ status: 403 });
    expect(await ask('http://localhost:5173')).toMatchObject({ status: 200 });
  });

  test('edge errors carry the text in both casings, the others in lower case only', async () => {
    const edge = await client.send('POST', '/GetDeployments', '{}');
    expect(edge.json).toMatchObject({ message: expect.any(String) as string, Message: expect.any(String) as string });
    const data = await client.send('POST', '/detectors', '{}');
    expect(data.json).not.toHaveProperty('Message');
  });

  test('a body over the limit is answered and the connection closed, however it is sent', async () => {
    const head = 'POST /inputs/messages HTTP/1.1\r\nHost: x\r\n';
    const part = 'x'.repeat(dataplane.bodyLimitBytes);
    for (const request of [
      `${head}Content-Length: ${2 * part.length}\r\n\r\n${part}${part}`,
      `${head}Transfer-Encoding: chunked\r\n\r\n${part.length.toString(16)}\r\n${part}\r\n1\r\nx\r\n0\r\n\r\n`,
    ]) {
      const socket = connectRaw();
      socket.write(request);
      const received = readUntil(socket, (text) => text.includes('__type'));
      await once(socket, 'end');
      expect(await received).toMatch(/^HTTP\/1\.1 413 .*connection: close.*RequestEntityTooLargeException/is);
    }
  });

  test('a fault tells nothing of itself, and is logged with the request id', async () => {
    const broken = await startTestDataplane();
    await broken.store.close();
    const raw = createRawClient(broken.url);
    const data = await raw.send('GET', '/detectors/motor');
    expect(refusalOf(data)).toEqual({
      status: 500,
      type: 'InternalFailureException',
      message: 'The request failed for an internal reason',
    });
    const edge = await raw.send('POST', '/GetDeviceRegistration', DEVICE);
    expect(refusalOf(edge)).toMatchObject({ status: 500, type: 'InternalServiceException' });
    const failed = broken.logged('debug').filter(({ msg }) => msg === 'request failed');
    expect(failed.map(({ requestId }) => requestId)).toEqual([
      data.headers['x-amzn-requestid'],
      edge.headers['x-amzn-requestid'],
    ]);
    raw.close();
    await broken.close();
  });
});

describe('answers', () => {
  test('every answer has its own request id and the type application/json', async () => {
    const replies = [
      await client.send('POST', '/GetDeployments', DEVICE),
      await client.send('GET', '/detectors/motor?maxResults=1'),
      await client.send('GET', '/nowhere'),
    ];
    for (const { headers } of replies) expect(headers['content-type']).toBe('application/json');
    const ids = replies.map(({ headers }) => headers['x-amzn-requestid']);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(replies.length);
  });

  test.each(['text/plain', 'application/json; charset=utf-8', 'nonsense'])(
    'content type %s is read as JSON',
    async (type) => {
      expect(await client.send('POST', '/GetDeployments', DEVICE, { 'content-type': type })).toMatchObject({
        status: 200,
      });
    },
  );

  test('pipelined requests are answered in their order', async () => {
    const socket = connectRaw();
    const post = `POST /GetDeviceRegistration HTTP/1.1\r\nHost: x\r\nContent-Length: ${DEVICE.length}\r\n\r\n${DEVICE}`;
    const bad = 'GET /detectors/none HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(post + bad + post);
    const received = await readUntil(socket, (text) => text.split('HTTP/1.1 ').length === 4 && text.endsWith('}'));
    socket.destroy();
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  test('a client that leaves in the middle of its body harms nobody', async () => {
    const socket = connectRaw();
    socket.write('POST /detectors HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"detectors"');
    await once(socket, 'connect');
    socket.destroy();
    expect(await client.send('POST', '/GetDeployments', DEVICE)).toMatchObject({ status: 200 });
    expect(dataplane.logged('error')).toEqual([]);
  });

  test('the access log names operation, status, duration and request id', async () => {
    const { headers } = await client.send('GET', '/detectors/none');
    expect(dataplane.logged('debug').at(-1)).toMatchObject({
      requestId: headers['x-amzn-requestid'],
      clientAddress: '127.0.0.1',
      operation: 'ListDetectors',
      status: 404,
      durationMs: expect.any(Number) as number,
    });
  });
});

describe('closing', () => {
  test('a request in flight is answered, then its connection is closed', async () => {
    const closing = await startTestDataplane();
    const { hostname, port } = new URL(closing.url);
    const socket = connect({ host: hostname, port: Number(port) }).setEncoding('latin1');
    const [head, rest] = [DEVICE.slice(0, 5), DEVICE.slice(5)];
    socket.write(
      `POST /GetDeployments HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${DEVICE.length}\r\n\r\n`,
    );
    await readUntil(socket, (text) => text.startsWith('HTTP/1.1 100'));
    socket.write(head);
    const closed = closing.close();
    socket.write(rest);
    const received = readUntil(socket, (text) => text.endsWith('}'));
    await once(socket, 'end');
    expect(await received).toMatch(/^HTTP\/1\.1 200 .*connection: close/is);
    await closed;
  });

  test('an address that is taken is an error', async () => {
    const { port } = new URL(dataplane.url);
    await expect(startTestDataplane({ port: Number(port) })).rejects.toThrow('EADDRINUSE');
  });
});
