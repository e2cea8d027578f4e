import { jsonPathRule, splitJsonPath } from '../json-path.ts';
import { type Issue, type Reading } from '../reading.ts';
import {
  type Place,
  entries,
  member,
  optionalChoice,
  optionalText,
  report,
  reportConstraint,
  requireObject,
  requiredText,
  root,
} from '../request.ts';
import { checkReferences, checkTransitions } from './check-references.ts';
import { type DetectorModelDefinition, type Event, type State, type TransitionEvent } from './definition.ts';
import { type DefinitionLimits, type Findings, createFindings } from './findings.ts';
import { readActions } from './read-actions.ts';
import { readCondition } from './read-expression.ts';

/** The quotas of an AWS account that never asked for more. Source: detector-engine.md, section 12. */
export const awsLimits: DefinitionLimits = {
  maxStates: 20,
  maxEventsPerState: 20,
  maxTransitionEventsPerState: 20,
  maxActionsPerEvent: 10,
  maxVariables: 50,
  minTimerSeconds: 60,
};

const stateNameRule = { max: 128 };
// No minimum in the API model.
const eventNameRule = { min: 0, max: 128 };

/**
 * Reads and checks a CreateDetectorModel request; `inputNames` are the inputs that exist. Finds everything that is wrong
 * at once. Notes: doubtful types. Source: detector-engine.md, 5; wire.md, 7.
 */
export function readDetectorModel(
  request: unknown,
  inputNames: ReadonlySet<string>,
  limits: DefinitionLimits = awsLimits,
): Reading<DetectorModelDefinition> {
  const issues: Issue[] = [];
  const findings = createFindings(limits);
  const whole = root(request, issues);
  const key = optionalText(member(whole, 'key'), jsonPathRule);
  const head = {
    detectorModelName: requiredText(member(whole, 'detectorModelName'), { max: 128, pattern: /^[a-zA-Z0-9_-]+$/ }),
    detectorModelDescription: optionalText(member(whole, 'detectorModelDescription'), { min: 0, max: 1024 }),
    roleArn: requiredText(member(whole, 'roleArn'), { max: 2048 }),
    key,
    keyPath: key === null ? null : splitJsonPath(key),
    evaluationMethod: optionalChoice(member(whole, 'evaluationMethod'), ['BATCH', 'SERIAL']) ?? 'BATCH',
  };
  const definition = member(whole, 'detectorModelDefinition');
  if (!requireObject(definition)) return { ok: false, issues };
  const states = readStates(member(definition, 'states'), findings);
  if (states.size === 0) return { ok: false, issues };
  const initialStateName = readInitialStateName(member(definition, 'initialStateName'), states);
  checkTransitions(findings, states);
  const usedInputNames = checkReferences(definition, findings, inputNames);
  if (findings.variablesSet.size > limits.maxVariables) {
    report(
      definition,
      `Number of variables allowed in detector model definition exceeded the limit ${limits.maxVariables}.`,
    );
  }
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: { ...head, initialStateName, states, inputNames: usedInputNames }, notes: findings.notes };
}

function readInitialStateName(place: Place, states: ReadonlyMap<string, State>): string {
  const initialStateName = requiredText(place, stateNameRule);
  if (initialStateName !== '' && !states.has(initialStateName)) {
    report(place, `The Definition's initialStateName ${initialStateName} did not correspond to a defined State.`);
  }
  return initialStateName;
}

function readStates(list: Place, findings: Findings): ReadonlyMap<string, State> {
  const places = entries(list);
  if (list.value === undefined) reportConstraint(list, 'Member must not be null');
  else if (Array.isArray(list.value) && places.length === 0) {
    reportConstraint(list, 'Member must have length greater than or equal to 1');
  }
  const { maxStates } = findings.limits;
  if (places.length > maxStates) {
    report(list, `Number of states allowed in detector model definition exceeded the limit ${maxStates}.`);
  }
  const states = places.filter(requireObject).map((place) => readState(place, findings));
  const byName = Map.groupBy(states, ({ stateName }) => stateName);
  for (const [stateName, { length }] of byName) {
    if (length === 1 || stateName === '') continue;
    report(
      list,
      `The DetectorModelDefinition had a shared state name: found state ${stateName} with ${length} repetitions.`,
    );
  }
  return new Map(states.map((state) => [state.stateName, state]));
}

function readState(place: Place, findings: Findings): State {
  return {
    stateName: requiredText(member(place, 'stateName'), stateNameRule),
    onEnter: readEvents(member(place, 'onEnter'), findings),
    onInput: readEvents(member(place, 'onInput'), findings),
    transitionEvents: readTransitionEvents(member(place, 'onInput'), findings),
    onExit: readEvents(member(place, 'onExit'), findings),
  };
}

function readEvents(lifecycle: Place, findings: Findings): readonly Event[] {
  if (lifecycle.value === undefined || !requireObject(lifecycle)) return [];
  const list = member(lifecycle, 'events');
  const places = entries(list);
  const { maxEventsPerState } = findings.limits;
  if (places.length > maxEventsPerState) {
    report(
      list,
      `Number of events allowed per state exceeded the limit ${maxEventsPerState} in detector model definition`,
    );
  }
  return places.filter(requireObject).map((place) => readEvent(place, false, findings));
}

function readTransitionEvents(onInput: Place, findings: Findings): readonly TransitionEvent[] {
  const list = member(onInput, 'transitionEvents');
  const places = entries(list);
  const { maxTransitionEventsPerState: max } = findings.limits;
  if (places.length > max) {
    report(
      list,
      `Number of transition events allowed per state exceeded the limit ${max} in detector model definition`,
    );
  }
  return places.filter(requireObject).map((place) => {
    const event = readEvent(place, true, findings);
    const target = member(place, 'nextState');
    const nextState = requiredText(target, stateNameRule);
    findings.transitions.push({ place: target, eventName: event.eventName, nextState });
    return { ...event, nextState };
  });
}

function readEvent(place: Place, isTransition: boolean, findings: Findings): Event {
  const condition = member(place, 'condition');
  return {
    eventName: requiredText(member(place, 'eventName'), eventNameRule),
    condition: readCondition(condition, isTransition, findings),
    conditionText: typeof condition.value === 'string' && condition.value !== '' ? condition.value : null,
    actions: readActions(member(place, 'actions'), findings),
  };
}
