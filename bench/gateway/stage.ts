import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type MeasuredProcess, startMeasured } from './measured-process.ts';
import { type VariantName, VARIANTS } from './variants.ts';

/** What the mock upstream counted: calls by operation, and how many of them asked what another one was still being asked. */
interface UpstreamCounts {
  readonly calls: Readonly<Record<string, number>>;
  readonly repeated: number;
}

/** Everything that runs: the mock upstream and one server for each variant, each idle unless it is asked. */
export interface Stage {
  readonly pinned: boolean;
  readonly mock: MeasuredProcess;
  readonly servers: ReadonlyMap<VariantName, MeasuredProcess>;
  setLatency(latencyMs: number): Promise<void>;
  /** What was counted since it was last asked. */
  takeCounts(): Promise<UpstreamCounts>;
  /** Starts another program, as `args` of Node, on the core of its like; a server with `upstreamUrl` as its upstream, or else the mock. */
  startServer(args: readonly string[], upstreamUrl?: URL): Promise<MeasuredProcess>;
  startUpstream(args: readonly string[]): Promise<MeasuredProcess>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const peers = fileURLToPath(new URL('peers/', import.meta.url));

/** Servers have the first core to themselves; this process, which is the load generator, and the mock upstream share the second. */
const SERVER_CORE = '0';
const BENCH_CORE = '1';

/** Builds the product, installs the peers if they are to be measured and not there, pins this process, and starts everything. */
export async function setStage(variants: readonly VariantName[]): Promise<Stage> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  if (variants.length > 0 && !existsSync(`${peers}node_modules`))
    execFileSync('npm', ['ci'], { cwd: peers, stdio: 'inherit' });
  const pinned = spawnSync('taskset', ['-c', BENCH_CORE, 'true']).status === 0;
  if (pinned) execFileSync('taskset', ['-a', '-c', '-p', BENCH_CORE, String(process.pid)], { stdio: 'ignore' });
  const startUpstream = (args: readonly string[]) => startMeasured(args, pinned ? BENCH_CORE : null);
  const mock = await startUpstream(['bench/gateway/mock-upstream.ts']);
  const startServer = (args: readonly string[], upstreamUrl = mock.url) =>
    startMeasured(args, pinned ? SERVER_CORE : null, {
      NODE_ENV: 'production',
      AWS_ENDPOINT_URL: upstreamUrl.origin,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
    });
  const servers = new Map(
    await Promise.all(variants.map(async (name) => [name, await startServer(VARIANTS[name].args)] as const)),
  );
  return {
    pinned,
    mock,
    servers,
    async setLatency(latencyMs) {
      await fetch(new URL(`/bench/latency/${latencyMs}`, mock.url));
    },
    async takeCounts() {
      return (await (await fetch(new URL('/bench/counts', mock.url))).json()) as UpstreamCounts;
    },
    startServer,
    startUpstream,
    async close() {
      await Promise.all([...servers.values(), mock].map((server) => server.stop()));
    },
  };
}
