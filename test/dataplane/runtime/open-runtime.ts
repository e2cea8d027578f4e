import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readCatalog } from '../../../src/dataplane/runtime/catalog.ts';
import { type Delivery, type OutgoingEffect } from '../../../src/dataplane/runtime/delivery.ts';
import { createRuntime, type Runtime } from '../../../src/dataplane/runtime/runtime.ts';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { type Store, type Transaction } from '../../../src/dataplane/store/store.ts';
import { defaultOptions } from '../../../src/engine/options.ts';
import { awsQuotas, testSettings } from '../test-settings.ts';

/** A runtime on a real store in a directory of its own, with a clock that only the test turns. */
export interface TestRuntime {
  readonly runtime: Runtime;
  readonly store: Store;
  /** Where the store is. */
  readonly directory: string;
  /** Epoch ms; assign to turn it without waking anything. */
  nowMs: number;
  /** The lines logged as ERROR. */
  readonly errors: LogLine[];
  /** The lines logged as INFO. */
  readonly infos: LogLine[];
  /** What was performed or tried, in this order. */
  readonly delivered: OutgoingEffect[];
  /** What comes of an attempt; at first every one succeeds. */
  deliver: (outgoing: OutgoingEffect) => Delivery | Promise<Delivery>;
  /** How long the tasks that wait were to wait. */
  waits(): readonly number[];
  /** Turns the clock, running what is due in its order, and waits for what follows from it. */
  advance(byMs: number): Promise<void>;
  /** Lets everything be done that needs no time. */
  settle(): Promise<void>;
  /** Publishes inputs, detector models and alarm models from their requests. */
  load(...requests: readonly object[]): Promise<void>;
  /** Puts one message and answers its error code, or null. */
  put(inputName: string, payload: object | string, messageId?: string): Promise<string | null>;
  /** What DescribeDetector tells, without the names and times. */
  state(detectorModelName: string, keyValue: string | null): Promise<DetectorState | null>;
  /** Closes runtime and store and opens them again, as a new process would. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

type LogLine = Readonly<Record<string, unknown>>;

interface DetectorState {
  readonly detectorModelVersion: string;
  readonly stateName: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** How many deliveries the sink takes at once, and how often they are tried. */
interface TestRuntimeOptions {
  readonly concurrency?: number;
  readonly maxActionAttempts?: number;
}

export async function openRuntime(options: TestRuntimeOptions = {}): Promise<TestRuntime> {
  const { concurrency = 100, maxActionAttempts = 4 } = options;
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-runtime-'));
  const errors: LogLine[] = [];
  const infos: LogLine[] = [];
  const write = (text: string) => {
    const line = JSON.parse(text) as LogLine;
    if (line['level'] === 50) errors.push(line);
    if (line['level'] === 30) infos.push(line);
  };
  const log = pino({ level: 'info', base: null, timestamp: false }, { write });
  const quotas = { ...awsQuotas, definition: { ...awsQuotas.definition, maxVariables: 3 } };
  const limits = { messagePayloadLimitBytes: 1024, maxActionAttempts };
  const tasks = new Set<{ readonly dueMs: number; readonly delayMs: number; readonly task: () => void }>();
  const scheduler = {
    nowMs: () => opened.nowMs,
    schedule(delayMs: number, task: () => void) {
      const entry = { dueMs: opened.nowMs + delayMs, delayMs, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    random: () => 1,
  };
  const sink = {
    concurrency,
    deliver(outgoing: OutgoingEffect) {
      opened.delivered.push(outgoing);
      return Promise.resolve(opened.deliver(outgoing));
    },
  };
  const open = async () => {
    const store = createSqliteStore({ directory });
    const engine = defaultOptions;
    const sinkOf = () => sink;
    const runtime = await createRuntime({ ...testSettings, quotas, store, scheduler, log, limits, engine, sinkOf });
    return { store, runtime };
  };
  let messages = 0;
  const opened: Omit<TestRuntime, 'runtime' | 'store'> = {
    directory,
    nowMs: 1_700_000_000_000,
    errors,
    infos,
    delivered: [],
    deliver: () => ({ ok: true }),
    waits: () => Array.from(tasks, ({ delayMs }) => delayMs),
    async settle() {
      // A step, the round that reads its effects, the one that writes what came of them, and as much again.
      for (let round = 0; round < 8; round++) await current.store.transact(() => Promise.resolve());
    },
    async advance(byMs) {
      const untilMs = opened.nowMs + byMs;
      await opened.settle();
      for (;;) {
        const [next] = [...tasks].filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        tasks.delete(next);
        opened.nowMs = Math.max(opened.nowMs, next.dueMs);
        next.task();
        await opened.settle();
      }
      opened.nowMs = untilMs;
    },
    load: (...requests) =>
      current.runtime.control.publish(async ({ tx, catalog, nowMs }) => {
        for (const request of requests) await putRequest(tx, request, nowMs);
        catalog.current = await readCatalog(tx);
      }),
    async put(inputName, payload, messageId = `m${++messages}`) {
      const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
      const [outcome] = await current.runtime.putMessages([
        { messageId, inputName, payload: bytes, timestampMs: null },
      ]);
      return outcome?.errorCode ?? null;
    },
    async state(detectorModelName, keyValue) {
      const found = await current.runtime.describeDetector(detectorModelName, keyValue);
      if (found === null || found === 'unknown-model') return null;
      const variables = Object.fromEntries(found.variables.map(({ name, value }) => [name, value]));
      return { detectorModelVersion: found.detectorModelVersion, stateName: found.stateName, variables };
    },
    async reopen() {
      await current.runtime.close();
      await current.store.close();
      tasks.clear();
      current = await open();
    },
    async close() {
      await current.runtime.close();
      await current.store.close();
      await rm(directory, { recursive: true });
    },
  };
  let current = await open();
  return Object.defineProperties(opened, {
    runtime: { get: () => current.runtime },
    store: { get: () => current.store },
  }) as TestRuntime;
}

/** The next version of what a Create request makes; its detectors and alarms are deleted. */
async function putRequest(tx: Transaction, request: object, nowMs: number): Promise<void> {
  const names = { inputName: '', detectorModelName: '', alarmModelName: '', ...request };
  const kind = names.inputName !== '' ? 'input' : names.alarmModelName !== '' ? 'alarmModel' : 'detectorModel';
  const name = names.inputName + names.alarmModelName + names.detectorModelName;
  const version = kind === 'input' ? 1 : ((await tx.getResource(kind, name, null))?.version ?? 0) + 1;
  const times = { creationTimeMs: nowMs, lastUpdateTimeMs: nowMs };
  await tx.putResource({ kind, name, version, request: JSON.stringify(request), tags: [], ...times });
  await tx.deleteDetectors(names.detectorModelName);
  await tx.deleteAlarms(names.alarmModelName);
}

/** A CreateInput request. */
export function inputRequest(inputName: string, ...jsonPaths: readonly string[]): object {
  return { inputName, inputDefinition: { attributes: jsonPaths.map((jsonPath) => ({ jsonPath })) } };
}

const roleArn = 'arn:aws:iam::123456789012:role/IoTEventsRole';

/** A CreateDetectorModel request of a model that sets variables for every message that meets the condition. */
export function modelRequest(
  detectorModelName: string,
  members: { readonly key?: string; readonly condition: string; readonly set?: Readonly<Record<string, string>> },
): object {
  const actions = Object.entries(members.set ?? {}).map(([variableName, value]) => ({
    setVariable: { variableName, value },
  }));
  const events = [{ eventName: 'set', condition: members.condition, actions }];
  return stateRequest(detectorModelName, members.key ?? null, events, [{ stateName: 'Other' }]);
}

/** A CreateDetectorModel request of a model whose first state has these onInput events. */
export function stateRequest(
  detectorModelName: string,
  key: string | null,
  events: readonly object[],
  otherStates: readonly object[] = [],
): object {
  const states = [{ stateName: 'Only', onInput: { events } }, ...otherStates];
  return {
    detectorModelName,
    roleArn,
    ...(key !== null && { key }),
    detectorModelDefinition: { initialStateName: 'Only', states },
  };
}
