import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock } from '../clock.ts';
import { type Log } from '../telemetry/log.ts';
import { DEMO_DEVICES, DEMO_FLEET, isSilent, type SimulatedDevice, type SimulatedMessage } from './demo-fleet.ts';

/** Each device speaks once a round; every second a third of them, so that something changes about every second. */
const GROUPS = 3;
const TICK_MS = 1000;
const ROUND_SECONDS = (GROUPS * TICK_MS) / 1000;
/** Rounds sent at once in the beginning, as if the simulator had run before: the first query meets several states. */
const ROUNDS_BEFORE = 3;
/** One beat in so many is lost on its way. */
const BEATS_PER_LOSS = 12;

/** `url` is the GraphQL endpoint. */
export interface SimulatorOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Simulator {
  /** Resolves when the request in flight, if any, has been given up. */
  close(): Promise<void>;
}

/** Sends heartbeats and messages for the demo fleet through GraphQL until closed. What fails is logged and left out. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const stop = new AbortController();
  const stopped = simulate(options, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) options.log.error({ err: error }, 'the simulator has ended');
  });
  return {
    async close() {
      stop.abort();
      await stopped;
    },
  };
}

async function simulate({ url, clock, log }: SimulatorOptions, signal: AbortSignal): Promise<void> {
  let failing = false;
  const speak = async (devices: readonly SimulatedDevice[], round: number, seconds: number) => {
    try {
      await send(url, devices, round, seconds, signal);
      failing = false;
    } catch (error) {
      signal.throwIfAborted();
      // One line for a row of failures: the gateway logs what it could not reach itself.
      if (!failing) log.warn({ err: error }, 'the simulator could not send');
      failing = true;
    }
  };
  // Sequences continue over a restart, with a gap as long as the pause.
  const firstRound = Math.floor(clock.nowMs() / 1000 / ROUND_SECONDS);
  for (let round = 1 - ROUNDS_BEFORE; round <= 0; round += 1) {
    await speak(DEMO_DEVICES, firstRound + round, clock.nowMs() / 1000 + round * ROUND_SECONDS);
  }
  for (let tick = 0; ; tick += 1) {
    await sleep(TICK_MS, undefined, { signal });
    const speaking = DEMO_DEVICES.filter(({ deviceName }) => !isSilent(deviceName, (tick * TICK_MS) / 1000));
    const group = speaking.filter((device) => DEMO_DEVICES.indexOf(device) % GROUPS === tick % GROUPS);
    await speak(group, firstRound + 1 + Math.floor(tick / GROUPS), clock.nowMs() / 1000);
  }
}

async function send(
  url: string,
  devices: readonly SimulatedDevice[],
  round: number,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const timestamp = new Date(seconds * 1000).toISOString();
  const messages = devices.flatMap((device) => [device.reading(seconds), ...beat(device, round)]);
  const heartbeats = devices.map((device) => heartbeat(device, timestamp));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: documentFor(devices.length),
      variables: {
        messages: { messages },
        ...Object.fromEntries(heartbeats.map((input, index) => [`heartbeat${index}`, input])),
      },
    }),
    signal,
  });
  const answer = (await response.json()) as Answer;
  const problem =
    answer.errors?.[0]?.message ?? answer.data?.putMessages.results.find(({ error }) => error !== null)?.error?.message;
  if (problem !== undefined) throw new Error(`Expected every message and heartbeat to be taken, got: ${problem}`);
}

interface Answer {
  readonly data?: {
    readonly putMessages: { readonly results: readonly { readonly error: { readonly message: string } | null }[] };
  } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** One request for all: the messages, then a heartbeat for each device. */
function documentFor(deviceCount: number): string {
  const indexes = Array.from({ length: deviceCount }, (_, index) => index);
  const variables = indexes.map((index) => `$heartbeat${index}: SendHeartbeatInput!`);
  const fields = indexes.map(
    (index) => `heartbeat${index}: sendHeartbeat(input: $heartbeat${index}) { device { id } }`,
  );
  return `mutation Simulate($messages: PutMessagesInput!, ${variables.join(', ')}) {
  putMessages(input: $messages) { results { error { message } } }
  ${fields.join('\n  ')}
}`;
}

function beat({ deviceName }: SimulatedDevice, sequence: number): readonly SimulatedMessage[] {
  const index = DEMO_DEVICES.findIndex((device) => device.deviceName === deviceName);
  if ((sequence + 5 * index) % BEATS_PER_LOSS === 0) return [];
  return [{ inputName: 'DeviceBeat', payload: { deviceName, sequence, batteryPercent: 100 - (sequence % 40) } }];
}

function heartbeat({ deviceName, modelName, modelVersion }: SimulatedDevice, timestamp: string) {
  return {
    deviceFleetName: DEMO_FLEET,
    deviceName,
    agentVersion: '1.20210820.e20fa3a',
    models: [{ modelName, modelVersion, latestSampleTime: timestamp, latestInference: timestamp }],
  };
}
