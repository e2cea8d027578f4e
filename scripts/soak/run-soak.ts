import { setTimeout as wait } from 'node:timers/promises';
import { noRedisReason, type RunningRedis, startRedis } from '../../test/fanout/start-redis.ts';
import { createRandom } from '../fuzz/random.ts';
import { type Stayer, stay, visit } from './clients.ts';
import { fleetFaults, injectFaults, upstreamFaults } from './faults.ts';
import { type Replica, startReplica } from './replica.ts';
import { type ScriptedUpstream, startScriptedUpstream } from './scripted-upstream.ts';
import { createSoakTally, type SoakFigures, type SoakTally } from './soak-tally.ts';
import { createTruth, type Truth } from './truth.ts';

/** How a soak runs. Without Redis there is one replica, whatever is asked for. */
export interface SoakOptions {
  /** How often somebody subscribes and unsubscribes. */
  readonly cycles: number;
  readonly seed: number;
  readonly replicas: number;
  /** Hears of each round's end. */
  readonly onRound?: (figures: SoakFigures) => void;
}

/** What came of it. The memory is that of the replica that is never ended, in MiB: medians of the first and last third of its samples. */
export interface SoakResult extends SoakFigures {
  readonly replicas: number;
  readonly changes: number;
  readonly upstreamCalls: number;
  readonly seconds: number;
  readonly rssMib: { readonly first: number; readonly last: number } | null;
}

/** Everything that runs during a soak. */
interface Scene {
  readonly truth: Truth;
  readonly upstream: ScriptedUpstream;
  readonly redis: RunningRedis | null;
  readonly replicas: readonly Replica[];
  readonly stayers: readonly Stayer[];
  readonly tally: SoakTally;
  readonly rssMib: number[];
}

const DETECTORS = 20;
const VISITORS = 40;
const STAYERS = 12;
const CHANGE_INTERVAL_MS = 20;
/** After so many all faults end, and everybody has to come to know the truth. */
const ROUND_CYCLES = 2000;
const TRUTH_WITHIN_MS = 30_000;
const GATEWAY_ARGS = ['--poll-interval-ms', '200', '--poll-max-interval-ms', '400', '--deadline-ms', '2000'];
/** By how much memory may grow from the first third to the last: what is compiled and cached is not all there at once. */
const RSS_GROWTH = 1.25;
/** Fewer samples, one in a second, tell nothing of memory. */
const MIN_RSS_SAMPLES = 60;

/** Runs a soak: clients come, go and stay while upstream, Redis and replicas fail, and each event is held against the truth. */
export async function runSoak({ cycles, seed, replicas, onRound }: SoakOptions): Promise<SoakResult> {
  const startedAtMs = performance.now();
  await using stack = new AsyncDisposableStack();
  const scene = await setScene(stack, noRedisReason === null ? replicas : 1, seed);
  const { tally, truth, upstream } = scene;
  for (let done = 0, round = 0; done < cycles; round += 1) {
    done = Math.min(cycles, done + ROUND_CYCLES);
    await runRound(scene, done, seed + round);
    onRound?.(tally.figures());
  }
  const rssMib = judgeMemory(scene);
  return {
    ...tally.figures(),
    replicas: scene.replicas.length,
    changes: truth.keyValues.reduce((sum, keyValue) => sum + truth.versionOf(keyValue), 0),
    upstreamCalls: upstream.calls(),
    seconds: Math.round((performance.now() - startedAtMs) / 1000),
    rssMib,
  };
}

async function setScene(stack: AsyncDisposableStack, count: number, seed: number): Promise<Scene> {
  const truth = createTruth(DETECTORS);
  const tally = createSoakTally();
  const upstream = stack.adopt(await startScriptedUpstream(truth), (started) => started.close());
  const redis = noRedisReason === null ? stack.use(await startRedis()) : null;
  const env = {
    AWS_ENDPOINT_URL: upstream.endpoint,
    AWS_ACCESS_KEY_ID: 'soak',
    AWS_SECRET_ACCESS_KEY: 'soak',
    ...(redis && { REDIS_URL: redis.url }),
  };
  const onDeath = (output: string) => {
    tally.violated(`Expected the gateway to run, but it ended: ${output}`);
  };
  const replicas = await Promise.all(
    Array.from({ length: count }, async () =>
      stack.adopt(await startReplica(env, GATEWAY_ARGS, onDeath), (replica) => replica.end('SIGKILL')),
    ),
  );
  const urls = () => replicas.map(({ url }) => url());
  const stayers = Array.from({ length: STAYERS }, (_, index) =>
    stack.adopt(stay({ truth, urls, tally, random: createRandom(seed, index) }), (stayer) => {
      stayer.stop();
    }),
  );
  const rssMib: number[] = [];
  const sampling = setInterval(() => {
    void replicas[0]?.rssMib().then((mib) => mib !== null && rssMib.push(mib));
  }, 1000);
  stack.defer(() => {
    clearInterval(sampling);
  });
  return { truth, upstream, redis, replicas, stayers, tally, rssMib };
}

/** Faults and changes until so many cycles are done; then all is well, and everybody who stayed has to know the truth. */
async function runRound({ truth, upstream, redis, replicas, stayers, tally }: Scene, cycles: number, seed: number) {
  const isDone = () => tally.figures().cycles >= cycles;
  let nextActor = STAYERS;
  const random = () => createRandom(seed, (nextActor += 1));
  const chance = random();
  const changing = setInterval(() => {
    truth.change(chance.pick(truth.keyValues));
  }, CHANGE_INTERVAL_MS);
  const urls = () => replicas.map(({ url }) => url());
  await Promise.all([
    ...Array.from({ length: VISITORS }, () => visit({ truth, urls, tally, random: random() }, isDone)),
    injectFaults(upstreamFaults(upstream), random(), isDone, tally.fault),
    injectFaults(fleetFaults(replicas, redis), random(), isDone, tally.fault),
  ]);
  clearInterval(changing);
  const behind = () => stayers.filter(({ log }) => log.behind().length > 0);
  const latestMs = performance.now() + TRUTH_WITHIN_MS;
  while (behind().length > 0 && performance.now() < latestMs) await wait(50);
  for (const { log } of behind()) {
    tally.violated(`Expected the truth within ${TRUTH_WITHIN_MS} ms, got nothing new of ${log.behind().join(' ')}`);
  }
}

function judgeMemory({ rssMib, tally }: Scene): SoakResult['rssMib'] {
  if (rssMib.length < MIN_RSS_SAMPLES) return null;
  const third = Math.floor(rssMib.length / 3);
  const first = median(rssMib.slice(0, third));
  const last = median(rssMib.slice(-third));
  if (last > first * RSS_GROWTH) tally.violated(`Expected memory that is flat, got ${first} MiB and later ${last} MiB`);
  return { first, last };
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
