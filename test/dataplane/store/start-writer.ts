import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What startWriter runs with node. */
export const writerFile = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** The process of writer.ts. */
export type Writer = ChildProcessByStdio<null, Readable, null>;

/** Starts a process that writes to the store in `directory`, with keys that begin with `prefix`, under `command` where given. */
export function startWriter(directory: string, prefix: string, ...command: readonly string[]): Writer {
  const [file, ...args] = [...command, process.execPath, writerFile, directory, prefix] as const;
  return spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Hands the writer's lines to `use` until it has exited. */
export async function readLines(writer: Writer, use: (line: string) => void): Promise<void> {
  const lines = createInterface(writer.stdout).on('line', use);
  await Promise.all([once(writer, 'exit'), once(lines, 'close')]);
}
