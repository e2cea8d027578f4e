import { type Scheduler } from '../../clock.ts';
import { type ExternalActionType } from '../../engine/action/external-action.ts';
import { type EngineOptions } from '../../engine/options.ts';
import { type Log } from '../../telemetry/log.ts';
import {
  type AlarmPage,
  type AlarmSummaryRow,
  type DeploymentRow,
  type DetectorPage,
  type DetectorSummaryRow,
  type DeviceRow,
  type DueTimerRow,
  type Store,
  type Transaction,
} from '../store/store.ts';
import { createAlarms } from './alarms.ts';
import { type CatalogReference, readCatalog } from './catalog.ts';
import { type Account, type Control, createControl } from './control.ts';
import { createDeadLetters, type DeadLetter } from './dead-letters.ts';
import { type Sink } from './delivery.ts';
import { createDetectors } from './detectors.ts';
import { createDevices } from './devices.ts';
import {
  type AlarmActionEntry,
  type AlarmDescription,
  type DetectorDescription,
  type DetectorEntry,
  type DetectorUpdateEntry,
  type EntryError,
  type MessageEntry,
} from './entry.ts';
import { createIngest } from './ingest.ts';
import { createOutbox } from './outbox.ts';
import { type Quotas } from './quotas.ts';
import { getCurrentAlarm, stepAlarm } from './step-alarm.ts';
import { type DetectorStepContext, fireDetectorTimers } from './step.ts';
import { createTimers } from './timers.ts';
import { createTransact, type Transact } from './transact.ts';

export { type AlarmActionEntry, type DetectorDescription, type EntryError, InvalidRequestError } from './entry.ts';

/**
 * The data plane behind the wire: what the operations do, with requests that already have the right shape. Lists of
 * entries answer one outcome each, in their order: null is success. What is answered is on disk.
 */
export interface Runtime {
  putMessages(messages: readonly MessageEntry[]): Promise<readonly (EntryError | null)[]>;
  /** Throws an InvalidRequestError for too many variables, which refuses the whole request. */
  updateDetectors(entries: readonly DetectorUpdateEntry[]): Promise<readonly (EntryError | null)[]>;
  deleteDetectors(entries: readonly DetectorEntry[]): Promise<readonly (EntryError | null)[]>;
  describeDetector(
    detectorModelName: string,
    keyValue: string | null,
  ): Promise<DetectorDescription | null | 'unknown-model'>;
  listDetectors(page: DetectorPage): Promise<readonly DetectorSummaryRow[] | 'unknown-model'>;
  actOnAlarms(entries: readonly AlarmActionEntry[]): Promise<readonly (EntryError | null)[]>;
  describeAlarm(alarmModelName: string, keyValue: string | null): Promise<AlarmDescription | null | 'unknown-model'>;
  listAlarms(page: AlarmPage): Promise<readonly AlarmSummaryRow[] | 'unknown-model'>;
  /** The actions that were given up: those after `afterId`, the oldest first. */
  listDeadLetters(afterId: number, limit: number): Promise<readonly DeadLetter[]>;
  /** Has them performed again, those with these ids or all; answers how many there were. */
  retryDeadLetters(ids: readonly number[] | 'all'): Promise<number>;
  getDevice(deviceFleetName: string, deviceName: string): Promise<DeviceRow | null>;
  /** `request` is the SendHeartbeat request as JSON text, whole. */
  sendHeartbeat(deviceFleetName: string, deviceName: string, request: string): Promise<'ok' | 'unknown-device'>;
  listPendingDeployments(deviceFleetName: string, deviceName: string): Promise<readonly DeploymentRow[]>;
  readonly control: Control;
  /** Resolves when timers and actions under way are done; nothing fires and nothing is performed after. */
  close(): Promise<void>;
}

/** What the runtime stands on. It closes neither the store nor the sinks. */
interface RuntimeOptions {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly limits: {
    readonly messagePayloadLimitBytes: number;
    /** An action that has failed so often is given up. */
    readonly maxActionAttempts: number;
  };
  readonly engine: EngineOptions;
  /** What performs an action, but for iotEvents, which comes back as a message. */
  readonly sinkOf: (type: ExternalActionType) => Sink;
  readonly account: Account;
  readonly quotas: Quotas;
  readonly deviceConnectedWithinMs: number;
}

/**
 * Makes the runtime over what the store holds, timers that came due and actions left over included. Rejects if the store
 * cannot be read or holds a model that is not valid.
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { store, scheduler, log, limits, engine, account, quotas, deviceConnectedWithinMs } = options;
  const clock = scheduler;
  const catalog: CatalogReference = { current: await store.transact(readCatalog) };
  const transact: Transact = createTransact(store, log, ({ effects, sources, nextTimerMs }) => {
    if (nextTimerMs !== null) timers.wake(nextTimerMs);
    outbox.perform(effects);
    outbox.wake(sources);
  });
  const timers = createTimers({
    transact,
    scheduler,
    log,
    fire: (tx, due, nowMs, aftermath) => {
      const { debugTargets } = catalog.current;
      return fire({ tx, aftermath, nowMs, engine, trigger: timer, hops: 0, debugTargets, payload: null }, catalog, due);
    },
  });
  const ingest = createIngest({ transact, clock, log, catalog, engine, ...limits });
  const ingestSink: Sink = { concurrency: ingestConcurrency, deliver: ingest.deliver };
  const outbox = createOutbox({
    store,
    scheduler,
    log,
    sinkOf: (type) => (type === 'iotEvents' ? ingestSink : options.sinkOf(type)),
    maxAttempts: limits.maxActionAttempts,
  });
  const { nextTimerMs, sources } = await store.transact(readPending);
  if (nextTimerMs !== null) timers.wake(nextTimerMs);
  outbox.wake(sources);
  return {
    putMessages: ingest.putMessages,
    ...createDetectors({ transact, clock, log, catalog, maxVariables: quotas.definition.maxVariables }),
    ...createAlarms({ transact, clock, log, catalog, engine }),
    ...createDeadLetters({ transact }),
    ...createDevices({ store, clock }),
    control: createControl({
      store,
      clock,
      catalog,
      quotas,
      account,
      connectedWithinMs: deviceConnectedWithinMs,
    }),
    async close() {
      await timers.close();
      await outbox.close();
    },
  };
}

// Messages of iotEvents actions share the store's groups with those that come over the wire.
const ingestConcurrency = 64;

const timer = { triggerType: 'Timer' };

async function readPending(tx: Transaction) {
  return { nextTimerMs: await tx.getNextTimerMs(), sources: await tx.listEffectSources() };
}

/** Fires what is due of one detector or alarm; one whose model is gone is deleted. False: it cannot be evaluated. */
async function fire(context: DetectorStepContext, catalog: CatalogReference, due: DueTimerRow): Promise<boolean> {
  const { tx } = context;
  const { kind, modelName, keyValue } = due;
  if (kind === 'detector') {
    const model = catalog.current.models.get(modelName);
    if (model !== undefined) return fireDetectorTimers(context, model, keyValue);
    await tx.deleteDetector(modelName, keyValue);
    return true;
  }
  const model = catalog.current.alarmModels.get(modelName);
  if (model !== undefined && (await getCurrentAlarm(tx, model, keyValue)) !== null) {
    return (await stepAlarm(context, model, keyValue, { kind: 'SnoozeTimeout' })).kind !== 'failed';
  }
  await tx.deleteAlarm(modelName, keyValue);
  return true;
}
