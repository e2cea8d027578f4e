import { readFile } from 'node:fs/promises';
import { type RunningProgram, runProgram } from '../../test/e2e/running-program.ts';

/** A gateway in a process of its own, that can be ended and started anew. */
export interface Replica {
  /** Where it was last seen. */
  readonly url: () => string;
  /** Kills or stops it, and resolves when it has ended. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  readonly start: () => Promise<void>;
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Resident memory in MiB; null where the system does not tell, and while it has ended. */
  readonly rssMib: () => Promise<number | null>;
}

/** Starts a gateway; `onDeath` hears of it ending by itself. */
export async function startReplica(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  onDeath: (output: string) => void,
): Promise<Replica> {
  let program: RunningProgram | null = null;
  let url = '';

  async function start(): Promise<void> {
    const started = runProgram(['gateway', '--port', '0', '--log-level', 'error', ...args], { env });
    [, url = ''] = await started.printed(/GraphQL.*?(http:\S+)/);
    program = started;
    void started.exited.then(() => {
      if (program === started) onDeath(started.output().stderr);
    });
  }

  await start();
  return {
    url: () => url,
    async end(signal) {
      const ending = program;
      program = null;
      ending?.kill(signal);
      await ending?.exited;
    },
    start,
    freeze: () => program?.kill('SIGSTOP'),
    thaw: () => program?.kill('SIGCONT'),
    async rssMib() {
      // Source: proc_pid_status(5), VmRSS.
      const status = await readFile(`/proc/${program?.pid ?? 'none'}/status`, 'utf8').catch(() => '');
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
      return kib === undefined ? null : Number(kib) / 1024;
    },
  };
}
