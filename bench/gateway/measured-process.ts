import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Of all threads of a process: processor time in µs; resident memory now and at most, in MiB. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssMib: number;
  readonly peakRssMib: number;
}

/** A program under measurement, listening. */
export interface MeasuredProcess {
  /** The first URL that it printed. */
  readonly url: URL;
  readonly startedAtMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

const usageModule = new URL('usage.js', import.meta.url).href;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts a program of this repository with Node, on `core` where the machine can pin. Rejects if it ends before it prints a URL. */
export async function startMeasured(
  args: readonly string[],
  core: string | null,
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredProcess> {
  const command = [process.execPath, '--import', usageModule, ...args];
  const [program = '', ...rest] = core === null ? command : ['taskset', '-c', core, ...command];
  const startedAtMs = performance.now();
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { stdout } = child;
  if (!stdout) throw new Error('Expected a pipe for standard output, got none');
  const exited = once(child, 'exit');
  const url = await new Promise<URL>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const text = /http:\/\/\S+/.exec(line)?.[0];
      if (text !== undefined) resolve(new URL(text));
    });
    child.on('error', reject);
    child.on('exit', () => {
      reject(new Error(`Expected ${args.join(' ')} to listen, but it ended`));
    });
  });
  return {
    url,
    startedAtMs,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
