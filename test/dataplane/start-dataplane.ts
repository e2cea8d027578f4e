import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, createScheduler } from '../../src/clock.ts';
import { createAccess } from '../../src/dataplane/access.ts';
import { loadFiles } from '../../src/dataplane/load/load-files.ts';
import { type Sink } from '../../src/dataplane/runtime/delivery.ts';
import { type Quotas } from '../../src/dataplane/runtime/quotas.ts';
import { createRuntime, type Runtime } from '../../src/dataplane/runtime/runtime.ts';
import { startDataplane } from '../../src/dataplane/server.ts';
import { createLogSink } from '../../src/dataplane/sinks/log-sink.ts';
import { createSqliteStore } from '../../src/dataplane/store/sqlite.ts';
import { type Store } from '../../src/dataplane/store/store.ts';
import { defaultOptions } from '../../src/engine/options.ts';
import { createClientAddress } from '../../src/security/client-address.ts';
import { type AccessKeys } from '../../src/security/access-key-file.ts';
import { createTestLog, type TestLog } from '../test-log.ts';
import { MOTOR_RESOURCES } from './motor-resources.ts';
import { testSettings } from './test-settings.ts';

const BODY_LIMIT_BYTES = 1_048_576;
const LIMITS = { messagePayloadLimitBytes: 1024, maxActionAttempts: 15 };
const NO_KEYS: AccessKeys = { areSet: () => false, find: () => undefined };

/** A data plane of a test, on a directory of its own. */
export interface TestDataplane {
  readonly url: string;
  readonly clock: TestClock;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly bodyLimitBytes: number;
  readonly logged: TestLog['logged'];
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
  /** Whose X-Forwarded-For is believed; nobody's where it is left out. */
  readonly trustedProxies?: readonly string[];
  /** Who may do what; everybody everything where it is left out. */
  readonly keys?: AccessKeys;
  /** What performs actions; the log where it is left out. */
  readonly sink?: Sink;
}

/** Starts store, runtime and HTTP service on a temporary directory. Rejects if a resource is refused. */
export async function startTestDataplane({
  port = 0,
  resources,
  keys = NO_KEYS,
  trustedProxies = [],
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
    const access = createAccess({ ...testSettings, keys, embeddedKey: null, clock });
    const bodyLimitBytes = BODY_LIMIT_BYTES;
    const clientAddress = createClientAddress(trustedProxies);
    const server = await startDataplane({
      host: '127.0.0.1',
      port,
      tls: null,
      clientAddress,
      runtime,
      access,
      log,
      bodyLimitBytes,
    });
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
