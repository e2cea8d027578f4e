import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, it, vi } from 'vitest';
import { type RunningProgram, runProgram, runServe, temporaryDirectory } from './running-program.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const announce = (text: string) => ({
  sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:ticks', payload: { contentExpression: text, type: 'STRING' } },
});

/** Announces every message of a key, and three seconds after the first that no more are awaited. */
const resources = [
  { inputName: 'Tick', inputDefinition: { attributes: [{ jsonPath: 'key' }, { jsonPath: 'number' }] } },
  {
    detectorModelName: 'ticks',
    key: 'key',
    roleArn: 'arn:aws:iam::123456789012:role/test',
    detectorModelDefinition: {
      initialStateName: 'Ticking',
      states: [
        {
          stateName: 'Ticking',
          onEnter: {
            events: [{ eventName: 'start', actions: [{ setTimer: { timerName: 'end', durationExpression: '3' } }] }],
          },
          onInput: {
            events: [
              { eventName: 'tick', condition: 'currentInput("Tick")', actions: [announce("'${$input.Tick.number}'")] },
              { eventName: 'ended', condition: 'timeout("end")', actions: [announce("'end'")] },
            ],
          },
        },
      ],
    },
  },
];

interface Received {
  readonly id: string;
  readonly source: string;
  readonly body: string;
}

/** A receiver of webhooks that takes down what it has accepted; it refuses, or does not answer, while it is told to. */
async function startReceiver() {
  const accepted: Received[] = [];
  const receiver = { accepted, isDown: false, isSilent: false, attempts: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        receiver.attempts += 1;
        if (receiver.isSilent) return;
        if (receiver.isDown) {
          response.writeHead(503).end();
          return;
        }
        const body = Buffer.concat(chunks).toString();
        const headers = request.headers as Record<string, string>;
        new Webhook(secret).verify(body, headers, { jsonParse: false });
        accepted.push({ id: headers['ce-id'] ?? '', source: headers['ce-source'] ?? '', body });
        response.writeHead(204).end();
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

async function startDataplane(args: readonly string[]): Promise<RunningProgram & { readonly dataplaneUrl: string }> {
  const program = runProgram(['dataplane', '--dataplane-port', '0', ...args], {
    env: { FLEETGRAPH_WEBHOOK_SECRET: secret },
  });
  const [, dataplaneUrl = ''] = await program.printed(/Data plane.*?(http:\S+)/);
  return { ...program, dataplaneUrl };
}

async function put(url: string, key: string, number: number): Promise<void> {
  const message = { messageId: `${key}-${number}`, inputName: 'Tick', payload: JSON.stringify({ key, number }) };
  const response = await fetch(`${url}/inputs/messages`, {
    method: 'POST',
    body: JSON.stringify({ messages: [message] }),
  });
  expect(await response.json()).toEqual({ BatchPutMessageErrorEntries: [] });
}

it('kill -9 with actions and timers pending loses none of them, keeps their ids and the order of each detector', async () => {
  await using data = await temporaryDirectory();
  await using load = await temporaryDirectory();
  await using receiver = await startReceiver();
  await writeFile(join(load.path, 'resources.json'), JSON.stringify(resources));
  const keys = ['a', 'b', 'c', 'd'];
  const args = ['--data', data.path, '--load', load.path, '--log-level', 'silent'];
  args.push('--webhooks', `sns=${receiver.url}`, '--min-timer-seconds', '1');
  {
    await using program = await startDataplane(args);
    for (const number of [1, 2]) for (const key of keys) await put(program.dataplaneUrl, key, number);
    await vi.waitFor(() => {
      expect(receiver.accepted).toHaveLength(8);
    });
    receiver.isDown = true;
    for (const number of [3, 4]) for (const key of keys) await put(program.dataplaneUrl, key, number);
    program.kill('SIGKILL');
    expect(await program.exited).toBe('SIGKILL');
  }
  receiver.isDown = false;
  await using restarted = await startDataplane(args);
  const bodiesOf = (key: string) => {
    const own = receiver.accepted.filter(({ source }) => source === `/detectors/ticks/keyValues/?keyValue=${key}`);
    // What was accepted right before the kill may come again, under the same id.
    return [...new Map(own.map(({ id, body }) => [id, body])).values()];
  };
  await vi.waitFor(
    () => {
      for (const key of keys) expect(bodiesOf(key)).toEqual(['1', '2', '3', '4', 'end']);
    },
    { timeout: 15_000, interval: 50 },
  );
  restarted.kill('SIGTERM');
  expect(await restarted.exited).toBe(0);
});

it('the whole program ends in time although a receiver does not answer', async () => {
  await using data = await temporaryDirectory();
  await using load = await temporaryDirectory();
  await using receiver = await startReceiver();
  receiver.isSilent = true;
  await writeFile(join(load.path, 'resources.json'), JSON.stringify(resources));
  const args = ['--data', data.path, '--load', load.path, '--log-level', 'silent', '--min-timer-seconds', '1'];
  await using program = await runServe([...args, '--webhooks', receiver.url, '--webhook-timeout-ms', '60000']);
  await put(program.dataplaneUrl, 'a', 1);
  await vi.waitFor(() => {
    expect(receiver.attempts).toBe(1);
  });
  program.kill('SIGTERM');
  expect(await program.exited).toBe(0);
});

it('a data plane that is told to stop ends at once although a receiver is down, and the next one goes on', async () => {
  await using data = await temporaryDirectory();
  await using load = await temporaryDirectory();
  await using receiver = await startReceiver();
  await writeFile(join(load.path, 'resources.json'), JSON.stringify(resources));
  const args = ['--data', data.path, '--load', load.path, '--log-level', 'silent'];
  args.push('--webhooks', receiver.url, '--min-timer-seconds', '1');
  receiver.isDown = true;
  {
    await using program = await startDataplane(args);
    await put(program.dataplaneUrl, 'a', 1);
    await vi.waitFor(() => {
      expect(receiver.attempts).toBeGreaterThan(0);
    });
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  }
  receiver.isDown = false;
  await using restarted = await startDataplane(args);
  expect(restarted.dataplaneUrl).toMatch(/^http:/);
  await vi.waitFor(() => {
    expect(receiver.accepted[0]).toMatchObject({ body: '1' });
  }, 10_000);
});
