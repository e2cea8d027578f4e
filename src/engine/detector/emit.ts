import { actionExecutionId } from '../action/action-execution-id.ts';
import { type ExternalAction } from '../action/external-action.ts';
import { makeEffect } from '../action/make-effect.ts';
import { type Json, formatJson, formatObject } from '../json.ts';
import { type Cycle } from './cycle.ts';

/** Adds the effect of an action that reaches outside, or the problem that it has. Source: detector-engine.md, 11. */
export function emit(cycle: Cycle, eventName: string, action: ExternalAction): void {
  const id = idOfNext(cycle, eventName);
  const { effect, problem } = makeEffect(action, cycle, {
    actionExecutionId: id,
    eventName,
    stateName: cycle.stateName,
    eventTimeMs: cycle.nowMs,
    defaultPayload: () => formatDefaultPayload(cycle, eventName, id),
  });
  if (effect !== null) cycle.effects.push(effect);
  if (problem !== null) cycle.problems.push(problem);
}

function idOfNext(
  { definition, settings, cause, nowMs, firedAtMs, stateName, effects }: Cycle,
  eventName: string,
): string {
  return actionExecutionId({
    modelName: definition.detectorModelName,
    modelVersion: settings.detectorModelVersion,
    keyValue: settings.keyValue,
    // A message id may come again after five minutes, for another message; a timer fires at its time only once.
    triggerId:
      cause.kind === 'Message' ? [cause.inputName, cause.messageId, nowMs] : [cause.timerName, firedAtMs ?? nowMs],
    stateName,
    eventName,
    index: effects.length,
  });
}

/** The JSON that actions without payload send; `state` is as it is now. Source: detector-engine.md, 11.2. */
function formatDefaultPayload(cycle: Cycle, eventName: string, id: string): string {
  const { definition, settings, stateName, variables, timers } = cycle;
  const { keyValue, detectorModelVersion } = settings;
  const detector = {
    detectorModelName: definition.detectorModelName,
    ...(keyValue !== null && { keyValue }),
    detectorModelVersion,
  };
  // [ASSUMED A38] from the name of each timer to the epoch ms of its expiry.
  const expiries = Array.from(timers, ([name, { firesAtMs }]) => [name, BigInt(firesAtMs)] as const);
  const state = `{"stateName":${JSON.stringify(stateName)},"variables":${formatObject(variables)},"timers":${formatObject(expiries)}}`;
  return (
    `{"eventTime":${cycle.nowMs},"eventName":${JSON.stringify(eventName)},"payload":{"actionExecutionId":"${id}",` +
    `"detector":${formatJson(detector)},"eventTriggerDetails":${formatJson(triggerDetails(cycle))},"state":${state}}}`
  );
}

function triggerDetails({ cause }: Cycle): Json {
  return cause.kind === 'Message'
    ? { inputName: cause.inputName, messageId: cause.messageId, triggerType: 'Message' }
    : { triggerType: 'Timer', timerName: cause.timerName }; // [ASSUMED A39]
}
