import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';

function collectingLog() {
  const lines: { level: number; msg: string }[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as { level: number; msg: string });
      done();
    },
  });
  return { lines, log: pino(stream) };
}

it('goes on when requests fail, logs a row of failures once, and stops when closed', async () => {
  const { lines, log } = collectingLog();
  let requests = 0;
  await using server = createServer((request, response) => {
    requests += 1;
    request.resume().once('end', () => response.writeHead(503).end('down'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const simulator = startSimulator({ url: `http://127.0.0.1:${port}/graphql`, clock: systemClock, log });
  while (requests < 4) await once(server, 'request');
  await simulator.close();
  const atClose = requests;
  expect(lines.map(({ level, msg }) => ({ level, msg }))).toEqual([{ level: 40, msg: 'the simulator could not send' }]);
  server.closeAllConnections();
  expect(requests).toBe(atClose);
});

it('gives up a request that hangs when it is closed', async () => {
  const { lines, log } = collectingLog();
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = once(server, 'request');
  const simulator = startSimulator({ url: `http://127.0.0.1:${port}/graphql`, clock: systemClock, log });
  await asked;
  await simulator.close();
  expect(lines).toEqual([]);
  server.closeAllConnections();
});
