import { type Effect, type Problem } from '../../engine/action/effect.ts';
import { type Cause, type ConditionEvaluation } from '../../engine/detector/cycle.ts';
import { type DetectorSnapshot, formatSnapshot, parseSnapshot } from '../../engine/detector/snapshot.ts';
import { dueTimers, nextTimerMs } from '../../engine/detector/timer.ts';
import { type Transition, transition } from '../../engine/detector/transition.ts';
import { type EngineOptions } from '../../engine/options.ts';
import { type DetectorRow, type Transaction } from '../store/store.ts';
import { type CurrentModel } from './catalog.ts';
import { cycleSummary } from './cycle-summary.ts';
import { type DebugTargets, isDebugTarget } from './debug-targets.ts';
import { type Aftermath } from './transact.ts';

/** The circumstances of a step, but for its detector. */
export interface StepContext {
  readonly tx: Transaction;
  readonly aftermath: Aftermath;
  readonly nowMs: number;
  readonly engine: EngineOptions;
  /** For the log: what started the step. */
  readonly trigger: object;
  /** How many iotEvents actions led to it, one after the other. */
  readonly hops: number;
}

/** The circumstances of a step that may be one of a detector. */
export interface DetectorStepContext extends StepContext {
  readonly debugTargets: DebugTargets;
  /** The message as it came; null: a timer starts the step. */
  readonly payload: Uint8Array | null;
}

/**
 * One cycle of one detector: load, transition, save with timer and effects, all in one transaction [ASSUMED A41b]. A detector
 * that is absent is created. False: the cycle cannot be run and nothing was written, but for a line of the log. Rejects only
 * as the store does.
 * Source: detector-engine.md, 6.
 */
export async function stepDetector(
  context: DetectorStepContext,
  model: CurrentModel,
  keyValue: string | null,
  cause: Cause,
): Promise<boolean> {
  const before = await getCurrentDetector(context.tx, model, keyValue);
  return run(context, model, keyValue, before, (evaluate) =>
    evaluate(before === null ? null : parseSnapshot(before.snapshot), cause),
  );
}

/**
 * The timers of one detector that are due, one cycle for each [ASSUMED A42]. A detector of an older version has no timers and
 * is deleted. False and rejections as above.
 */
export async function fireDetectorTimers(
  context: DetectorStepContext,
  model: CurrentModel,
  keyValue: string | null,
): Promise<boolean> {
  const { tx, nowMs } = context;
  const before = await getCurrentDetector(tx, model, keyValue);
  if (before === null) {
    await tx.deleteDetector(model.definition.detectorModelName, keyValue);
    return true;
  }
  return run(context, model, keyValue, before, (evaluate) => {
    let snapshot = parseSnapshot(before.snapshot);
    const effects: Effect[] = [];
    const problems: Problem[] = [];
    // A cycle may clear or reset the timers that come after it.
    for (
      let [timerName] = dueTimers(snapshot, nowMs);
      timerName !== undefined;
      [timerName] = dueTimers(snapshot, nowMs)
    ) {
      const cycle = evaluate(snapshot, { kind: 'Timer', timerName });
      snapshot = cycle.snapshot;
      effects.push(...cycle.effects);
      problems.push(...cycle.problems);
    }
    return { snapshot, effects, problems };
  });
}

/** The detector, null if there is none or only one of an older version of the model. Source: detector-engine.md, 13.2. */
export async function getCurrentDetector(
  tx: Transaction,
  { definition, detectorModelVersion }: CurrentModel,
  keyValue: string | null,
): Promise<DetectorRow | null> {
  const detector = await tx.getDetector(definition.detectorModelName, keyValue);
  return detector?.detectorModelVersion === detectorModelVersion ? detector : null;
}

/** The columns of a detector's row that follow from its snapshot. */
export function rowOf(snapshot: DetectorSnapshot): Pick<DetectorRow, 'stateName' | 'nextTimerMs' | 'snapshot'> {
  return { stateName: snapshot.stateName, nextTimerMs: nextTimerMs(snapshot), snapshot: formatSnapshot(snapshot) };
}

/** Notes for after the commit when a timer fires; null: none runs. */
export function noteTimer(aftermath: Aftermath, atMs: number | null): void {
  if (atMs !== null) aftermath.nextTimerMs = Math.min(aftermath.nextTimerMs ?? atMs, atMs);
}

/** Puts effects into the outbox, with the snapshot of the step that they come from. */
export async function addEffects(
  { tx, aftermath, hops }: StepContext,
  source: string,
  effects: readonly Effect[],
): Promise<void> {
  for (const effect of effects) {
    const sequence = await tx.addEffect({ source, effect: JSON.stringify(effect), hops });
    aftermath.effects.push({ sequence, source, effect, hops, attempts: 0 });
  }
}

/** What effects of a detector or an alarm come from: the path that describes it. */
export function sourceOf(kind: 'detectors' | 'alarms', modelName: string, keyValue: string | null): string {
  return `/${kind}/${modelName}/keyValues/${keyValue === null ? '' : `?keyValue=${keyValue}`}`;
}

type Evaluate = (snapshot: DetectorSnapshot | null, cause: Cause) => Transition;

async function run(
  context: DetectorStepContext,
  model: CurrentModel,
  keyValue: string | null,
  before: DetectorRow | null,
  compute: (evaluate: Evaluate) => Transition,
): Promise<boolean> {
  const { tx, aftermath, nowMs } = context;
  const { definition, detectorModelVersion } = model;
  const { detectorModelName } = definition;
  const place = { ...context.trigger, detectorModelName, keyValue };
  const summaries: object[] = [];
  let computed: Transition;
  try {
    computed = compute(evaluator(context, model, keyValue, summaries));
  } catch (err) {
    aftermath.problems.push({ place: { ...place, err }, problem: { path: '', message: 'detector not evaluated' } });
    return false;
  }
  const { snapshot, effects, problems } = computed;
  for (const problem of problems) aftermath.problems.push({ place, problem });
  aftermath.summaries.push(...summaries);
  const row = rowOf(snapshot);
  await tx.putDetector({
    detectorModelName,
    keyValue,
    detectorModelVersion,
    creationTimeMs: before?.creationTimeMs ?? nowMs,
    lastUpdateTimeMs: nowMs, // [ASSUMED A36b]
    ...row,
  });
  noteTimer(aftermath, row.nextTimerMs);
  await addEffects(context, sourceOf('detectors', detectorModelName, keyValue), effects);
  return true;
}

/** Runs cycles of one detector; adds their summaries to `summaries` if it is a debug target. */
function evaluator(
  { nowMs, engine, debugTargets, payload }: DetectorStepContext,
  { definition, detectorModelVersion }: CurrentModel,
  keyValue: string | null,
  summaries: object[],
): Evaluate {
  const settings = { keyValue, detectorModelVersion, options: engine };
  if (!isDebugTarget(debugTargets, definition.detectorModelName, keyValue)) {
    return (snapshot, cause) => transition(definition, snapshot, cause, nowMs, settings);
  }
  return (before, cause) => {
    const evaluations: ConditionEvaluation[] = [];
    const onCondition = (evaluation: ConditionEvaluation) => evaluations.push(evaluation);
    const computed = transition(definition, before, cause, nowMs, { ...settings, onCondition });
    const { snapshot: after } = computed;
    summaries.push(cycleSummary({ definition, keyValue, cause, payload, nowMs, before, after, evaluations }));
    return computed;
  };
}
