// Kills the data plane with SIGKILL at random moments while clients send messages, updates and heartbeats, timers run and actions
// wait, and looks for what was acknowledged: `npm run kill -- --times 100 --seed 1`.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from '../bench/percentile.ts';
import { type RunningProgram, runProgram } from '../test/e2e/running-program.ts';
import { createRandom } from './fuzz/random.ts';
import { RESOURCES } from './kill/models.ts';
import { startReceiver } from './kill/receiver.ts';
import { RefusedError } from './kill/requests.ts';
import { countMissing, type Findings, verifyApplied, verifyEffects } from './kill/verify.ts';
import { type Client, createClients } from './kill/work.ts';

/** Until all that waits is performed, at the end. */
const DRAIN_TIMEOUT_MS = 120_000;
const LONGEST_LOAD_MS = 1000;
const LONGEST_START_MS = 1500;

interface Saw {
  answered: number;
  refused: number;
  broken: number;
}

const { values } = parseArgs({ options: { seed: { type: 'string' }, times: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const times = Number(values.times ?? 100);
console.log(`seed ${seed}, ${times} times`);
const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-kill-'));
try {
  process.exitCode = await main();
} finally {
  await rm(directory, { recursive: true });
}

async function main(): Promise<0 | 1> {
  const random = createRandom(seed, 0);
  const receiver = await startReceiver();
  const load = join(directory, 'resources.json');
  await writeFile(load, JSON.stringify(RESOURCES));
  const start = () =>
    runProgram(
      `dataplane --dataplane-port 0 --log-level silent --min-timer-seconds 1`
        .split(' ')
        .concat('--data', join(directory, 'data'), '--load', load, '--webhooks', `sns=${receiver.url}`),
    );
  const clients = createClients();
  const findings: Findings = { lost: 0, appliedTwice: 0, details: [] };
  const saw: Saw = { answered: 0, refused: 0, broken: 0 };
  const recoveriesMs: number[] = [];
  let killedWhileStarting = 0;
  for (let count = 0; count < times; count++) {
    receiver.isDown = random.oneIn(3);
    const startedMs = performance.now();
    const program = start();
    if (random.oneIn(5)) {
      killedWhileStarting += 1;
      await sleep(random.below(LONGEST_START_MS));
      program.kill('SIGKILL');
      await program.exited;
      continue;
    }
    const url = await listening(program);
    recoveriesMs.push(performance.now() - startedMs);
    await verifyApplied(clients, url, findings);
    const working = Promise.all(clients.map((client) => work(client, url, saw)));
    await sleep(random.below(LONGEST_LOAD_MS));
    program.kill('SIGKILL');
    await Promise.all([working, program.exited]);
  }
  receiver.isDown = false;
  const program = start();
  const url = await listening(program);
  await finish(clients, url, saw);
  await verifyApplied(clients, url, findings);
  const deadlineMs = performance.now() + DRAIN_TIMEOUT_MS;
  while (countMissing(clients, receiver) > 0 && performance.now() < deadlineMs) await sleep(100);
  // Time for what should not come.
  await sleep(2000);
  const effects = verifyEffects(clients, receiver, findings);
  program.kill('SIGTERM');
  await program.exited;
  receiver.close();
  report(clients, findings, saw, recoveriesMs, killedWhileStarting, effects);
  return findings.details.length === 0 ? 0 : 1;
}

async function listening(program: RunningProgram): Promise<string> {
  const [, url = ''] = await program.printed(/Data plane.*?(http:\S+)/);
  return url;
}

/** Sends until the connection breaks. */
async function work(client: Client, url: string, saw: Saw): Promise<void> {
  for (;;) {
    try {
      await client.send(url, client.acknowledged + 1);
      client.acknowledged += 1;
      saw.answered += 1;
    } catch (error) {
      if (error instanceof RefusedError) {
        saw.refused += 1;
        continue;
      }
      saw.broken += 1;
      return;
    }
  }
}

/** Has what was under way when the program was killed acknowledged at last. */
async function finish(clients: readonly Client[], url: string, saw: Saw): Promise<void> {
  for (const client of clients) {
    await client.send(url, client.acknowledged + 1);
    client.acknowledged += 1;
    saw.answered += 1;
  }
}

function report(
  clients: readonly Client[],
  { lost, appliedTwice, details }: Findings,
  { answered, refused, broken }: Saw,
  recoveriesMs: readonly number[],
  killedWhileStarting: number,
  effects: number,
): void {
  const sums = Map.groupBy(clients, ({ kind }) => kind);
  for (const [kind, own] of sums) {
    console.log(`${kind} acknowledged: ${own.reduce((sum, { acknowledged }) => sum + acknowledged, 0)}`);
  }
  console.log(`effects performed: ${effects}`);
  const recovery = [0.5, 1].map((share) => Math.round(percentile(recoveriesMs, share))).join(' / ');
  console.log(`
| Fault | Times | Clients saw | Lost | Applied twice | Listens again after, ms (p50 / max) |
| ----- | ----: | ----------- | ---: | ------------: | ----------------------------------: |
| kill -9 under load | ${times - killedWhileStarting} | ${answered} answers, ${refused} refusals, ${broken} broken connections | ${lost} | ${appliedTwice} | ${recovery} |
| kill -9 while starting | ${killedWhileStarting} | nobody listens | as above | as above | as above |
`);
  for (const detail of details.slice(0, 20)) console.log(`WRONG ${detail}`);
}
