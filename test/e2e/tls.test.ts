import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { runProgram, temporaryDirectory } from './running-program.ts';

const certFile = fileURLToPath(new URL('../security/tls/one.cert.pem', import.meta.url));
const ca = readFileSync(certFile);
const tls = ['--tls-cert', certFile, '--tls-key', certFile.replace('cert', 'key')];

async function post(url: string, body: object): Promise<unknown> {
  const sent = request(url, { method: 'POST', ca, headers: { 'content-type': 'application/json' } });
  sent.end(JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return JSON.parse(await text(response));
}

it('both services speak TLS, WebSockets included, and the gateway reaches the data plane behind it', async () => {
  await using data = await temporaryDirectory();
  const ports = ['--port', '0', '--dataplane-port', '0'];
  await using program = runProgram(['serve', ...ports, ...tls, '--data', data.path, '--load', 'examples']);
  const [, url = ''] = await program.printed(/GraphQL.*?(https:\S+)/);
  const [, dataplaneUrl = ''] = await program.printed(/Data plane.*?(https:\S+)/);

  const query = '{ device(deviceFleetName: "demo", deviceName: "pump-08") { registration { isRegistered } } }';
  expect(await post(url, { query })).toMatchObject({ data: { device: { registration: { isRegistered: true } } } });
  const device = { DeviceFleetName: 'demo', DeviceName: 'pump-08' };
  expect(await post(`${dataplaneUrl}/GetDeviceRegistration`, device)).toMatchObject({
    DeviceRegistration: 'Registered',
  });

  const socket = new WebSocket(url.replace('https', 'wss'), 'graphql-transport-ws', { ca });
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  const [message] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(message.toString())).toMatchObject({ type: 'connection_ack' });
  socket.close();
  program.kill('SIGTERM');
  expect(await program.exited).toBe(0);
});

it('a certificate without its key is refused', async () => {
  await using data = await temporaryDirectory();
  await using program = runProgram(['dataplane', '--dataplane-port', '0', '--data', data.path, ...tls.slice(0, 2)]);
  expect(await program.exited).toBe(1);
  expect(program.output().stderr).toContain('Expected --tls-cert and --tls-key together, got one of them');
});
