import { chooseAction } from '../action/choose-action.ts';
import { externalActionTypes, readExternalAction } from '../action/read-external-action.ts';
import { type Expression } from '../expression/ast.ts';
import { staticType } from '../expression/static-type.ts';
import { type Place, entries, member, optionalInteger, optionalText, report, requiredText } from '../request.ts';
import { type Action } from './definition.ts';
import { type Findings, note } from './findings.ts';
import { readExpression } from './read-expression.ts';
import { maxTimerSeconds } from './timer.ts';

const variableNameRule = { max: 128, pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/ };
const timerNameRule = { max: 128 };
const actionTypes = ['setVariable', 'setTimer', 'resetTimer', 'clearTimer', ...externalActionTypes] as const;

/** The actions of one event. Source: detector-engine.md, 5.2, 12. */
export function readActions(list: Place, findings: Findings): readonly Action[] {
  const places = entries(list);
  const { maxActionsPerEvent } = findings.limits;
  if (places.length > maxActionsPerEvent) {
    report(
      list,
      `Number of actions allowed per event exceeded the limit ${maxActionsPerEvent} in detector model definition`,
    );
  }
  return places.map((place) => readAction(place, findings)).filter((action) => action !== null);
}

function readAction(place: Place, findings: Findings): Action | null {
  const chosen = chooseAction(place, actionTypes);
  if (chosen === null) return null;
  const { type, body } = chosen;
  const { path } = place;
  switch (type) {
    case 'setVariable':
      return { path, ...readSetVariable(body, findings) };
    case 'setTimer':
      return { path, ...readSetTimer(body, findings) };
    case 'resetTimer':
    case 'clearTimer':
      return { path, type, timerName: requiredText(member(body, 'timerName'), timerNameRule) };
    default:
      return { path, ...readExternalAction(type, body, findings) };
  }
}

function readSetVariable(body: Place, findings: Findings) {
  const variableName = requiredText(member(body, 'variableName'), variableNameRule);
  findings.variablesSet.add(variableName);
  const place = member(body, 'value');
  const text = requiredText(place, { max: 1024 });
  const failure = `SetVariableAction.value must be an expression. Failed to parse value '${text}'.`;
  return { type: 'setVariable', variableName, value: readExpression(place, text, failure, findings) } as const;
}

function readSetTimer(body: Place, findings: Findings) {
  const timerName = requiredText(member(body, 'timerName'), timerNameRule);
  findings.timersSet.add(timerName);
  return { type: 'setTimer', timerName, duration: readDuration(body, timerName, findings) } as const;
}

/** Either member as an expression, in seconds. Source: detector-engine.md, 9.1, 9.2. */
function readDuration(body: Place, timerName: string, findings: Findings): Expression {
  const seconds = member(body, 'seconds');
  const expression = member(body, 'durationExpression');
  const value = optionalInteger(seconds, 1, maxTimerSeconds);
  const text = optionalText(expression, { max: 1024 }) ?? '';
  if (seconds.value !== undefined && expression.value !== undefined) {
    report(body, 'Only one of seconds and durationExpression can be set in SetTimer.');
  } else if (seconds.value === undefined && expression.value === undefined) {
    report(body, 'Expected seconds or durationExpression in SetTimer, got neither.');
  }
  if (value !== null) {
    checkLiteralDuration(seconds, value, timerName, findings);
    return { kind: 'literal', value: BigInt(value) };
  }
  const failure = `Failed to parse duration expression '${text}' for timer '${timerName}'.`;
  const duration = readExpression(expression, text, failure, findings);
  if (text !== '' && duration.kind === 'literal') {
    const literal = duration.value;
    if (typeof literal === 'bigint' || typeof literal === 'number') {
      checkLiteralDuration(expression, Math.floor(Number(literal)), timerName, findings);
    }
  }
  if (text !== '' && staticType(duration) === 'Boolean') {
    note(
      findings,
      expression,
      `Your duration expression for the timer named ${timerName} could not be evaluated to a number.`,
    );
  }
  return duration;
}

function checkLiteralDuration(place: Place, seconds: number, timerName: string, findings: Findings): void {
  const { minTimerSeconds } = findings.limits;
  if (seconds < minTimerSeconds) {
    report(place, `The duration for timer ${timerName} should be at least ${minTimerSeconds} seconds long.`);
  } else if (seconds > maxTimerSeconds) {
    report(place, `The duration for timer ${timerName} should be at most ${maxTimerSeconds} seconds long.`);
  }
}
