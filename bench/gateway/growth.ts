import { createConnection } from '../dataplane/connection.ts';
import { createPlace } from '../dataplane/data-plane.ts';
import { pressureExample } from '../dataplane/pressure-example.ts';
import { percentile } from '../percentile.ts';
import { measureSlice, showProgress, type Slice, warmUp } from './measure.ts';
import { type Plan } from './plan.ts';
import { type Stage } from './stage.ts';
import { openSubscriptions } from './subscriptions.ts';
import { VARIANTS } from './variants.ts';
import { detectorList, devicePage, oneDetector, range, WORKLOADS } from './workloads.ts';

/** How cost grows with something: a row for each size of it. */
export interface Growth {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

const SLICE_MS = 500;
const IDLE_MS = 2000;
/** Each gateway here is a new one. */
const WARM_UP_CPU_MS = 1500;
const PAGE_SIZES = [1, 10, 100, 250];

/** How the gateway's cost grows: with the page, with the subscriptions, with the detectors that the data plane knows. */
export async function measureGrowth(stage: Stage, plan: Plan): Promise<Growth[]> {
  return [
    await measurePages(stage),
    await measureSubscriptions(stage, plan.subscriptions),
    await measureDetectors(stage, plan.detectors),
  ];
}

async function measurePages(stage: Stage): Promise<Growth> {
  const gateway = await stage.startServer(VARIANTS.product.args);
  await warmUp(stage, gateway, [devicePage(range(10))], WARM_UP_CPU_MS);
  const rows: number[][] = [];
  for (const size of PAGE_SIZES) {
    showProgress(`pages of ${size}`);
    const measure = () => measureSlice(stage, gateway, [devicePage(range(size))], { connections: 1 }, SLICE_MS);
    await measure();
    const slice = await measure();
    rows.push([size, cpuUs(slice), cpuUs(slice) / size, perRequest(slice, slice.upstreamCalls), p50(slice)]);
  }
  await gateway.stop();
  return {
    title: 'Devices on the page, 1 client',
    columns: ['Devices', 'CPU, µs', 'CPU for each device, µs', 'Upstream calls', 'p50, ms'],
    rows,
  };
}

async function measureSubscriptions(stage: Stage, counts: readonly number[]): Promise<Growth> {
  const gateway = await stage.startServer(VARIANTS.product.args);
  const query = () => measureSlice(stage, gateway, WORKLOADS.oneDetector.requests, { connections: 16 }, SLICE_MS);
  await warmUp(stage, gateway, WORKLOADS.oneDetector.requests, WARM_UP_CPU_MS);
  const subscriptions = openSubscriptions(gateway.url);
  const rows: number[][] = [];
  for (const count of counts) {
    showProgress(`${count} subscriptions`);
    await subscriptions.growTo(count);
    await stage.takeCounts();
    const eventsBefore = subscriptions.events();
    const { cpuUs: before } = await gateway.usage();
    const startedAtMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const seconds = (performance.now() - startedAtMs) / 1000;
    const { cpuUs: after, rssMib } = await gateway.usage();
    const { calls } = await stage.takeCounts();
    const polls = Object.values(calls).reduce((sum, many) => sum + many, 0);
    const events = subscriptions.events() - eventsBefore;
    const slice = await query();
    const cpuMs = (after - before) / 1000;
    rows.push([
      count,
      cpuMs / seconds,
      events / seconds,
      polls / seconds,
      cpuUs(slice),
      p50(slice),
      p99(slice),
      rssMib,
    ]);
  }
  subscriptions.close();
  await gateway.stop();
  return {
    title:
      'Open subscriptions to 100 detectors, of which 10 change every second; 16 clients query one detector beside them',
    columns: [
      'Subscriptions',
      'CPU without queries, ms/s',
      'Events/s',
      'Upstream calls/s',
      'CPU of a query and what is beside it, µs',
      'p50, ms',
      'p99, ms',
      'RSS, MiB',
    ],
    rows,
  };
}

async function measureDetectors(stage: Stage, counts: readonly number[]): Promise<Growth> {
  const rows: number[][] = [];
  for (const count of counts) {
    const place = await createPlace(pressureExample);
    const data = ['--data', `${place.directory}/data`, '--load', `${place.directory}/resources.json`];
    const args = ['dist/cli.js', 'dataplane', '--dataplane-port', '0', '--log-level', 'warn', ...data];
    const dataPlane = await stage.startUpstream(args);
    const gateway = await stage.startServer(VARIANTS.product.args, dataPlane.url);
    showProgress(`a data plane with ${count} detectors`);
    await createDetectors(dataPlane.url, count);
    const row = [count];
    const details = range(1000).map((index) => oneDetector(MODEL_NAME, keyOf(Math.floor((index * count) / 1000))));
    for (const requests of [details, [detectorList(MODEL_NAME)]]) {
      await warmUp(stage, gateway, requests, WARM_UP_CPU_MS);
      const before = await dataPlane.usage();
      const slice = await measureSlice(stage, gateway, requests, { connections: 4 }, SLICE_MS);
      const after = await dataPlane.usage();
      row.push(cpuUs(slice), perRequest(slice, after.cpuUs - before.cpuUs), p50(slice));
    }
    rows.push([...row, (await dataPlane.usage()).rssMib]);
    await gateway.stop();
    await dataPlane.stop();
    await place.remove();
  }
  return {
    title: 'Detectors that the data plane knows, 4 clients',
    columns: [
      'Detectors',
      'One: CPU, µs',
      'of the data plane, µs',
      'p50, ms',
      'List of 250: CPU, µs',
      'of the data plane, µs',
      'p50, ms',
      'RSS of the data plane, MiB',
    ],
    rows,
  };
}

const MODEL_NAME = 'motorDetectorModel';
const FILL_CONNECTIONS = 20;
const BATCH_SIZE = 10;

async function createDetectors(url: URL, count: number): Promise<void> {
  const starts = range(Math.ceil(count / BATCH_SIZE)).map((batch) => batch * BATCH_SIZE);
  const fill = async () => {
    const connection = createConnection(url.href);
    for (let start = starts.pop(); start !== undefined; start = starts.pop()) {
      const first = start;
      await connection.putMessages(
        range(Math.min(BATCH_SIZE, count - first)).map((index) => ({
          messageId: `m-${first + index}`,
          inputName: 'PressureInput',
          payload: { motorid: keyOf(first + index), sensorData: { pressure: 60, temperature: 39 } },
        })),
      );
    }
    connection.close();
  };
  await Promise.all(range(FILL_CONNECTIONS).map(fill));
}

function keyOf(index: number): string {
  return `motor-${index}`;
}

function cpuUs(slice: Slice): number {
  return perRequest(slice, slice.cpuUs);
}

function perRequest(slice: Slice, total: number): number {
  return total / slice.latenciesMs.length;
}

function p50(slice: Slice): number {
  return percentile(slice.latenciesMs, 0.5);
}

function p99(slice: Slice): number {
  return percentile(slice.latenciesMs, 0.99);
}
