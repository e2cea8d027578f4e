import { type Json, type JsonObject, type Scalar, formatScalar, isJsonObject } from '../json.ts';
import { formatStored, parseStored } from '../stored-json.ts';
import { type AlarmModelDefinition } from './definition.ts';

export type AlarmStateName = 'DISABLED' | 'NORMAL' | 'ACTIVE' | 'ACKNOWLEDGED' | 'SNOOZE_DISABLED' | 'LATCHED';

/** All that is kept of an alarm between two causes. Source: detector-engine.md, 16.3, 16.5. */
export interface AlarmSnapshot {
  readonly stateName: AlarmStateName;
  /** The last message of every input received, projected. */
  readonly inputs: ReadonlyMap<string, JsonObject>;
  /** Both sides of the rule when it was evaluated last. */
  readonly ruleEvaluation: { readonly inputProperty: Scalar; readonly threshold: Scalar } | null;
  /** The customer's action or the end of a snooze that led to the present state; null: data did. */
  readonly stateCause: CustomerAction | 'SNOOZE_TIMEOUT' | null;
  /** Epoch ms; null unless the alarm is snoozed. */
  readonly snoozeEndsAtMs: number | null;
}

/** An entry of one of the five batch operations on alarms; `snoozeDuration` in seconds, of SNOOZE only. */
export interface CustomerAction {
  readonly actionName: 'ACKNOWLEDGE' | 'DISABLE' | 'ENABLE' | 'RESET' | 'SNOOZE';
  readonly note: string | null;
  readonly snoozeDuration: number | null;
}

/** The snapshot as compact JSON text, for the store. */
export function formatAlarmSnapshot(snapshot: AlarmSnapshot): string {
  const { inputs, ruleEvaluation, stateCause, ...rest } = snapshot;
  return formatStored({
    ...rest,
    inputs: Object.fromEntries(inputs),
    ruleEvaluation: ruleEvaluation && { ...ruleEvaluation },
    stateCause: typeof stateCause === 'string' ? stateCause : stateCause && { ...stateCause },
  });
}

/** The snapshot that formatAlarmSnapshot wrote. Throws on a text of any other origin. */
export function parseAlarmSnapshot(text: string): AlarmSnapshot {
  const stored = parseStored(text);
  if (!isJsonObject(stored) || typeof stored['stateName'] !== 'string' || !isJsonObject(stored['inputs'])) {
    throw new TypeError('Expected an alarm snapshot, got other JSON');
  }
  const inputs = new Map(Object.entries(stored['inputs']));
  return { ...stored, inputs } as unknown as AlarmSnapshot;
}

/** The `alarmState` of DescribeAlarm. [ASSUMED A52] the last evaluation, and only what caused the present state. Source: detector-engine.md, 16.5. */
export function describeAlarmState(definition: AlarmModelDefinition, snapshot: AlarmSnapshot): JsonObject {
  const { stateName, ruleEvaluation, stateCause } = snapshot;
  const described: Record<string, Json> = { stateName };
  if (ruleEvaluation !== null) {
    described['ruleEvaluation'] = {
      simpleRuleEvaluation: {
        inputPropertyValue: formatScalar(ruleEvaluation.inputProperty),
        operator: definition.rule.comparisonOperator,
        thresholdValue: formatScalar(ruleEvaluation.threshold),
      },
    };
  }
  if (stateCause === 'SNOOZE_TIMEOUT') {
    described['systemEvent'] = {
      eventType: 'STATE_CHANGE',
      stateChangeConfiguration: { triggerType: 'SNOOZE_TIMEOUT' },
    };
  } else if (stateCause !== null) {
    const { actionName, note, snoozeDuration } = stateCause;
    const configuration = {
      ...(snoozeDuration !== null && { snoozeDuration: BigInt(snoozeDuration) }),
      ...(note !== null && { note }),
    };
    described['customerAction'] = { actionName, [`${actionName.toLowerCase()}ActionConfiguration`]: configuration };
  }
  return described;
}
