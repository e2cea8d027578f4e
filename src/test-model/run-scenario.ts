import { describeAlarmState } from '../engine/alarm/snapshot.ts';
import { type Effect } from '../engine/action/effect.ts';
import { type Json, type JsonObject, parseJson } from '../engine/json.ts';
import { type EngineOptions, defaultOptions } from '../engine/options.ts';
import { type Mismatch, compareExactly, compareSubset, mismatch } from './compare.ts';
import { type Expectation, type Operation, type Scenario, type Step } from './scenario.ts';
import {
  type CycleRecord,
  type World,
  actOnAlarm,
  advance,
  createWorld,
  deleteDetector,
  putMessage,
  update,
  updateModel,
} from './world.ts';

/** What came of one step. */
export interface StepResult {
  readonly step: Step;
  /** The clock after the step. */
  readonly nowMs: number;
  /** The error code of the batch entry. */
  readonly error: string | null;
  /** In the order in which they ran, effects, problems and conditions included. */
  readonly cycles: readonly CycleRecord[];
  readonly notices: readonly string[];
  /** The detectors and alarms that the step changed or expects something of, as they are now. */
  readonly observed: readonly Observed[];
  /** Empty: all is as expected. */
  readonly mismatches: readonly StepMismatch[];
}

/** A mismatch, and whose it is; `modelName` null: that of the operation's answer. */
interface StepMismatch extends Mismatch {
  readonly modelName: string | null;
  readonly keyValue: string | null;
}

/** A detector or an alarm as it is. Timers are those that run, with the seconds that they have left. */
export interface Observed {
  readonly modelName: string;
  readonly keyValue: string | null;
  readonly stateName: string;
  readonly variables: JsonObject;
  readonly timers: JsonObject;
  /** Null for an alarm. */
  readonly detectorModelVersion: string | null;
  readonly ruleEvaluation: Json | null;
}

/** Runs the steps one after the other on a world of their own. Pure: the same scenario gives the same results. */
export function runScenario(scenario: Scenario, options: EngineOptions = defaultOptions): readonly StepResult[] {
  const world = createWorld(scenario, options);
  return scenario.steps.map((step) => runStep(world, step));
}

type Addressee = Pick<StepMismatch, 'modelName' | 'keyValue'>;

function runStep(world: World, step: Step): StepResult {
  world.cycles = [];
  world.notices = [];
  const error = operate(world, step.operation);
  const { nowMs, cycles, notices } = world;
  const concerned = [...cycles, ...('modelName' in step.operation ? [step.operation] : []), ...step.expectations];
  const once = Map.groupBy(concerned, ({ modelName, keyValue }) => JSON.stringify([modelName, keyValue]));
  const observed = [...once.values()].flatMap(([first]) => (first && observe(world, first)) ?? []);
  const mismatches = step.expectations.flatMap((expectation) => {
    const { modelName, keyValue } = expectation;
    return check(world, expectation, error).map((found) => ({ ...found, modelName, keyValue }));
  });
  return { step, nowMs, error, cycles, notices, observed, mismatches };
}

function operate(world: World, operation: Operation): string | null {
  switch (operation.kind) {
    case 'put':
      putMessage(world, operation.inputName, operation.messageId, operation.payload);
      return null;
    case 'advanceSeconds':
      advance(world, operation.seconds);
      return null;
    case 'update':
      return update(world, operation.modelName, operation.keyValue, operation.state);
    case 'delete':
      return deleteDetector(world, operation.modelName, operation.keyValue);
    case 'updateModel':
      updateModel(world, operation.definition);
      return null;
    case 'alarmAction':
      return actOnAlarm(world, operation.modelName, operation.keyValue, operation.action);
  }
}

