import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, runServe, temporaryDirectory } from './running-program.ts';

async function fleetgraph(...args: readonly string[]) {
  await using program = runProgram(args);
  const code = await program.exited;
  return { code, ...program.output() };
}

async function runDataplane(...args: readonly string[]) {
  const program = runProgram(['dataplane', '--dataplane-port', '0', ...args]);
  const [, url = ''] = await program.printed(/Data plane.*?(http:\S+)/);
  return { ...program, url };
}

describe('load', () => {
  it('tells what is created, then that nothing changes, and with --dry-run what would be', async () => {
    await using data = await temporaryDirectory();
    const dry = await fleetgraph('load', '--dry-run', '--data', data.path, 'examples');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^Would create\n {2}device fleet demo\n/);
    const first = await fleetgraph('load', '--data', data.path, 'examples');
    expect(first.stdout).toMatch(/^Created\n {2}device fleet demo\n/);
    expect(first.stdout).toContain('  detector model motorPressure, version 1\n');
    const second = await fleetgraph('load', '--data', data.path, 'examples');
    expect(second.stdout).toMatch(/^Unchanged\n/);
    expect(second.stdout).not.toContain('Created');
  });

  it('names file, place and rule of what it refuses, loads the rest, and exits with 1', async () => {
    await using data = await temporaryDirectory();
    await using files = await temporaryDirectory();
    await writeFile(join(files.path, 'bad.json'), '[{"inputName":"a b"}]');
    const good = { inputName: 'Good', inputDefinition: { attributes: [{ jsonPath: 'a' }] } };
    await writeFile(join(files.path, 'good.json'), JSON.stringify(good));
    const { code, stdout } = await fleetgraph('load', '--data', data.path, files.path);
    expect(code).toBe(1);
    expect(stdout).toContain('Created\n  input Good\n');
    expect(stdout).toMatch(/Refused\n {2}\S+bad\.json at \[0\]\.inputName: Value 'a b'/);
    const json = await fleetgraph('load', '--json', '--data', data.path, files.path);
    expect(JSON.parse(json.stdout)).toMatchObject({
      unchanged: ['input Good'],
      refused: [{ file: join(files.path, 'bad.json'), path: '[0].inputName' }, { path: '[0].inputDefinition' }],
    });
  });

  it('leaves a store that is in use alone and points to --endpoint, which loads into the program that runs', async () => {
    await using data = await temporaryDirectory();
    await using dataplane = await runDataplane('--data', data.path);
    const direct = await fleetgraph('load', '--data', data.path, 'examples');
    expect(direct).toMatchObject({ code: 1, stdout: '' });
    expect(direct.stderr).toMatch(/^fleetgraph load: .*in use by another process\. With --endpoint /);
    const { code, stdout } = await fleetgraph('load', '--endpoint', dataplane.url, 'examples');
    expect(code).toBe(0);
    expect(stdout).toContain('  24 devices in device fleet demo\n');
    const answer = await fetch(`${dataplane.url}/detectors/motorPressure`);
    expect(await answer.json()).toEqual({ detectorSummaries: [] });
  });
});

it('export writes files that load again unchanged, from the data directory as from a running program', async () => {
  await using data = await temporaryDirectory();
  await using other = await temporaryDirectory();
  await fleetgraph('load', '--data', data.path, 'examples');
  const out = join(other.path, 'out');
  const { code, stdout } = await fleetgraph('export', '--data', data.path, out);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Wrote \d+ files to /) as string });
  const again = await fleetgraph('load', '--data', data.path, out);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Unchanged\n(?: {2}.*\n)+$/) as string });
  await using dataplane = await runDataplane('--data', join(other.path, 'data'), '--load', out);
  const overHttp = join(other.path, 'over-http');
  expect((await fleetgraph('export', '--endpoint', dataplane.url, overHttp)).code).toBe(0);
  const model = join('detector-models', 'motorPressure.json');
  expect(await readFile(join(overHttp, model), 'utf8')).toBe(await readFile(join(out, model), 'utf8'));
});

