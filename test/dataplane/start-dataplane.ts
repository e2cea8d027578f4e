import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type Clock, createScheduler } from '../../src/clock.ts';
import { loadFiles } from '../../src/dataplane/load/load-files.ts';
import { type Sink } from '../../src/dataplane/runtime/delivery.ts';
import { type Quotas } from '../../src/dataplane/runtime/quotas.ts';
import { createRuntime, type Runtime } from '../../src/dataplane/runtime/runtime.ts';
import { startDataplane } from '../../src/dataplane/server.ts';
import { createLogSink } from '../../src/dataplane/sinks/log-sink.ts';
import { createSqliteStore } from '../../src/dataplane/store/sqlite.ts';
import { type Store } from '../../src/dataplane/store/store.ts';
import { defaultOptions } from '../../src/engine/options.ts';
import { MOTOR_RESOURCES } from './motor-resources.ts';
import { testSettings } from './test-settings.ts';

const BODY_LIMIT_BYTES = 1_048_576;
const LIMITS = { messagePayloadLimitBytes: 1024, maxActionAttempts: 15 };
const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 };

/** A data plane of a test, on a directory of its own. */
export interface TestDataplane {
  readonly url: string;
  readonly clock: TestClock;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly bodyLimitBytes: number;
  /** The lines of one level that were logged so far. */
  logged(level: keyof typeof LEVELS): readonly Readonly<Record<string, unknown>>[];
  /** Also removes the directory. */
  close(): Promise<void>;
}

/** A clock that stands still until it is turned. */
interface TestClock extends Clock {
  advance(byMs: number): void;
}

interface TestOptions {
  /** 0, where it is left out: a free one. */
  readonly port?: number;
  /** Control-plane requests, as in a file to load; MOTOR_RESOURCES where they are left out. */
  readonly resources?: readonly object[];
  readonly quotas?: Quotas;
  /** What performs actions; the log where it is left out. */
  readonly sink?: Sink;
}

/** Starts store, runtime and HTTP service on a temporary directory. Rejects if a resource is refused. */
export async function startTestDataplane({
  port = 0,
  resources,
  sink,
  ...options
}: TestOptions = {}): Promise<TestDataplane> {
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-dataplane-'));
  const clock = createTestClock();
  const { log, logged } = createTestLog();
  const store = createSqliteStore({ directory });
  const closeStore = async (): Promise<void> => {
    await store.close();
    await rm(directory, { recursive: true });
  };
  try {
    await writeFile(join(directory, 'resources.json'), JSON.stringify(resources ?? MOTOR_RESOURCES));
    const actions = sink ?? createLogSink(log);
    const runtime = await createRuntime({
      ...testSettings,
      ...options,
      store,
      scheduler: createScheduler(clock),
      log,
      limits: LIMITS,
      engine: defaultOptions,
      sinkOf: () => actions,
    });
    const { refused } = await loadFiles(runtime.control, [join(directory, 'resources.json')], { dryRun: false });
    if (refused.length > 0) throw new Error(`Expected good resources, got ${JSON.stringify(refused)}`);
    const server = await startDataplane({ host: '127.0.0.1', port, runtime, log, bodyLimitBytes: BODY_LIMIT_BYTES });
    return {
      url: server.url,
      clock,
      store,
      runtime,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      logged,
      async close() {
        await server.close();
        await runtime.close();
        await closeStore();
      },
    };
  } catch (error) {
    await closeStore();
    throw error;
  }
}

function createTestClock(): TestClock {
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    nowMs: () => nowMs,
    advance(byMs) {
      nowMs += byMs;
    },
  };
}

function createTestLog() {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  return {
    log: pino({ level: 'debug' }, sink),
    logged: (level: keyof typeof LEVELS) => lines.filter((line) => line['level'] === LEVELS[level]),
  };
}
