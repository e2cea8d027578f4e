import { setTimeout as wait } from 'node:timers/promises';
import { type Random } from '../fuzz/random.ts';
import { type ClientLog, createClientLog } from './client-log.ts';
import { type SoakTally } from './soak-tally.ts';
import { subscribe, type Subscription } from './subscription.ts';
import { type Truth } from './truth.ts';

/** What clients need. */
export interface ClientOptions {
  readonly truth: Truth;
  /** Where the replicas are now. */
  readonly urls: () => readonly string[];
  readonly random: Random;
  readonly tally: SoakTally;
}

/** A client that stays: it comes back wherever it can, with its last cursor. */
export interface Stayer {
  readonly log: ClientLog;
  stop(): void;
}

const MAX_STAY_MS = 400;
const PAUSE_MS = 100;

/** Comes and goes until `isDone`, politely or without a word: goes on where it was at any replica, or begins anew. */
export async function visit(options: ClientOptions, isDone: () => boolean): Promise<void> {
  const { random, tally } = options;
  let client = pickClient(options);
  while (!isDone()) {
    if (random.oneIn(3)) client = pickClient(options);
    let told = 0;
    const subscription = open(options, client, () => (told += 1));
    const why = await Promise.race([subscription.ended, wait(20 + random.below(MAX_STAY_MS))]);
    subscription.stop(random.oneIn(2));
    if (why !== undefined) {
      tally.ended(why);
      await wait(PAUSE_MS);
    }
    tally.cycle(told > 0);
  }
}

/** Subscribes, and again whenever the subscription ends, until it is stopped. */
export function stay(options: ClientOptions): Stayer {
  const client = pickClient(options);
  let isStopped = false;
  let subscription: Subscription | null = null;

  async function run(): Promise<void> {
    while (!isStopped) {
      subscription = open(options, client, () => undefined);
      options.tally.ended(await subscription.ended);
      subscription.stop(false);
      await wait(PAUSE_MS);
    }
  }

  void run();
  return {
    log: client.log,
    stop() {
      isStopped = true;
      subscription?.stop(false);
    },
  };
}

/** Somebody new, who follows one detector or all. */
function pickClient({ truth, random }: ClientOptions) {
  const keyValue = random.oneIn(2) ? random.pick(truth.keyValues) : null;
  return { keyValue, log: createClientLog(truth, keyValue) };
}

function open(
  { urls, random, tally }: ClientOptions,
  { keyValue, log }: ReturnType<typeof pickClient>,
  onTold: () => void,
): Subscription {
  const url = random.pick(urls());
  const transport = random.oneIn(5) ? 'sse' : 'websocket';
  return subscribe({
    url,
    transport,
    keyValue,
    after: log.cursor(),
    onChange(change) {
      onTold();
      tally.told(change);
      for (const text of log.add(change)) tally.violated(`${transport} at ${url}: ${text}`);
    },
  });
}
