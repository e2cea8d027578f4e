import { setTimeout as wait } from 'node:timers/promises';
import { type Stage, setStage } from '../gateway/stage.ts';
import { VARIANTS } from '../gateway/variants.ts';
import { percentile } from '../percentile.ts';
import { openSubscribers } from './subscribers.ts';

const NAIVE = ['bench/subscriptions/naive.ts'];

/** A new server each time; the naive one with as many as it can bear. */
const TRIALS = [
  ...[100, 1000, 10_000].map((count) => ({
    server: 'fleetgraph gateway',
    args: VARIANTS.product.args,
    count,
    detectors: 100,
  })),
  { server: 'fleetgraph gateway', args: VARIANTS.product.args, count: 10_000, detectors: 1 },
  ...[100, 1000, 2000].map((count) => ({ server: 'a poll loop for each', args: NAIVE, count, detectors: 100 })),
];
/** The first ones warm the server up, and are not counted for its memory. */
const FIRST = 100;
const SETTLE_MS = 5000;
const MEASURED_MS = 20_000;

const stage = await setStage([]);
try {
  const rows: object[] = [];
  for (const { server, args, count, detectors } of TRIALS) {
    process.stderr.write(`${server}: ${count} subscribers on ${detectors} detectors\n`);
    rows.push({ server, subscribers: count, detectors, ...(await measure(stage, args, count, detectors)) });
  }
  console.table(rows);
} finally {
  await stage.close();
}

/** One server with so many subscribers, while every tenth detector changes every second. */
async function measure(stage: Stage, args: readonly string[], count: number, detectors: number): Promise<object> {
  const server = await stage.startServer(args);
  const subscribers = openSubscribers(server.url, detectors);
  await subscribers.growTo(FIRST);
  const first = await server.usage();
  await subscribers.growTo(count);
  await wait(SETTLE_MS);
  await stage.takeCounts();
  subscribers.take();
  const before = await server.usage();
  await wait(MEASURED_MS);
  const after = await server.usage();
  const { calls } = await stage.takeCounts();
  const { events, lastDelaysMs, spreadsMs } = subscribers.take();
  subscribers.close();
  await server.stop();
  const seconds = MEASURED_MS / 1000;
  return {
    cpuMsPerSecond: round((after.cpuUs - before.cpuUs) / 1000 / seconds),
    kibPerSubscriber: count > FIRST ? round(((after.rssMib - first.rssMib) * 1024) / (count - FIRST)) : null,
    upstreamCallsPerSecond: round(Object.values(calls).reduce((sum, many) => sum + many, 0) / seconds),
    eventsPerSecond: round(events / seconds),
    toTheLastMs: percentiles(lastDelaysMs),
    fromFirstToLastMs: percentiles(spreadsMs),
  };
}

function percentiles(values: readonly number[]): string {
  return `${percentile(values, 0.5)} / ${percentile(values, 0.99)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
