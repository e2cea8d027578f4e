import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** A directory for the data and one for the resources to load; `remove` deletes both. */
export interface Place {
  readonly directory: string;
  remove(): Promise<void>;
}

/** Makes a place on the disk of the temporary directory, with these requests to load. */
export async function createPlace(resources: readonly object[]): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-bench-'));
  await writeFile(join(directory, 'resources.json'), JSON.stringify(resources));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A data plane as a process of its own. */
export interface DataPlaneProcess {
  readonly url: string;
  /** Resident memory now, in MiB. */
  rssMib(): number;
  /** The most that was resident so far, in MiB. */
  peakRssMib(): number;
  /** Processor time spent so far, of all its threads, in ms. */
  cpuMs(): number;
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts `fleetgraph dataplane`, its log as JSON, from `warn` on unless `args` say otherwise. Rejects if it ends before it listens. */
export async function startDataPlane(
  { directory }: Place,
  options: {
    readonly nodeArgs?: readonly string[];
    readonly args?: readonly string[];
    readonly onLogLine?: (line: string) => void;
  } = {},
): Promise<DataPlaneProcess> {
  const { nodeArgs = [], args = ['--log-level', 'warn'], onLogLine = printLogLine } = options;
  const flags = ['--data', join(directory, 'data'), '--load', join(directory, 'resources.json')];
  const child = spawn(
    process.execPath,
    [...nodeArgs, program, 'dataplane', '--dataplane-port', '0', '--log-format', 'json', ...flags, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  createInterface({ input: child.stderr }).on('line', onLogLine);
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Data plane: +(http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    return {
      url,
      rssMib: () => readMib(child.pid ?? 0, 'VmRSS'),
      peakRssMib: () => readMib(child.pid ?? 0, 'VmHWM'),
      cpuMs: () => readCpuMs(child.pid ?? 0),
      async stop(signal) {
        child.kill(signal);
        await ended;
      },
    };
  }
  throw new Error('Expected the data plane to listen, but it ended');
}

function printLogLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readMib(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** Source: proc_pid_stat(5): utime and stime, in ticks of 10 ms. */
function readCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
