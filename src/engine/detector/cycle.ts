import { type Effect, type Problem } from '../action/effect.ts';
import { type JsonObject, type Scalar } from '../json.ts';
import { type EvaluationContext } from '../expression/value.ts';
import { type EngineOptions, defaultOptions } from '../options.ts';
import { type DetectorModelDefinition } from './definition.ts';
import { type DetectorSnapshot, type TimerSnapshot } from './snapshot.ts';

/** What starts a cycle. The payload of a message is projected already (projectMessage). Source: detector-engine.md, 6. */
export type Cause =
  | {
      readonly kind: 'Message';
      readonly inputName: string;
      readonly messageId: string;
      readonly payload: JsonObject;
    }
  | { readonly kind: 'Timer'; readonly timerName: string };

/** Which detector it is, and how its cycles are run. */
export interface CycleSettings {
  /** Null: the only detector of a model without key. */
  readonly keyValue: string | null;
  readonly detectorModelVersion: string;
  readonly options?: EngineOptions;
  /** Is told of every condition, in the order of evaluation. */
  readonly onCondition?: (evaluation: ConditionEvaluation) => void;
}

/** One entry of `conditionEvaluationResults`; `resultDetails` says why a condition is not True. Source: detector-engine.md, 15.2. */
export interface ConditionEvaluation {
  readonly result: 'True' | 'False' | 'Skipped';
  readonly eventName: string;
  readonly state: string;
  readonly lifeCycle: LifeCycle;
  readonly hasTransition: boolean;
  /** Its text; null: the event has none and always runs. */
  readonly condition: string | null;
  readonly resultDetails?: string;
}

export type LifeCycle = 'OnEnter' | 'OnInput' | 'OnExit';

/** The working copy of a snapshot while one trigger is handled; expressions are evaluated against it. */
export interface Cycle extends EvaluationContext {
  readonly definition: DetectorModelDefinition;
  readonly settings: CycleSettings;
  readonly cause: Cause;
  readonly nowMs: number;
  /** When the timer of the cause fired; null for a message. */
  readonly firedAtMs: number | null;
  stateName: string;
  readonly variables: Map<string, Scalar>;
  readonly timers: Map<string, TimerSnapshot>;
  readonly inputs: Map<string, JsonObject>;
  /** The timers whose timeout() was true in this cycle. */
  readonly timeoutsSeen: Set<string>;
  readonly effects: Effect[];
  readonly problems: Problem[];
}

/** The working copy, with the message remembered or the timer expired. [ASSUMED A6] a message replaces the last of its input. */
export function openCycle(
  definition: DetectorModelDefinition,
  snapshot: DetectorSnapshot,
  cause: Cause,
  nowMs: number,
  settings: CycleSettings,
): Cycle {
  const timers = new Map(snapshot.timers);
  const timeoutsSeen = new Set<string>();
  const inputs = new Map(snapshot.inputs);
  let firedAtMs = null;
  if (cause.kind === 'Message') inputs.set(cause.inputName, cause.payload);
  else {
    const timer = timers.get(cause.timerName);
    if (timer !== undefined) {
      firedAtMs = timer.firesAtMs;
      timers.set(cause.timerName, { ...timer, expired: true, checked: false });
    }
  }
  return {
    definition,
    settings,
    cause,
    nowMs,
    firedAtMs,
    stateName: snapshot.stateName,
    variables: new Map(snapshot.variables),
    timers,
    inputs,
    triggerType: cause.kind,
    currentInputName: cause.kind === 'Message' ? cause.inputName : null,
    options: settings.options ?? defaultOptions,
    timeout(timerName) {
      const timer = timers.get(timerName);
      if (timer?.expired !== true || timer.checked) return false;
      timeoutsSeen.add(timerName);
      return true;
    },
    timeoutsSeen,
    effects: [],
    problems: [],
  };
}

/** The snapshot after the cycle. [ASSUMED A22] a timeout that was seen is used up only now, so that several checks agree. */
export function closeCycle(cycle: Cycle): DetectorSnapshot {
  for (const timerName of cycle.timeoutsSeen) {
    const timer = cycle.timers.get(timerName);
    if (timer?.expired === true) cycle.timers.set(timerName, { ...timer, checked: true });
  }
  return { stateName: cycle.stateName, variables: cycle.variables, timers: cycle.timers, inputs: cycle.inputs };
}
