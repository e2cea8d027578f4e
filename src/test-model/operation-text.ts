import { type JsonObject, formatJson } from '../engine/json.ts';
import { type Operation } from './scenario.ts';

/** An operation as people read it, in one line. */
export function operationText(operation: Operation): string {
  switch (operation.kind) {
    case 'put': {
      const { inputName, payload, messageId } = operation;
      return `put ${inputName}${messageId === null ? '' : ` (${messageId})`} ${formatJson(payload)}`;
    }
    case 'advanceSeconds':
      return `advance ${operation.seconds} s`;
    case 'update': {
      const { stateName, variables, timers } = operation.state;
      const set = [
        ...variables.map(({ name, value }) => `${name} = ${value}`),
        ...timers.map(({ name, seconds }) => `timer ${name} ${seconds} s`),
      ];
      return `update ${nameText(operation)} to ${[stateName, ...set].join(', ')}`;
    }
    case 'delete':
      return `delete ${nameText(operation)}`;
    case 'updateModel':
      return `update model ${operation.definition.detectorModelName}`;
    case 'alarmAction': {
      const { actionName, note, snoozeDuration } = operation.action;
      const duration = snoozeDuration === null ? '' : ` for ${snoozeDuration} s`;
      return `${actionName} ${nameText(operation)}${duration}${note === null ? '' : ` (${note})`}`;
    }
  }
}

/** A detector or alarm as people name it. */
export function nameText({ modelName, keyValue }: { readonly modelName: string; readonly keyValue: string | null }) {
  return keyValue === null ? modelName : `${modelName} ${keyValue}`;
}

/** `a = 1, b = "text"`; of an empty object nothing. */
export function membersText(members: JsonObject): string {
  return Object.entries(members)
    .map(([name, value]) => `${name} = ${formatJson(value)}`)
    .join(', ');
}
