import { actionExecutionId } from '../action/action-execution-id.ts';
import { type Effect, type Problem } from '../action/effect.ts';
import { type ExternalAction } from '../action/external-action.ts';
import { makeEffect } from '../action/make-effect.ts';
import { type EvaluationContext } from '../expression/value.ts';
import { type Json, formatJson } from '../json.ts';
import { type AlarmCause, type AlarmSettings } from './cause.ts';
import { type AlarmModelDefinition, type Notification, comparisonSymbols } from './definition.ts';
import { type AlarmSnapshot } from './snapshot.ts';

/** The effects of a state change, actions before notifications. Source: detector-engine.md, 16.6. */
export function announce(
  definition: AlarmModelDefinition,
  snapshot: AlarmSnapshot,
  cause: AlarmCause,
  nowMs: number,
  settings: AlarmSettings,
  context: EvaluationContext,
): { readonly effects: readonly Effect[]; readonly problems: readonly Problem[] } {
  const effects: Effect[] = [];
  const problems: Problem[] = [];
  const payload = formatStateChange(definition, snapshot, nowMs, settings);
  const run = (action: ExternalAction): Effect | null => {
    const { effect, problem } = makeEffect(action, context, {
      actionExecutionId: actionExecutionId({
        modelName: definition.alarmModelName,
        modelVersion: settings.alarmModelVersion,
        keyValue: settings.keyValue,
        triggerId: triggerId(cause, nowMs),
        stateName: snapshot.stateName,
        eventName: null,
        index: effects.length,
      }),
      eventName: null,
      stateName: snapshot.stateName,
      eventTimeMs: nowMs,
      defaultPayload: () => payload,
    });
    if (problem !== null) problems.push(problem);
    return effect;
  };
  for (const action of definition.alarmActions) {
    const effect = run(action);
    if (effect !== null) effects.push(effect);
  }
  for (const notification of definition.notifications) {
    const effect = run(notification.action);
    if (effect !== null) effects.push(notify(effect, notification));
  }
  return { effects, problems };
}

/** What is told of the change goes to the function as text, beside the recipients. */
function notify(effect: Effect, { recipients }: Notification): Effect {
  return { ...effect, payload: formatJson({ notificationEventPayload: effect.payload, ...recipients }) };
}

/** A message id may come again after five minutes, for another message. */
function triggerId(cause: AlarmCause, nowMs: number): readonly (string | number)[] {
  if (cause.kind === 'Message') return [cause.inputName, cause.messageId, nowMs];
  return cause.kind === 'CustomerAction' ? [cause.requestId, nowMs] : [cause.kind, nowMs];
}

/** [ASSUMED A53] the same object for actions and, as text, for notifications. Members that AWS's function reads without asking stay, as null. */
function formatStateChange(
  { alarmModelName, severity, rule }: AlarmModelDefinition,
  { stateName, ruleEvaluation }: AlarmSnapshot,
  nowMs: number,
  { keyValue }: AlarmSettings,
): string {
  const operator = comparisonSymbols[rule.comparisonOperator];
  const alarmState: Json = {
    stateName,
    ruleEvaluation: ruleEvaluation && {
      simpleRule: { inputProperty: ruleEvaluation.inputProperty, operator, threshold: ruleEvaluation.threshold },
    },
  };
  return formatJson({
    alarmModelName,
    ...(keyValue !== null && { keyValue }),
    severity: severity === null ? null : BigInt(severity),
    stateUpdateTime: BigInt(nowMs),
    alarmState,
  });
}
