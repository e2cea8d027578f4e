import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readResources } from '../../../src/dataplane/load/read-resources.ts';
import { type LoadReport } from '../../../src/dataplane/load/resource.ts';
import { createRuntime, type Runtime } from '../../../src/dataplane/runtime/runtime.ts';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { type Store } from '../../../src/dataplane/store/store.ts';

/** A runtime on a real store in a directory of its own, with a clock that only the test turns. */
export interface TestRuntime {
  readonly runtime: Runtime;
  readonly store: Store;
  /** Where the store is. */
  readonly directory: string;
  /** Epoch ms; assign to turn it. */
  nowMs: number;
  /** The lines logged as ERROR. */
  readonly errors: Readonly<Record<string, unknown>>[];
  load(...requests: readonly object[]): Promise<LoadReport>;
  /** Puts one message and answers its error code, or null. */
  put(inputName: string, payload: object | string, messageId?: string): Promise<string | null>;
  /** What DescribeDetector tells, without the names and times. */
  state(detectorModelName: string, keyValue: string | null): Promise<DetectorState | null>;
  /** Closes the store and opens it again, as a new process would. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

interface DetectorState {
  readonly detectorModelVersion: string;
  readonly stateName: string;
  readonly variables: Readonly<Record<string, string>>;
}

export async function openRuntime(): Promise<TestRuntime> {
  const place = await mkdtemp(join(tmpdir(), 'fleetgraph-runtime-'));
  const directory = join(place, 'data');
  const errors: Readonly<Record<string, unknown>>[] = [];
  const write = (line: string) => errors.push(JSON.parse(line) as Readonly<Record<string, unknown>>);
  const log = pino({ level: 'error', base: null }, { write });
  const limits = { messagePayloadLimitBytes: 1024, maxVariablesPerDetector: 3 };
  const clock = { nowMs: () => opened.nowMs };
  const open = async () => {
    const store = createSqliteStore({ directory: directory });
    return { store, runtime: await createRuntime({ store, clock, log, limits }) };
  };
  let messages = 0;
  let loads = 0;
  let current = await open();
  const opened: TestRuntime = {
    get runtime() {
      return current.runtime;
    },
    get store() {
      return current.store;
    },
    directory,
    nowMs: 1_700_000_000_000,
    errors,
    async load(...requests) {
      const folder = join(place, `load-${++loads}`);
      await mkdir(folder);
      await writeFile(join(folder, 'resources.json'), JSON.stringify(requests));
      const report = await current.runtime.load(await readResources(folder));
      if (report.refused.length > 0) throw new Error(JSON.stringify(report.refused));
      return report;
    },
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
      await current.store.close();
      current = await open();
    },
    async close() {
      await current.store.close();
      await rm(place, { recursive: true });
    },
  };
  return opened;
}

/** A CreateInput request. */
export function inputRequest(inputName: string, ...jsonPaths: readonly string[]): object {
  return { inputName, inputDefinition: { attributes: jsonPaths.map((jsonPath) => ({ jsonPath })) } };
}

/** A CreateDetectorModel request of a model that sets variables for every message that meets the condition. */
export function modelRequest(
  detectorModelName: string,
  members: { readonly key?: string; readonly condition: string; readonly set?: Readonly<Record<string, string>> },
): object {
  const actions = Object.entries(members.set ?? {}).map(([variableName, value]) => ({
    setVariable: { variableName, value },
  }));
  const states = [
    { stateName: 'Only', onInput: { events: [{ eventName: 'set', condition: members.condition, actions }] } },
    { stateName: 'Other' },
  ];
  return {
    detectorModelName,
    roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
    ...(members.key !== undefined && { key: members.key }),
    detectorModelDefinition: { initialStateName: 'Only', states },
  };
}
