// Sends messages to the runtime on the store in argv[2] until it is killed: ten callers, each with a detector of its own that
// counts its messages. Prints `<caller> <number>` for every message that was acknowledged.
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { createScheduler, systemClock } from '../../../src/clock.ts';
import { createRuntime } from '../../../src/dataplane/runtime/runtime.ts';
import { createLogSink } from '../../../src/dataplane/sinks/log-sink.ts';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { defaultOptions } from '../../../src/engine/options.ts';
import { testSettings } from '../test-settings.ts';

const store = createSqliteStore({ directory: process.argv[2] ?? '' });
const limits = { messagePayloadLimitBytes: 1024, maxActionAttempts: 15 };
const log = pino({ level: 'silent' });
const sink = createLogSink(log);
const runtime = await createRuntime({
  ...testSettings,
  store,
  scheduler: createScheduler(systemClock),
  log,
  limits,
  engine: defaultOptions,
  sinkOf: () => sink,
});

async function send(caller: number): Promise<never> {
  for (let number = 1; ; number++) {
    const payload = Buffer.from(JSON.stringify({ id: `c${caller}` }));
    const message = { messageId: `${caller}-${number}`, inputName: 'Sensor', payload, timestampMs: null };
    const [outcome] = await runtime.putMessages([message]);
    if (outcome === null) writeSync(1, `${caller} ${number}\n`);
  }
}

await Promise.all(Array.from({ length: 10 }, (_, caller) => send(caller)));
