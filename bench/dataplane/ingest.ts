// How many messages a second the data plane evaluates, with everything durable: the pressure example of the AWS developer guide
// ("Simple step-by-step example"), with an event that counts, over keep-alive connections with batches of 10. Then it is killed,
// and every acknowledged message has to be counted. `--profile` stops it gently instead and prints where the time went.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createConnection } from './connection.ts';
import { createPlace, type DataPlaneProcess, type Place, startDataPlane } from './data-plane.ts';
import { percentile } from '../percentile.ts';
import { pressureExample } from './pressure-example.ts';
import { topFunctions } from './profile.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '50' },
    motors: { type: 'string', default: '1000' },
    profile: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const connectionCount = Number(values.connections);
const motorCount = Number(values.motors);
const batchSize = 10;
const warmUpSeconds = 2;

/** What one motor was sent, and what of it was acknowledged. */
const sent = new Map<string, number>();
const acknowledged = new Map<string, number>();
const latenciesMs: number[] = [];

const place = await createPlace(pressureExample);
try {
  const profileArgs = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${place.directory}`] : [];
  const dataPlane = await startDataPlane(place, { nodeArgs: profileArgs });
  await measure(dataPlane);
  if (values.profile) {
    print(`profile, without idle time:\n${topFunctions(place.directory, 25).join('\n')}`);
  } else {
    await checkNothingIsLost(place);
  }
} finally {
  await place.remove();
}

async function measure(dataPlane: DataPlaneProcess): Promise<void> {
  const run = { measuring: false, isStopped: false, messages: 0 };
  const isStopped = () => run.isStopped;
  const senders = Array.from({ length: connectionCount }, async (_, sender) => {
    const connection = createConnection(dataPlane.url);
    const motors = Array.from(
      { length: Math.ceil(motorCount / connectionCount) },
      (__, index) => `motor-${index * connectionCount + sender}`,
    );
    for (let turn = 0; !isStopped(); turn++) {
      const batch = Array.from({ length: batchSize }, (__, index) => messageOf(motors, turn * batchSize + index));
      for (const { payload } of batch) add(sent, payload.motorid);
      const startedMs = performance.now();
      try {
        await connection.putMessages(batch);
      } catch (error) {
        // The last answers are lost with the process.
        if (isStopped()) break;
        throw error;
      }
      for (const { payload } of batch) add(acknowledged, payload.motorid);
      if (!run.measuring) continue;
      latenciesMs.push(performance.now() - startedMs);
      run.messages += batchSize;
    }
    connection.close();
  });
  await sleep(warmUpSeconds);
  run.measuring = true;
  const cpuBeforeMs = dataPlane.cpuMs();
  const startedMs = performance.now();
  await Promise.race([sleep(seconds), Promise.all(senders)]);
  const elapsed = (performance.now() - startedMs) / 1000;
  run.measuring = false;
  const rssMib = dataPlane.rssMib();
  const cpuUs = (1000 * (dataPlane.cpuMs() - cpuBeforeMs)) / run.messages;
  if (values.profile) {
    run.isStopped = true;
    await Promise.all(senders);
    await dataPlane.stop('SIGTERM');
  } else {
    // While messages are under way.
    run.isStopped = true;
    await dataPlane.stop('SIGKILL');
    await Promise.all(senders);
  }
  const rate = Math.round(run.messages / elapsed);
  print(
    `${rate} messages/s, durable, over ${connectionCount} connections with batches of ${batchSize} to ${motorCount} detectors; ` +
      `a batch takes p50 ${percentile(latenciesMs, 0.5).toFixed(1)} ms, p99 ${percentile(latenciesMs, 0.99).toFixed(1)} ms; ` +
      `${cpuUs.toFixed(0)} µs of processor time for each message; ${rssMib.toFixed(0)} MiB resident`,
  );
}

function messageOf(motors: readonly string[], number: number) {
  const motorid = motors[number % motors.length] ?? '';
  const pressure = (number * 7919) % 100;
  return {
    messageId: randomUUID(),
    inputName: 'PressureInput',
    payload: { motorid, sensorData: { pressure, temperature: 39 } },
  };
}

async function checkNothingIsLost(killed: Place): Promise<void> {
  const dataPlane = await startDataPlane(killed);
  const connection = createConnection(dataPlane.url);
  let lost = 0;
  let total = 0;
  for (const [motorid, count] of acknowledged) {
    total += count;
    const answer = await connection.get(`/detectors/motorDetectorModel/keyValues/?keyValue=${motorid}`);
    const { variables } = (answer as { detector: { state: { variables: { name: string; value: string }[] } } }).detector
      .state;
    const counted = Number(variables.find(({ name }) => name === 'received')?.value);
    if (counted < count || counted > (sent.get(motorid) ?? 0)) lost += 1;
  }
  connection.close();
  await dataPlane.stop('SIGTERM');
  print(
    `kill -9: of ${total} acknowledged messages to ${acknowledged.size} detectors, ${lost} detectors have lost some`,
  );
  if (lost > 0) process.exitCode = 1;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sleep(forSeconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forSeconds * 1000));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
