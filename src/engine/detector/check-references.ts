import { findReferences } from '../expression/references.ts';
import { type Place, report } from '../request.ts';
import { type State } from './definition.ts';
import { type Findings } from './findings.ts';

/** Checks that every transition leads to a state. Source: wire.md, 7. */
export function checkTransitions(findings: Findings, states: ReadonlyMap<string, State>): void {
  for (const { place, eventName, nextState } of findings.transitions) {
    if (nextState === '' || states.has(nextState)) continue;
    report(place, `The TransitionEvent ${eventName} transitions to a non-existent state ${nextState}.`);
  }
}

/** Checks the names in the expressions, and gives the inputs among them (A2). Source: detector-engine.md, 5.3; wire.md, 7. */
export function checkReferences(
  definition: Place,
  findings: Findings,
  existingInputs: ReadonlySet<string>,
): ReadonlySet<string> {
  const inputNames = new Set<string>();
  let isInputInCondition = findings.hasUnreadCondition;
  for (const { place, expression, isCondition } of findings.expressions) {
    const references = findReferences(expression);
    if (isCondition && references.inputNames.size > 0) isInputInCondition = true;
    for (const name of references.inputNames) {
      inputNames.add(name);
      if (existingInputs.has(name)) continue;
      report(place, `Detector Model Definition contains reference to Input '${name}' that does not exist.`);
    }
    for (const name of references.variableNames) {
      if (findings.variablesSet.has(name)) continue;
      report(place, `Detected broken Variable: variable ${name} is used in an expression but is never set.`);
    }
    for (const name of references.timerNames) {
      if (findings.timersSet.has(name)) continue;
      report(place, `Detected broken Timer: timer ${name} is used in an expression but is never set.`);
    }
  }
  if (!isInputInCondition) report(definition, 'Detector Model Definition must use at least one Input in a condition.');
  return inputNames;
}
