import { chooseAction } from '../action/choose-action.ts';
import { type ExternalAction } from '../action/external-action.ts';
import { externalActionTypes, readExternalAction } from '../action/read-external-action.ts';
import { type ExpressionFindings, note } from '../detector/findings.ts';
import { readExpression } from '../detector/read-expression.ts';
import { type Expression } from '../expression/ast.ts';
import { findReferences } from '../expression/references.ts';
import { jsonPathRule, splitJsonPath } from '../json-path.ts';
import { type Issue, type Reading } from '../reading.ts';
import {
  type Place,
  entries,
  member,
  optionalBoolean,
  optionalInteger,
  optionalText,
  report,
  requireObject,
  requiredChoice,
  requiredText,
  root,
} from '../request.ts';
import {
  type AlarmModelDefinition,
  type ComparisonOperator,
  type SimpleRule,
  comparisonSymbols,
} from './definition.ts';
import { readNotifications } from './read-notifications.ts';

const comparisonOperators = Object.keys(comparisonSymbols) as [ComparisonOperator, ...ComparisonOperator[]];

/**
 * Reads and checks a CreateAlarmModel request; `inputNames` are the inputs that exist. Finds everything that is wrong at once.
 * Source: detector-engine.md, 16.1, 16.2.
 */
export function readAlarmModel(request: unknown, inputNames: ReadonlySet<string>): Reading<AlarmModelDefinition> {
  const issues: Issue[] = [];
  const findings: ExpressionFindings = { notes: [], expressions: [] };
  const whole = root(request, issues);
  const key = optionalText(member(whole, 'key'), jsonPathRule);
  const definition = {
    alarmModelName: requiredText(member(whole, 'alarmModelName'), { max: 128, pattern: /^[a-zA-Z0-9_-]+$/ }),
    alarmModelDescription: optionalText(member(whole, 'alarmModelDescription'), { min: 0, max: 1024 }),
    roleArn: requiredText(member(whole, 'roleArn'), { max: 2048 }),
    key,
    keyPath: key === null ? null : splitJsonPath(key),
    severity: optionalInteger(member(whole, 'severity'), 0, 2_147_483_647),
    rule: readRule(member(whole, 'alarmRule'), findings),
    alarmActions: readAlarmActions(member(whole, 'alarmEventActions'), findings),
    notifications: readNotifications(member(whole, 'alarmNotification'), findings),
    ...readCapabilities(member(whole, 'alarmCapabilities')),
    inputNames: checkInputs(findings, inputNames),
  };
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: definition, notes: findings.notes };
}

function readRule(alarmRule: Place, findings: ExpressionFindings): SimpleRule {
  const rule = member(alarmRule, 'simpleRule');
  if (requireObject(alarmRule)) requireObject(rule);
  const inputProperty = readSide(member(rule, 'inputProperty'), findings);
  const threshold = readSide(member(rule, 'threshold'), findings);
  const comparisonOperator = requiredChoice(member(rule, 'comparisonOperator'), comparisonOperators);
  if (findings.expressions.every(({ expression }) => findReferences(expression).inputNames.size === 0)) {
    note(findings, rule, 'Expected an input in the rule, got none: no message ever reaches the alarm');
  }
  return { inputProperty, comparisonOperator, threshold };
}

function readSide(place: Place, findings: ExpressionFindings): Expression {
  const text = requiredText(place, { max: 512 });
  const name = place.path.slice(place.path.lastIndexOf('.') + 1);
  return readExpression(place, text, `Failed to parse expression '${text}' for ${name}.`, findings);
}

function readAlarmActions(alarmEventActions: Place, findings: ExpressionFindings): readonly ExternalAction[] {
  if (alarmEventActions.value === undefined || !requireObject(alarmEventActions)) return [];
  return entries(member(alarmEventActions, 'alarmActions')).flatMap((place) => {
    const chosen = chooseAction(place, externalActionTypes);
    return chosen === null ? [] : { path: place.path, ...readExternalAction(chosen.type, chosen.body, findings) };
  });
}

function readCapabilities(capabilities: Place) {
  if (capabilities.value !== undefined) requireObject(capabilities);
  const initialization = member(capabilities, 'initializationConfiguration');
  const acknowledgeFlow = member(capabilities, 'acknowledgeFlow');
  return {
    // [ASSUMED A43] the documented defaults, whatever is absent.
    isDisabledOnInitialization: optionalBoolean(member(initialization, 'disabledOnInitialization')) ?? true,
    isAcknowledgeFlowEnabled: optionalBoolean(member(acknowledgeFlow, 'enabled')) ?? true,
  };
}

function checkInputs(findings: ExpressionFindings, existing: ReadonlySet<string>): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { place, expression } of findings.expressions) {
    for (const name of findReferences(expression).inputNames) {
      used.add(name);
      if (!existing.has(name)) {
        report(place, `Alarm Model Definition contains reference to Input '${name}' that does not exist.`);
      }
    }
  }
  return used;
}
