import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Why tests with Redis are skipped; null: they are not. */
export const noRedisReason = spawnSync('redis-server', ['--version']).error ? 'redis-server is not installed' : null;

/** A Redis of one's own, empty, ended with the block that `await using`s it. */
export interface RunningRedis extends AsyncDisposable {
  readonly url: string;
  /** It loses everything. */
  kill(): Promise<void>;
  /** After `kill`, on the same port. */
  restart(): Promise<void>;
  /** It accepts connections and answers nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** Starts `redis-server`, without files, on a free port of the loopback interface; `args` as on its command line. */
export async function startRedis(...args: readonly string[]): Promise<RunningRedis> {
  const port = await freePort();
  let server = await run(port, args);

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      server = await run(port, args);
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  };
}

async function run(port: number, args: readonly string[]) {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(server.stdout)) {
    if (line.includes('Ready to accept connections')) {
      server.stdout.resume();
      return server;
    }
  }
  throw new Error('Expected redis-server to start, but it ended');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
