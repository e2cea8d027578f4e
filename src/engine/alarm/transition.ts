import { type Effect, type Problem } from '../action/effect.ts';
import { evaluate } from '../expression/evaluate.ts';
import { applyBinary } from '../expression/operators.ts';
import { type EvaluationContext, isNumeric, isScalar } from '../expression/value.ts';
import { type JsonObject } from '../json.ts';
import { defaultOptions } from '../options.ts';
import { announce } from './announce.ts';
import { type AlarmCause, type AlarmSettings } from './cause.ts';
import { type AlarmModelDefinition, type SimpleRule, comparisonSymbols } from './definition.ts';
import { type AlarmSnapshot, type AlarmStateName, type CustomerAction } from './snapshot.ts';

/** Not ok: the customer's action is not allowed in the present state, and nothing changes. [ASSUMED A48] InvalidRequestException. */
export type AlarmTransition =
  | {
      readonly ok: true;
      readonly snapshot: AlarmSnapshot;
      readonly effects: readonly Effect[];
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * What a cause does to an alarm: a pure function. Without a snapshot the message creates the alarm. The end of a snooze that
 * was cancelled or prolonged changes nothing. Throws if the alarm that another cause is for is absent (A49 is the caller's).
 * Source: detector-engine.md, 16.4.
 */
export function alarmTransition(
  definition: AlarmModelDefinition,
  snapshot: AlarmSnapshot | null,
  cause: AlarmCause,
  nowMs: number,
  settings: AlarmSettings,
): AlarmTransition {
  const before = snapshot ?? createAlarm(definition, cause);
  const inputs = new Map(before.inputs);
  if (cause.kind === 'Message') inputs.set(cause.inputName, cause.payload);
  const context = contextOf(inputs, cause, settings);
  const after = react(definition, { ...before, inputs }, cause, nowMs, context);
  if (typeof after === 'string') return { ok: false, message: after };
  if (after.stateName === before.stateName) return { ok: true, snapshot: after, effects: [], problems: [] };
  return { ok: true, snapshot: after, ...announce(definition, after, cause, nowMs, settings, context) };
}

// [ASSUMED A43] first the initial state, then, if it is NORMAL, the message is evaluated.
function createAlarm(definition: AlarmModelDefinition, cause: AlarmCause): AlarmSnapshot {
  if (cause.kind !== 'Message') throw new Error(`Expected an alarm for the cause ${cause.kind}, got none`);
  return {
    stateName: definition.isDisabledOnInitialization ? 'DISABLED' : 'NORMAL',
    inputs: new Map(),
    ruleEvaluation: null,
    stateCause: null,
    snoozeEndsAtMs: null,
  };
}

/** The snapshot after the cause, or why it is refused. */
function react(
  definition: AlarmModelDefinition,
  before: AlarmSnapshot,
  cause: AlarmCause,
  nowMs: number,
  context: EvaluationContext,
): AlarmSnapshot | string {
  switch (cause.kind) {
    case 'Message':
      return evaluateRule(definition, before, context);
    case 'SnoozeTimeout':
      // [ASSUMED A50] the alarm waits for new data.
      return before.snoozeEndsAtMs === null || before.snoozeEndsAtMs > nowMs
        ? before
        : { ...before, stateName: 'NORMAL', stateCause: 'SNOOZE_TIMEOUT', snoozeEndsAtMs: null };
    case 'CustomerAction':
      return obey(definition, before, cause.action, nowMs);
  }
}

function evaluateRule(
  { rule, isAcknowledgeFlowEnabled }: AlarmModelDefinition,
  before: AlarmSnapshot,
  context: EvaluationContext,
): AlarmSnapshot {
  const { stateName } = before;
  if (stateName === 'DISABLED' || stateName === 'SNOOZE_DISABLED') return before;
  const ruleEvaluation = evaluateSides(rule, context);
  if (ruleEvaluation === null) return before;
  const { inputProperty, threshold } = ruleEvaluation;
  const isBreached = applyBinary(comparisonSymbols[rule.comparisonOperator], inputProperty, threshold, context.options);
  const next = afterData(stateName, isBreached === true, isAcknowledgeFlowEnabled);
  return { ...before, ruleEvaluation, stateName: next, stateCause: next === stateName ? before.stateCause : null };
}

// [ASSUMED A44] only two numbers, or two texts that are told equal, make an evaluation.
function evaluateSides(
  { inputProperty, threshold, comparisonOperator }: SimpleRule,
  context: EvaluationContext,
): AlarmSnapshot['ruleEvaluation'] {
  const left = evaluate(inputProperty, context);
  const right = evaluate(threshold, context);
  if (!isScalar(left) || !isScalar(right)) return null;
  const isEquality = comparisonOperator === 'EQUAL' || comparisonOperator === 'NOT_EQUAL';
  const areTexts = isEquality && typeof left === 'string' && typeof right === 'string';
  return areTexts || (isNumeric(left) && isNumeric(right)) ? { inputProperty: left, threshold: right } : null;
}

function afterData(
  stateName: Exclude<AlarmStateName, 'DISABLED' | 'SNOOZE_DISABLED'>,
  isBreached: boolean,
  isAcknowledgeFlowEnabled: boolean,
): AlarmStateName {
  switch (stateName) {
    case 'NORMAL':
      return isBreached ? 'ACTIVE' : 'NORMAL';
    case 'ACTIVE':
      if (isBreached) return 'ACTIVE';
      return isAcknowledgeFlowEnabled ? 'LATCHED' : 'NORMAL';
    case 'ACKNOWLEDGED':
      return isBreached ? 'ACKNOWLEDGED' : 'NORMAL'; // [ASSUMED A45]
    case 'LATCHED':
      return isBreached ? 'ACTIVE' : 'LATCHED'; // [ASSUMED A47]
  }
}

/** The states that each action is allowed in. [ASSUMED A48] */
const allowedIn: Record<CustomerAction['actionName'], readonly AlarmStateName[]> = {
  ACKNOWLEDGE: ['ACTIVE', 'LATCHED'],
  DISABLE: ['DISABLED', 'NORMAL', 'ACTIVE', 'ACKNOWLEDGED', 'SNOOZE_DISABLED', 'LATCHED'],
  ENABLE: ['DISABLED', 'SNOOZE_DISABLED'],
  RESET: ['NORMAL', 'ACTIVE', 'ACKNOWLEDGED', 'SNOOZE_DISABLED', 'LATCHED'],
  SNOOZE: ['NORMAL', 'ACTIVE', 'ACKNOWLEDGED', 'SNOOZE_DISABLED', 'LATCHED'],
};

function obey(
  definition: AlarmModelDefinition,
  before: AlarmSnapshot,
  action: CustomerAction,
  nowMs: number,
): AlarmSnapshot | string {
  const { actionName, snoozeDuration } = action;
  const { stateName } = before;
  if (!allowedIn[actionName].includes(stateName)) {
    return `Expected an alarm in one of the states ${allowedIn[actionName].join(', ')} for ${actionName}, got ${stateName}`;
  }
  const settled = { ...before, stateCause: action, snoozeEndsAtMs: null };
  switch (actionName) {
    case 'ACKNOWLEDGE':
      if (!definition.isAcknowledgeFlowEnabled)
        return 'Expected a model with the acknowledge flow enabled, got one without';
      // [ASSUMED A46] what has returned to range becomes NORMAL.
      return { ...settled, stateName: stateName === 'LATCHED' ? 'NORMAL' : 'ACKNOWLEDGED' };
    case 'DISABLE':
      return { ...settled, stateName: 'DISABLED' };
    case 'ENABLE':
    case 'RESET':
      // [ASSUMED A50] the alarm waits for new data.
      return { ...settled, stateName: 'NORMAL' };
    case 'SNOOZE':
      if (snoozeDuration === null || snoozeDuration < 1) {
        return `Expected a snoozeDuration of at least 1 second, got ${snoozeDuration}`;
      }
      return { ...settled, stateName: 'SNOOZE_DISABLED', snoozeEndsAtMs: nowMs + snoozeDuration * 1000 };
  }
}

function contextOf(
  inputs: ReadonlyMap<string, JsonObject>,
  cause: AlarmCause,
  { options = defaultOptions }: AlarmSettings,
): EvaluationContext {
  return {
    inputs,
    variables: new Map(),
    triggerType: cause.kind === 'Message' ? 'Message' : 'Timer',
    currentInputName: cause.kind === 'Message' ? cause.inputName : null,
    options,
    timeout: () => false,
  };
}
