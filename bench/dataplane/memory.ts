// What 100,000 detectors of 10 variables take, and how late their timers fire when all of them are pending: the time of the
// cycle that a timer starts less the time of the one that set it and its duration.
import { parseArgs } from 'node:util';
import { createConnection } from './connection.ts';
import { createPlace, type DataPlaneProcess, startDataPlane } from './data-plane.ts';
import { percentile } from '../percentile.ts';

const { values } = parseArgs({
  options: {
    detectors: { type: 'string', default: '100000' },
    // Timers run between so many seconds and twice as many.
    seconds: { type: 'string', default: '30' },
  },
});
const detectorCount = Number(values.detectors);
const timerSeconds = Number(values.seconds);
const variableCount = 10;
const connectionCount = 20;
const batchSize = 10;

const variables = Array.from({ length: variableCount }, (_, index) => ({
  setVariable: { variableName: `variable${index}`, value: `$input.Reading.value + ${index}.5` },
}));
const resources = [
  {
    inputName: 'Reading',
    inputDefinition: { attributes: ['id', 'value', 'seconds'].map((jsonPath) => ({ jsonPath })) },
  },
  {
    detectorModelName: 'tenVariables',
    key: 'id',
    roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
    detectorModelDefinition: {
      initialStateName: 'Waiting',
      states: [
        {
          stateName: 'Waiting',
          onInput: {
            events: [
              { eventName: 'read', condition: 'currentInput("Reading")', actions: variables },
              {
                eventName: 'await',
                condition: 'currentInput("Reading")',
                actions: [{ setTimer: { timerName: 'silent', durationExpression: '$input.Reading.seconds' } }],
              },
            ],
            transitionEvents: [
              {
                eventName: 'silent',
                condition: 'timeout("silent")',
                actions: [{ sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:silent' } }],
                nextState: 'Silent',
              },
            ],
          },
        },
        { stateName: 'Silent' },
      ],
    },
  },
];

const secondsOf = new Map<string, number>();
const place = await createPlace(resources);
try {
  const dataPlane = await startDataPlane(place, { args: ['--log-level', 'warn', '--min-timer-seconds', '1'] });
  const memory = () =>
    `${dataPlane.rssMib().toFixed(0)} MiB resident, ${dataPlane.peakRssMib().toFixed(0)} MiB at most`;
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: connectionCount }, (_, index) => createDetectors(dataPlane, index)));
  const elapsed = (performance.now() - startedMs) / 1000;
  print(
    `${detectorCount} detectors of ${variableCount} variables, each with a timer: made in ${elapsed.toFixed(1)} s; ${memory()}`,
  );
  const setAt = await listUpdateTimes(dataPlane, 'Waiting');
  while ((await listPage(dataPlane, 'Waiting', 1)).detectorSummaries.length > 0) await sleep(1000);
  const firedAt = await listUpdateTimes(dataPlane, 'Silent');
  const delaysMs = Array.from(
    firedAt,
    ([id, atMs]) => atMs - (setAt.get(id) ?? NaN) - 1000 * (secondsOf.get(id) ?? NaN),
  );
  const [median = '', most99 = '', most = ''] = [0.5, 0.99, 1].map((share) => percentile(delaysMs, share).toFixed(0));
  print(`${delaysMs.length} timers fired: p50 ${median} ms late, p99 ${most99} ms, at most ${most} ms; ${memory()}`);
  await dataPlane.stop('SIGTERM');
} finally {
  await place.remove();
}

async function createDetectors({ url }: DataPlaneProcess, first: number): Promise<void> {
  const connection = createConnection(url);
  const step = connectionCount * batchSize;
  for (let start = first * batchSize; start < detectorCount; start += step) {
    const count = Math.min(batchSize, detectorCount - start);
    await connection.putMessages(Array.from({ length: count }, (_, index) => messageOf(start + index)));
  }
  connection.close();
}

function messageOf(number: number) {
  const id = `detector-${number}`;
  const seconds = Math.floor(timerSeconds * (1 + Math.random()));
  secondsOf.set(id, seconds);
  return { messageId: `m${number}`, inputName: 'Reading', payload: { id, value: number, seconds } };
}

interface Page {
  readonly detectorSummaries: readonly { readonly keyValue: string; readonly lastUpdateTime: number }[];
  readonly nextToken?: string;
}

async function listPage(
  { url }: DataPlaneProcess,
  stateName: string,
  maxResults: number,
  nextToken = '',
): Promise<Page> {
  const query = new URLSearchParams({
    stateName,
    maxResults: String(maxResults),
    ...(nextToken !== '' && { nextToken }),
  });
  const response = await fetch(`${url}/detectors/tenVariables?${query.toString()}`);
  return (await response.json()) as Page;
}

/** When each detector of a state had its last cycle, epoch ms. */
async function listUpdateTimes(dataPlane: DataPlaneProcess, stateName: string): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  let page: Page | undefined;
  do {
    page = await listPage(dataPlane, stateName, 250, page?.nextToken);
    for (const { keyValue, lastUpdateTime } of page.detectorSummaries)
      times.set(keyValue, Math.round(lastUpdateTime * 1000));
  } while (page.nextToken !== undefined);
  return times;
}

function sleep(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
