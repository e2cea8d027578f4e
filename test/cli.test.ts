import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, temporaryDirectory, type ProgramOptions } from './e2e/running-program.ts';
import { helpText } from '../src/help.ts';
import { COMMANDS, flagOf, SETTINGS, variableOf, type Setting } from '../src/settings.ts';

async function outcome(args: readonly string[], options: ProgramOptions = {}) {
  await using program = runProgram(args, options);
  const code = await program.exited;
  return { code, ...program.output() };
}

describe('fleetgraph --help', () => {
  it('lists the commands', async () => {
    const { code, stdout, stderr } = await outcome(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of [...COMMANDS, 'FLEETGRAPH_COMMAND', 'Examples']) expect(stdout).toContain(text);
  });

  it.each(COMMANDS)('of %s lists exactly its settings', async (command) => {
    const { code, stdout } = await outcome([command, '--help']);
    expect(code).toBe(0);
    for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
      const names = [flagOf(name, setting), variableOf(name, setting)].filter((one) => one !== null);
      const heading = new RegExp(`^  ${names.join('(?:, --no-.*)?  ')}(?:, --no-\\S*)?$`, 'm');
      expect(heading.test(stdout), name).toBe(setting.commands.includes(command));
    }
  });

  it('fits 132 columns', () => {
    for (const command of [null, ...COMMANDS]) {
      expect(
        helpText(command)
          .split('\n')
          .filter((line) => line.length > 132),
      ).toEqual([]);
    }
  });
});

it('fleetgraph --version prints the version of the package', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  expect(await outcome(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

describe('wrong usage', () => {
  it('exits with 2, and says all that is wrong on standard error', async () => {
    const { code, stdout, stderr } = await outcome(['--prot', '1', '--deadline-ms', '0'], {
      env: { FLEETGRAPH_PORT: '70000' },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      'Unknown flag --prot: did you mean --port?',
      'FLEETGRAPH_PORT: expected a whole number from 0 to 65535, got "70000"',
      '--deadline-ms: expected a whole number of ms from 100 to 300000, got "0"',
      'See "fleetgraph --help".',
      '',
    ]);
  });
});

describe('a start that fails', () => {
  it.each(['serve', 'dataplane'])('of %s on a port in use exits with 1 and names the address', async (command) => {
    await using data = await temporaryDirectory();
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stdout, stderr } = await outcome([command, '--data', data.path, '--dataplane-port', String(port)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `fleetgraph could not start: listen EADDRINUSE: address already in use 127.0.0.1:${port}. Choose another port with --port or --dataplane-port\n`,
    );
  });

  it('of a gateway on a port in use exits with 1 and leaves no data plane running', async () => {
    await using data = await temporaryDirectory();
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const args = ['serve', '--data', data.path, '--dataplane-port', '0', '--port', String(port)];
    const { code, stderr } = await outcome(args);
    expect(code).toBe(1);
    expect(stderr).toContain(`address already in use 127.0.0.1:${port}`);
  });

  it('on a data directory that cannot be made exits with 1 and names it', async () => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'file');
    await writeFile(file, '');
    const { code, stderr } = await outcome(['dataplane', '--data', join(file, 'data'), '--dataplane-port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^fleetgraph could not start: Expected a directory for the store .*file\/data.*\n$/);
  });

  it('on a file to load that is broken exits with 1 and names file, path and rule', async () => {
    await using data = await temporaryDirectory();
    await using load = await temporaryDirectory();
    await writeFile(join(load.path, 'fleet.json'), '[{ "DeviceFleetName": "a_b" }]');
    await writeFile(join(load.path, 'model.json'), '{');
    const args = ['serve', '--data', data.path, '--load', load.path, '--port', '0', '--dataplane-port', '0'];
    const { code, stdout, stderr } = await outcome(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/fleet\.json.*\[0\]\.DeviceFleetName/);
    expect(stderr).toMatch(/model\.json.*JSON/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
