import { evaluate } from '../expression/evaluate.ts';
import { Failure, isScalar } from '../expression/value.ts';
import { kindOf } from '../json.ts';
import { type Action } from './definition.ts';
import { type Cycle } from './cycle.ts';

/** Performs one action on the cycle. An action that fails changes nothing and leaves a problem. Source: detector-engine.md, 10, 11. */
export function performAction(cycle: Cycle, action: Action): void {
  switch (action.type) {
    case 'setVariable':
      setVariable(cycle, action);
      return;
    default:
      // Timers and external actions are not performed yet; reading the definition has said so.
      return;
  }
}

// [ASSUMED A27] without a value the variable stays as it is, and the actions that follow run.
function setVariable(cycle: Cycle, action: Extract<Action, { type: 'setVariable' }>): void {
  const value = evaluate(action.value, cycle);
  if (isScalar(value)) {
    cycle.variables.set(action.variableName, value);
    return;
  }
  const message =
    value instanceof Failure ? value.message : `Expected Integer, Decimal, String or Boolean, got ${kindOf(value)}`;
  cycle.problems.push({
    path: `${action.path}.setVariable.value`,
    message: `Failed to set variable ${action.variableName}. ${message}`,
  });
}