function observe(world: World, { modelName, keyValue }: Addressee): Observed | null {
  if (modelName === null) return null;
  const model = world.detectorModels.get(modelName);
  const detector = model?.detectors.get(keyValue);
  if (model !== undefined && detector !== undefined) {
    const running = [...detector.timers].filter(([, { expired }]) => !expired);
    return {
      modelName,
      keyValue,
      stateName: detector.stateName,
      variables: Object.fromEntries(detector.variables),
      timers: Object.fromEntries(
        running.map(([name, { firesAtMs }]) => [name, BigInt(Math.round((firesAtMs - world.nowMs) / 1000))]),
      ),
      detectorModelVersion: String(model.detectorModelVersion),
      ruleEvaluation: null,
    };
  }
  const alarmModel = world.alarmModels.get(modelName);
  const alarm = alarmModel?.alarms.get(keyValue);
  if (alarmModel === undefined || alarm === undefined) return null;
  const { ruleEvaluation } = describeAlarmState(alarmModel.definition, alarm) as {
    ruleEvaluation?: { simpleRuleEvaluation: Json };
  };
  return {
    modelName,
    keyValue,
    stateName: alarm.stateName,
    variables: {},
    timers: {},
    detectorModelVersion: null,
    ruleEvaluation: ruleEvaluation?.simpleRuleEvaluation ?? null,
  };
}

function check(world: World, { modelName, keyValue, members }: Expectation, error: string | null): readonly Mismatch[] {
  if (modelName === null) return compareExactly(members['error'] ?? null, error, 'error');
  const unexpectedError = error === null ? [] : [mismatch('error', undefined, error)];
  const observed = observe(world, { modelName, keyValue });
  const isExpected = members['exists'] !== false;
  if (observed === null || !isExpected) {
    return [...unexpectedError, ...compareExactly(isExpected, observed !== null, 'exists')];
  }
  const cycles = world.cycles.filter((cycle) => cycle.modelName === modelName && cycle.keyValue === keyValue);
  return [
    ...unexpectedError,
    ...Object.entries(members).flatMap(([name, expected]) => checks[name]?.(expected, observed, cycles) ?? []),
  ];
}

type Check = (expected: Json, observed: Observed, cycles: readonly CycleRecord[]) => readonly Mismatch[];

/** By the member of the expectation. `key`, `model`, `alarm` and `exists` are no checks of a detector that is there. */
const checks: Readonly<Record<string, Check>> = {
  stateName: (expected, { stateName }) => compareExactly(expected, stateName, 'stateName'),
  variables: (expected, { variables }) => compareSubset(expected, variables, 'variables'),
  undefinedVariables: (expected, { variables }) =>
    (expected as readonly string[]).flatMap((name) =>
      Object.hasOwn(variables, name) ? [mismatch(`variables.${name}`, undefined, variables[name])] : [],
    ),
  detectorModelVersion: (expected, observed) =>
    compareExactly(expected, observed.detectorModelVersion ?? undefined, 'detectorModelVersion'),
  timers: (expected, { timers }) =>
    compareExactly([...(expected as readonly string[])].sort(), Object.keys(timers).sort(), 'timers'),
  timerExpiresIn: (expected, { timers }) => compareSubset(expected, timers, 'timerExpiresIn'),
  actions: (expected, _observed, cycles) => checkActions(expected as readonly JsonObject[], cycles),
  stateChangeActions: (expected, _observed, cycles) =>
    compareExactly(
      expected,
      cycles.filter(({ effects }) => effects.length > 0).map(({ stateAfter }) => stateAfter),
      'stateChangeActions',
    ),
  ruleEvaluation: (expected, { ruleEvaluation }) =>
    compareSubset(expected, ruleEvaluation ?? undefined, 'ruleEvaluation'),
};

function checkActions(expected: readonly JsonObject[], cycles: readonly CycleRecord[]): readonly Mismatch[] {
  const effects = cycles.flatMap((cycle) => cycle.effects);
  if (expected.length !== effects.length) {
    const got = effects.map(({ type, target }) => ({ type, target }));
    return [mismatch('actions', expected, got)];
  }
  return expected.flatMap((action, index) => {
    const effect = effects[index] as Effect;
    const { payload, ...others } = action;
    const path = `actions[${index}]`;
    const { type, target, eventName } = effect;
    return [
      ...compareSubset(others, { type, target, eventName }, path),
      ...(payload === undefined ? [] : checkPayload(payload, effect.payload, `${path}.payload`)),
    ];
  });
}

/** A text is the exact payload, an object a part of it. */
function checkPayload(expected: Json, text: string, path: string): readonly Mismatch[] {
  if (typeof expected === 'string') return compareExactly(expected, text, path);
  try {
    return compareSubset(expected, parseJson(text), path);
  } catch {
    return [mismatch(path, expected, text)];
  }
}
