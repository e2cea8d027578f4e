import { readDetectorModel } from '../../../src/engine/detector/read-definition.ts';
import { type DetectorModelDefinition } from '../../../src/engine/detector/definition.ts';
import { expectRead } from '../expect-read.ts';

/** A CreateDetectorModel request with the states; its input is V. */
export function requestOf(states: readonly unknown[], members: object = {}) {
  const [first] = states as readonly { stateName?: string }[];
  return {
    detectorModelName: 'M',
    roleArn: 'arn:aws:iam::123456789012:role/R',
    detectorModelDefinition: { initialStateName: first?.stateName, states },
    ...members,
  };
}

/** The definition of such a request; throws with the issues if it has any. */
export function modelOf(states: readonly unknown[], members: object = {}): DetectorModelDefinition {
  return expectRead(readDetectorModel(requestOf(states, members), new Set(['V'])));
}

/** An event that sets a variable. */
export function setOn(condition: string, variableName: string, value: string) {
  return { eventName: `set ${variableName}`, condition, actions: [{ setVariable: { variableName, value } }] };
}
