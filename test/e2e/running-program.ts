import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));

export interface ProgramOptions {
  /** Relative to `directory`. */
  readonly entry?: string;
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The real program as a process of its own, ended with the block that `await using`s it. */
export interface RunningProgram extends AsyncDisposable {
  /** What it has written to standard output and to standard error so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves with the match once it stands in standard output; rejects if the program ends first. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Null: it could not be started. */
  readonly pid: number | null;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

/** Starts `node src/cli.ts` with these arguments and no variables of ours but those given. */
export function runProgram(args: readonly string[], options: ProgramOptions = {}): RunningProgram {
  const { entry = 'src/cli.ts', directory = projectDirectory, env = {} } = options;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? Promise.reject(new Error('no exit code')),
  );
  return {
    output: () => ({ stdout, stderr }),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        check();
        child.stdout.on('data', check);
        child.once('close', () => {
          reject(new Error(`Expected ${String(pattern)} in the output, but the program ended:\n${stdout}${stderr}`));
        });
      }),
    kill: (signal) => child.kill(signal),
    pid: child.pid ?? null,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** `serve` on free ports, listening. */
export async function runServe(
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<RunningProgram & { readonly url: string; readonly dataplaneUrl: string }> {
  const program = runProgram(['serve', '--port', '0', '--dataplane-port', '0', ...args], options);
  const [, url = ''] = await program.printed(/GraphQL.*?(http:\S+)/);
  const [, dataplaneUrl = ''] = await program.printed(/Data plane.*?(http:\S+)/);
  return { ...program, url, dataplaneUrl };
}

/** An empty directory, removed with the block that `await using`s it. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'fleetgraph-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface GraphqlAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Sends one operation over HTTP, as a browser does. */
export async function request<Data>(url: string, query: string, variables: object = {}): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer<Data>;
}