it('export refuses a file that an endpoint would have it write elsewhere', async () => {
  await using out = await temporaryDirectory();
  await using server = createServer((_request, response) => {
    response.end(JSON.stringify({ files: [{ path: '../outside.json', request: {} }] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const result = await fleetgraph('export', '--endpoint', `http://127.0.0.1:${port}`, join(out.path, 'below'));
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/Expected files below .*, got \.\.\/outside\.json/);
});

describe('dead-letters', () => {
  const model = {
    detectorModelName: 'teller',
    roleArn: 'arn:aws:iam::123456789012:role/test',
    detectorModelDefinition: {
      initialStateName: 'S',
      states: [
        {
          stateName: 'S',
          onInput: {
            events: [
              { eventName: 'tell', condition: '$input.Word.text != ""', actions: [{ sns: { targetArn: 'arn:told' } }] },
            ],
          },
        },
      ],
    },
  };
  const input = { inputName: 'Word', inputDefinition: { attributes: [{ jsonPath: 'text' }] } };

  it('lists an action that was given up, and has it performed again', async () => {
    await using directory = await temporaryDirectory();
    const files = join(directory.path, 'files');
    await mkdir(files);
    await writeFile(join(files, 'model.json'), JSON.stringify([input, model]));
    let status = 410;
    await using webhook = createServer((request, response) => {
      request.resume().once('end', () => response.writeHead(status).end());
    }).listen(0, '127.0.0.1');
    await once(webhook, 'listening');
    const { port } = webhook.address() as AddressInfo;
    const flags = ['--data', join(directory.path, 'data'), '--load', files, '--webhooks', `http://127.0.0.1:${port}/`];
    await using program = await runServe([...flags, '--max-action-attempts', '1']);
    const endpoint = ['--endpoint', program.dataplaneUrl];
    expect((await fleetgraph('dead-letters', ...endpoint)).stdout).toBe('No dead letters\n');

    const called = once(webhook, 'request');
    const payload = Buffer.from('{"text":"hello"}').toString('base64');
    await fetch(`${program.dataplaneUrl}/inputs/messages`, {
      method: 'POST',
      body: JSON.stringify({ messages: [{ messageId: 'm', inputName: 'Word', payload }] }),
    });
    await called;
    const listed = await until(async () => {
      const { stdout } = await fleetgraph('dead-letters', 'list', ...endpoint);
      return stdout === 'No dead letters\n' ? null : stdout;
    });
    expect(listed).toMatch(/^\d+ {2}\S+Z {2}sns arn:told\n {4}of .*teller.*, after 1 attempt: HTTP 410\n$/);

    status = 200;
    const calledAgain = once(webhook, 'request');
    const retried = await fleetgraph('dead-letters', 'retry', ...endpoint);
    expect(retried).toMatchObject({ code: 0, stdout: '1 is performed again\n' });
    await calledAgain;
    expect((await fleetgraph('dead-letters', '--json', ...endpoint)).stdout).toBe('[]\n');
  });

  it('says which ids are none, and where nothing answers', async () => {
    await using data = await temporaryDirectory();
    await using dataplane = await runDataplane('--data', data.path);
    const unknown = await fleetgraph('dead-letters', 'retry', '7', '--endpoint', dataplane.url);
    expect(unknown).toMatchObject({ code: 1, stderr: 'Expected the ids of dead letters, but 1 of 1 is none\n' });
    expect((await fleetgraph('dead-letters', 'retry', 'x')).code).toBe(2);
    expect((await fleetgraph('dead-letters', 'purge')).code).toBe(2);
    const nowhere = await fleetgraph('dead-letters', '--endpoint', 'http://127.0.0.1:9');
    expect(nowhere.stderr).toMatch(/^fleetgraph dead-letters: Expected a data plane at http:\/\/127\.0\.0\.1:9, got: /);
    expect(nowhere.code).toBe(1);
  });
});

/** What `attempt` gives, once it gives anything: the program tells nobody when it has buried an action. */
async function until<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const result = await attempt();
    if (result !== null) return result;
  }
}
