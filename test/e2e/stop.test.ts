import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { request, runProgram, type RunningProgram } from './running-program.ts';

const query = '{ device(deviceFleetName: "fleet", deviceName: "device") { registration { deviceRegistration } } }';

/** A gateway in front of an upstream that answers when it is told to, with one query under way. */
async function startSlow() {
  const upstream: Server = createServer().listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  const program: RunningProgram = runProgram(['gateway', '--port', '0'], { env });
  const [, url = ''] = await program.printed(/GraphQL.*?(http:\S+)/);
  const asked = once(upstream, 'request') as Promise<[unknown, ServerResponse]>;
  const answer = request(url, query);
  answer.catch(() => undefined); // it breaks off where the program ends first
  const [, response] = await asked;
  return {
    program,
    answer,
    respond: () => response.end('{"DeviceRegistration":"Registered","CacheTTL":"60"}'),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      upstream.closeAllConnections();
      upstream.close();
    },
  };
}

async function logged(program: RunningProgram, text: string): Promise<void> {
  while (!program.output().stderr.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('an answer in flight at SIGTERM still arrives, and then the program exits with 0', async () => {
  await using slow = await startSlow();
  slow.program.kill('SIGTERM');
  await logged(slow.program, 'stopping');
  slow.respond();
  expect(await slow.answer).toMatchObject({ data: { device: { registration: { deviceRegistration: 'Registered' } } } });
  expect(await slow.program.exited).toBe(0);
});

it('an upstream that hangs delays the exit by less than 10 s', async () => {
  await using slow = await startSlow();
  const startedAtMs = performance.now();
  slow.program.kill('SIGTERM');
  expect(await slow.program.exited).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
});

it('a second signal ends the program at once', async () => {
  await using slow = await startSlow();
  slow.program.kill('SIGTERM');
  await logged(slow.program, 'stopping');
  // Within half a second it counts as the same key press.
  await new Promise((resolve) => setTimeout(resolve, 600));
  slow.program.kill('SIGTERM');
  expect(await slow.program.exited).toBe(1);
});
