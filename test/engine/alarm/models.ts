import { type AlarmModelDefinition } from '../../../src/engine/alarm/definition.ts';
import { readAlarmModel } from '../../../src/engine/alarm/read-definition.ts';
import { expectRead } from '../expect-read.ts';

/** A CreateAlarmModel request: active while `$input.V.v` is above 30. Its inputs are V and W. */
export function alarmRequestOf(members: object = {}, rule: object = {}) {
  return {
    alarmModelName: 'TempHigh',
    roleArn: 'arn:aws:iam::123456789012:role/R',
    alarmRule: {
      simpleRule: { inputProperty: '$input.V.v', comparisonOperator: 'GREATER', threshold: '30', ...rule },
    },
    alarmCapabilities: { initializationConfiguration: { disabledOnInitialization: false } },
    ...members,
  };
}

/** The definition of such a request; throws with the issues if it has any. */
export function alarmModelOf(members: object = {}, rule: object = {}): AlarmModelDefinition {
  return expectRead(readAlarmModel(alarmRequestOf(members, rule), new Set(['V', 'W'])));
}
