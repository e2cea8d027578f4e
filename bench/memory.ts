// What 100,000 detectors of 10 variables take, and how late their timers fire when all of them are pending. The time of a
// timer and that of its cycle are both in the payload that the timer's action writes into the log.
import { parseArgs } from 'node:util';
import { createConnection } from './connection.ts';
import { createPlace, type DataPlaneProcess, startDataPlane } from './data-plane.ts';
import { percentile } from './percentile.ts';

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
  { inputName: 'Reading', inputDefinition: { attributes: ['id', 'value', 'seconds'].map((jsonPath) => ({ jsonPath })) } },
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
              {
                eventName: 'silent',
                condition: 'timeout("silent")',
                actions: [{ sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:silent' } }],
              },
            ],
          },
        },
      ],
    },
  },
];

const place = await createPlace(resources);
try {
  const { promise: allFired, resolve } = Promise.withResolvers<undefined>();
  const delaysMs: number[] = [];
  const dataPlane = await startDataPlane(place, {
    args: ['--log-level', 'info', '--min-timer-seconds', '1'],
    onLogLine(line) {
      const delayMs = readDelay(line);
      if (delayMs !== null) delaysMs.push(delayMs);
      if (delaysMs.length === detectorCount) resolve(undefined);
    },
  });
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: connectionCount }, (_, index) => createDetectors(dataPlane, index)));
  const elapsed = (performance.now() - startedMs) / 1000;
  print(
    `${detectorCount} detectors of ${variableCount} variables, each with a timer: made in ${elapsed.toFixed(1)} s; ` +
      `${dataPlane.rssMib().toFixed(0)} MiB resident, ${dataPlane.peakRssMib().toFixed(0)} MiB at most`,
  );
  await allFired;
  const figures = [0.5, 0.99, 1].map((share) => percentile(delaysMs, share).toFixed(0));
  print(
    `${delaysMs.length} timers fired; delay p50 ${figures[0] ?? ''} ms, p99 ${figures[1] ?? ''} ms, most ${figures[2] ?? ''} ms; ` +
      `${dataPlane.rssMib().toFixed(0)} MiB resident, ${dataPlane.peakRssMib().toFixed(0)} MiB at most`,
  );
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
  const seconds = Math.floor(timerSeconds * (1 + Math.random()));
  return { messageId: `m${number}`, inputName: 'Reading', payload: { id: `detector-${number}`, value: number, seconds } };
}

/** How late the timer of an action in the log fired, in ms; null for other lines. */
function readDelay(line: string): number | null {
  if (!line.includes('"msg":"action"')) {
    process.stderr.write(`${line}\n`);
    return null;
  }
  const { payload } = JSON.parse(line) as { readonly payload: string };
  const { eventTime, payload: told } = JSON.parse(payload) as {
    readonly eventTime: number;
    readonly payload: { readonly state: { readonly timers: { readonly silent: number } } };
  };
  return eventTime - told.state.timers.silent;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
