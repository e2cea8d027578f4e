import { type AlarmCause } from '../../engine/alarm/cause.ts';
import { type AlarmSnapshot, formatAlarmSnapshot, parseAlarmSnapshot } from '../../engine/alarm/snapshot.ts';
import { type AlarmTransition, alarmTransition } from '../../engine/alarm/transition.ts';
import { type AlarmRow, type Transaction } from '../store/store.ts';
import { type CurrentAlarmModel } from './catalog.ts';
import { addEffects, noteTimer, sourceOf, type StepContext } from './step.ts';

/** What came of a step: taken, refused because the alarm's state does not allow it, or not possible (which is logged). */
export type AlarmStep =
  { readonly kind: 'taken' } | { readonly kind: 'failed' } | { readonly kind: 'refused'; readonly message: string };

/**
 * One change of one alarm: load, transition, save with the end of its snooze and effects. A message creates an alarm that is
 * absent. Rejects only as the store does. Source: detector-engine.md, 16.4.
 */
export async function stepAlarm(
  context: StepContext,
  model: CurrentAlarmModel,
  keyValue: string | null,
  cause: AlarmCause,
): Promise<AlarmStep> {
  const { tx, aftermath, nowMs } = context;
  const { definition, alarmModelVersion } = model;
  const { alarmModelName } = definition;
  const before = await getCurrentAlarm(tx, model, keyValue);
  const place = { ...context.trigger, alarmModelName, keyValue };
  let computed: AlarmTransition;
  try {
    const snapshot = before === null ? null : parseAlarmSnapshot(before.snapshot);
    const settings = { keyValue, alarmModelVersion, options: context.engine };
    computed = alarmTransition(definition, snapshot, cause, nowMs, settings);
  } catch (err) {
    aftermath.problems.push({ place: { ...place, err }, problem: { path: '', message: 'alarm not evaluated' } });
    return { kind: 'failed' };
  }
  if (!computed.ok) return { kind: 'refused', message: computed.message };
  const { snapshot, effects, problems } = computed;
  for (const problem of problems) aftermath.problems.push({ place, problem });
  await tx.putAlarm(rowOf(model, keyValue, snapshot, before?.creationTimeMs ?? nowMs, nowMs));
  noteTimer(aftermath, snapshot.snoozeEndsAtMs);
  await addEffects(context, sourceOf('alarms', alarmModelName, keyValue), effects);
  return { kind: 'taken' };
}

/** The alarm, null if there is none or only one of an older version of the model. Source: detector-engine.md, 16.1. */
export async function getCurrentAlarm(
  tx: Transaction,
  { definition, alarmModelVersion }: CurrentAlarmModel,
  keyValue: string | null,
): Promise<AlarmRow | null> {
  const alarm = await tx.getAlarm(definition.alarmModelName, keyValue);
  return alarm?.alarmModelVersion === alarmModelVersion ? alarm : null;
}

function rowOf(
  { definition, alarmModelVersion }: CurrentAlarmModel,
  keyValue: string | null,
  snapshot: AlarmSnapshot,
  creationTimeMs: number,
  lastUpdateTimeMs: number,
): AlarmRow {
  const { stateName, snoozeEndsAtMs } = snapshot;
  return {
    alarmModelName: definition.alarmModelName,
    keyValue,
    alarmModelVersion,
    stateName,
    creationTimeMs,
    lastUpdateTimeMs,
    nextTimerMs: snoozeEndsAtMs,
    snapshot: formatAlarmSnapshot(snapshot),
  };
}
