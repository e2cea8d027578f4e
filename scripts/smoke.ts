// Starts the built program once: it becomes healthy, answers a query, and ends with 0 when told to stop.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const data = await mkdtemp(join(tmpdir(), 'fleetgraph-smoke-'));
const flags = ['--data', data, '--load', 'examples', '--port', '0', '--dataplane-port', '0'];
const program = spawn(process.execPath, ['dist/cli.js', 'serve', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = once(program, 'exit');
try {
  const url = await readGraphqlUrl();
  const health = await fetch(new URL('/healthz', url));
  expectEqual('status of /healthz', health.status, 200);
  const query = '{ device(deviceFleetName: "demo", deviceName: "press-01") { registration { isRegistered } } }';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data: answer } = (await response.json()) as { readonly data: unknown };
  expectEqual('answer', JSON.stringify(answer), '{"device":{"registration":{"isRegistered":true}}}');
  program.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  expectEqual('exit code after SIGTERM', code, 0);
} finally {
  program.kill('SIGKILL');
  await rm(data, { recursive: true });
}

async function readGraphqlUrl(): Promise<string> {
  for await (const line of createInterface({ input: program.stdout })) {
    const url = /^ *GraphQL.*(http:\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('Expected the program to print the address of GraphQL, but it ended');
}

function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`Expected ${what} ${String(expected)}, got ${String(actual)}`);
  process.stdout.write(`${what}: ${String(actual)}\n`);
}
