import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type RunningProgram, runProgram, temporaryDirectory } from './running-program.ts';

async function run(...args: readonly string[]) {
  await using program = runProgram(args);
  const code = await program.exited;
  return { code, ...program.output() };
}

async function startDataplane(data: string): Promise<RunningProgram & { readonly url: string }> {
  const program = runProgram([
    'dataplane',
    '--dataplane-port',
    '0',
    '--data',
    data,
    '--load',
    'examples',
    '--log-format',
    'json',
  ]);
  const [, url = ''] = await program.printed(/Data plane.*?(http:\S+)/);
  return { ...program, url };
}

async function send(url: string, body: object) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

function putBeat(url: string, sequence: number) {
  const payload = Buffer.from(JSON.stringify({ deviceName: 'press-01', sequence, batteryPercent: 50 })).toString(
    'base64',
  );
  return send(`${url}/inputs/messages`, {
    messages: [{ messageId: `beat-${sequence}`, inputName: 'DeviceBeat', payload }],
  });
}

function sendHeartbeat(url: string) {
  return send(`${url}/SendHeartbeat`, { DeviceFleetName: 'demo', DeviceName: 'press-01', AgentVersion: '1' });
}

async function lastSequence(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/detectors/deviceWatchdog/keyValues/?keyValue=press-01`);
  const { detector } = (await response.json()) as {
    readonly detector: { readonly state: { readonly variables: readonly { name: string; value: string }[] } };
  };
  return detector.state.variables.find(({ name }) => name === 'lastSequence')?.value;
}

const accepted = { status: 200, text: '{"BatchPutMessageErrorEntries":[]}' };

it('a program that runs is backed up, and restored when it has stopped', async () => {
  await using data = await temporaryDirectory();
  await using elsewhere = await temporaryDirectory();
  const file = join(elsewhere.path, 'backup.sqlite');
  {
    await using program = await startDataplane(data.path);
    expect(await putBeat(program.url, 1)).toEqual(accepted);
    expect(await run('backup', file, '--data', data.path)).toMatchObject({
      code: 0,
      stdout: `Wrote ${file}: all of the store in ${data.path}, and no access keys\n`,
    });
    expect(await putBeat(program.url, 2)).toEqual(accepted);
    expect(await run('restore', file, '--data', data.path)).toMatchObject({
      code: 1,
      stderr: `fleetgraph restore: Expected to be alone on the store in ${data.path}, got one that is in use by another process\n`,
    });
    expect(await lastSequence(program.url)).toBe('2');
  }
  const restored = await run('restore', file, '--data', data.path);
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('the one before is') as string });
  await using program = await startDataplane(data.path);
  expect(await lastSequence(program.url)).toBe('1');
  expect(await readdir(data.path)).toContainEqual(expect.stringMatching(/^fleetgraph\.sqlite\.before-/));
}, 60_000);

it('a second program on a data directory ends with 1 and names the directory', async () => {
  await using data = await temporaryDirectory();
  await using first = await startDataplane(data.path);
  const second = await run('dataplane', '--dataplane-port', '0', '--data', data.path);
  expect(second).toMatchObject({
    code: 1,
    stderr: `fleetgraph could not start: Expected to be alone on the store in ${data.path}, got one that is in use by another process\n`,
  });
  expect(await putBeat(first.url, 1)).toEqual(accepted);
});

it.skipIf(!existsSync('/usr/bin/prlimit'))(
  'a full disk refuses what cannot be kept, goes on reading, says why once, and all goes on when there is room',
  async () => {
    await using data = await temporaryDirectory();
    {
      await using program = await startDataplane(data.path);
      // What fills up here is the size that a file may have (prlimit comes with util-linux).
      const limitFiles = (bytes: string) =>
        execFileSync('/usr/bin/prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`]);
      expect(await putBeat(program.url, 1)).toEqual(accepted);
      limitFiles('4096');
      for (let attempt = 0; attempt < 3; attempt++) {
        expect(await putBeat(program.url, 2)).toEqual({
          status: 200,
          text: expect.stringContaining('"errorCode":"InternalFailureException"') as string,
        });
        expect(await sendHeartbeat(program.url)).toMatchObject({ status: 500 });
      }
      expect(await lastSequence(program.url)).toBe('1');
      limitFiles('unlimited');
      expect(await putBeat(program.url, 2)).toEqual(accepted);
      expect(await sendHeartbeat(program.url)).toMatchObject({ status: 200 });
      const messages = () =>
        program
          .output()
          .stderr.split('\n')
          .filter((line) => line.includes('the store can'))
          .map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
      await vi.waitFor(() => {
        expect(messages()).toEqual([
          'the store cannot be written: what fails for it is refused, and nothing of it is kept',
          'the store can be written again',
        ]);
      });
      program.kill('SIGKILL');
      await program.exited;
    }
    await using program = await startDataplane(data.path);
    expect(await lastSequence(program.url)).toBe('2');
  },
);
