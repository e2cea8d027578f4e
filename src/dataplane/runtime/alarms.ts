import { type Clock } from '../../clock.ts';
import { describeAlarmState, parseAlarmSnapshot } from '../../engine/alarm/snapshot.ts';
import { formatJson } from '../../engine/json.ts';
import { type EngineOptions } from '../../engine/options.ts';
import { type Log } from '../../telemetry/log.ts';
import { type AlarmPage, type AlarmSummaryRow, levelOfFault, type Transaction } from '../store/store.ts';
import { type CatalogReference } from './catalog.ts';
import { type AlarmActionEntry, type AlarmDescription, type EntryError } from './entry.ts';
import { getCurrentAlarm, stepAlarm } from './step-alarm.ts';
import { type Aftermath, type Transact } from './transact.ts';

interface AlarmsOptions {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalog: CatalogReference;
  readonly engine: EngineOptions;
}

/** Makes the operations on alarms. Source: detector-engine.md, 16.4, 16.5. */
export function createAlarms(options: AlarmsOptions) {
  const { transact, log, catalog } = options;
  return {
    /** All entries in one transaction: what is wrong with one is its answer, and only a fault of the store fails them all. */
    async actOnAlarms(entries: readonly AlarmActionEntry[]): Promise<readonly (EntryError | null)[]> {
      try {
        return await transact(async (tx, aftermath) => {
          const outcomes: (EntryError | null)[] = [];
          for (const entry of entries) outcomes.push(await act(tx, aftermath, entry, options));
          return outcomes;
        });
      } catch (err) {
        log[levelOfFault(err)]({ err }, 'alarms not changed');
        return entries.map(() => notChanged);
      }
    },
    describeAlarm: (alarmModelName: string, keyValue: string | null) =>
      transact(async (tx): Promise<AlarmDescription | null | 'unknown-model'> => {
        const model = catalog.current.alarmModels.get(alarmModelName);
        if (model === undefined) return 'unknown-model';
        const alarm = await getCurrentAlarm(tx, model, keyValue);
        if (alarm === null) return null;
        // The engine's Integers are bigint, which JSON.stringify does not take.
        const alarmState = formatJson(describeAlarmState(model.definition, parseAlarmSnapshot(alarm.snapshot)));
        return { ...alarm, alarmState: JSON.parse(alarmState) as object, severity: model.definition.severity };
      }),
    listAlarms: (page: AlarmPage) =>
      transact(async (tx): Promise<readonly AlarmSummaryRow[] | 'unknown-model'> =>
        catalog.current.alarmModels.has(page.alarmModelName) ? tx.listAlarms(page) : 'unknown-model',
      ),
  };
}

const notChanged: EntryError = {
  errorCode: 'InternalFailureException',
  errorMessage: 'The alarm could not be changed',
};

async function act(
  tx: Transaction,
  aftermath: Aftermath,
  { requestId, alarmModelName, keyValue, action }: AlarmActionEntry,
  { catalog, clock, engine }: AlarmsOptions,
): Promise<EntryError | null> {
  const model = catalog.current.alarmModels.get(alarmModelName);
  if (model === undefined) return notFound(`Alarm model of name: ${alarmModelName} not found`);
  if ((await getCurrentAlarm(tx, model, keyValue)) === null) {
    const key = keyValue === null ? 'without a key' : `of key ${keyValue}`;
    return notFound(`Alarm ${key} not found: ${alarmModelName}`);
  }
  const trigger = { requestId, action: action.actionName };
  const context = { tx, aftermath, nowMs: clock.nowMs(), engine, trigger, hops: 0 };
  const step = await stepAlarm(context, model, keyValue, { kind: 'CustomerAction', requestId, action });
  if (step.kind === 'taken') return null;
  // [ASSUMED A48]
  return step.kind === 'failed' ? notChanged : { errorCode: 'InvalidRequestException', errorMessage: step.message };
}

/** [ASSUMED A49] */
function notFound(errorMessage: string): EntryError {
  return { errorCode: 'ResourceNotFoundException', errorMessage };
}
