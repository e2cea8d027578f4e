// How this gateway stands beside what a team would otherwise use and beside the physical limit.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeRequest, runClosedLoop } from './load.ts';
import { type MeasuredProcess, startMeasured } from './measured-process.ts';
import { VARIANTS } from './variants.ts';
import { WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(VARIANTS).join() },
    workload: { type: 'string', default: Object.keys(WORKLOADS).join() },
    connections: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    sliceMs: { type: 'string', default: '500' },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const peers = fileURLToPath(new URL('peers/', import.meta.url));
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
if (!existsSync(`${peers}node_modules`)) execFileSync('npm', ['ci', '--prefix', peers], { stdio: 'inherit' });
if (canPin) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]);

const mock = await startMeasured(['bench/gateway/mock-upstream.ts'], canPin ? '1' : null);
const env = {
  NODE_ENV: 'production',
  AWS_ENDPOINT_URL: mock.url.origin,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};
const names = values.only.split(',') as (keyof typeof VARIANTS)[];
const workloads = values.workload.split(',') as (keyof typeof WORKLOADS)[];
const servers = new Map<string, MeasuredProcess>();
for (const name of names) servers.set(name, await startMeasured(VARIANTS[name].args, canPin ? '0' : null, env));
try {
  const cells = new Map<string, number[]>();
  for (let round = -1; round < Number(values.rounds); round++) {
    for (const workload of workloads) {
      for (const name of names) {
        const server = servers.get(name);
        if (!server) continue;
        const requests = WORKLOADS[workload].requests.map((request) => encodeRequest(server.url.pathname, request));
        let before = 0;
        const result = await runClosedLoop(
          {
            port: Number(server.url.port),
            requests,
            connections: Number(values.connections),
            durationMs: Number(values.sliceMs),
          },
          async () => {
            before = (await server.usage()).cpuUs;
          },
        );
        const cpuUs = ((await server.usage()).cpuUs - before) / result.requests;
        const key = `${workload} ${name}`;
        if (round >= 0) cells.set(key, [...(cells.get(key) ?? []), cpuUs]);
      }
    }
  }
  for (const workload of workloads) {
    const base = median(cells.get(`${workload} ${names[0] ?? ''}`) ?? []);
    for (const name of names) {
      const all = cells.get(`${workload} ${name}`) ?? [];
      process.stdout.write(
        `${workload.padEnd(14)} ${name.padEnd(14)} ${median(all).toFixed(0).padStart(8)} µs/request  ${(median(all) / base).toFixed(2).padStart(6)}  ` +
          `(${Math.min(...all).toFixed(0)}..${Math.max(...all).toFixed(0)})\n`,
      );
    }
  }
} finally {
  for (const server of servers.values()) await server.stop();
  await mock.stop();
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
}
