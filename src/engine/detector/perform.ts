import { evaluate } from '../expression/evaluate.ts';
import { Failure, isScalar } from '../expression/value.ts';
import { kindOf } from '../json.ts';
import { type Cycle } from './cycle.ts';
import { type Action } from './definition.ts';
import { emit } from './emit.ts';
import { resetTimer, setTimer } from './timer.ts';

/** Performs one action on the cycle. An action that fails changes nothing and leaves a problem. Source: detector-engine.md, 10, 11. */
export function performAction(cycle: Cycle, eventName: string, action: Action): void {
  switch (action.type) {
    case 'setVariable':
      setVariable(cycle, action);
      return;
    case 'setTimer':
      setTimer(cycle, action);
      return;
    case 'resetTimer':
      resetTimer(cycle, action.timerName, action.path);
      return;
    case 'clearTimer':
      // [ASSUMED A25] one that is not set is as clear as it can be.
      cycle.timers.delete(action.timerName);
      return;
    default:
      emit(cycle, eventName, action);
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
