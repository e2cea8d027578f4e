import { type Effect, type Problem } from '../action/effect.ts';
import { evaluate, holds } from '../expression/evaluate.ts';
import { Failure } from '../expression/value.ts';
import { kindOf } from '../json.ts';
import { type Cause, type Cycle, type CycleSettings, type LifeCycle, closeCycle, openCycle } from './cycle.ts';
import { type DetectorModelDefinition, type Event, type State, type TransitionEvent } from './definition.ts';
import { performAction } from './perform.ts';
import { type DetectorSnapshot } from './snapshot.ts';

/** `problems` are the actions that failed, for the log; a failed action changes nothing else (A27). */
export interface Transition {
  readonly snapshot: DetectorSnapshot;
  /** In the order of execution. */
  readonly effects: readonly Effect[];
  readonly problems: readonly Problem[];
}

/**
 * One cycle of a detector: a pure function that performs nothing outside and changes none of its arguments.
 * Without a snapshot the message creates the detector. A timer that is not due leaves the snapshot as it is.
 * Throws on what a caller must not pass: a state that the definition lacks, a timer of no detector. Source: detector-engine.md, 6.1.
 */
export function transition(
  definition: DetectorModelDefinition,
  snapshot: DetectorSnapshot | null,
  cause: Cause,
  nowMs: number,
  settings: CycleSettings,
): Transition {
  if (cause.kind === 'Timer') {
    if (snapshot === null) throw new Error(`Expected a detector for the timer ${cause.timerName}, got none`);
    if (!isDue(snapshot, cause.timerName, nowMs)) return { snapshot, effects: [], problems: [] };
  }
  const cycle = openCycle(definition, snapshot ?? newSnapshot(definition), cause, nowMs, settings);
  if (snapshot === null) runGroup(cycle, 'OnEnter', stateOf(cycle, cycle.stateName).onEnter);
  runOnInput(cycle);
  return { snapshot: closeCycle(cycle), effects: cycle.effects, problems: cycle.problems };
}

function newSnapshot(definition: DetectorModelDefinition): DetectorSnapshot {
  return { stateName: definition.initialStateName, variables: new Map(), timers: new Map(), inputs: new Map() };
}

/** A timer that was cleared or started again since it was scheduled does not time out. */
function isDue(snapshot: DetectorSnapshot, timerName: string, nowMs: number): boolean {
  const timer = snapshot.timers.get(timerName);
  return timer !== undefined && !timer.expired && timer.firesAtMs <= nowMs;
}

/** Events, then the first transition event that holds; what it enters is not evaluated again for this trigger. */
function runOnInput(cycle: Cycle): void {
  const state = stateOf(cycle, cycle.stateName);
  let next;
  if (cycle.definition.evaluationMethod === 'BATCH') {
    // Nothing is performed before all conditions are evaluated, so they all see the variables from before the group.
    const events = state.onInput.filter((event) => isTrue(cycle, 'OnInput', event));
    next = findNext(cycle, state);
    for (const event of events) runActions(cycle, event);
  } else {
    runGroup(cycle, 'OnInput', state.onInput);
    next = findNext(cycle, state);
  }
  if (next === undefined) return;
  // [ASSUMED A9] the transition's own actions come first, still in the old state. [ASSUMED A10] also to the same state.
  runActions(cycle, next);
  runGroup(cycle, 'OnExit', state.onExit);
  cycle.stateName = next.nextState;
  runGroup(cycle, 'OnEnter', stateOf(cycle, next.nextState).onEnter);
}

function findNext(cycle: Cycle, { transitionEvents }: State): TransitionEvent | undefined {
  const next = transitionEvents.find((event) => isTrue(cycle, 'OnInput', event, true));
  if (next !== undefined && cycle.settings.onCondition !== undefined) tellSkipped(cycle, transitionEvents, next);
  return next;
}

function runGroup(cycle: Cycle, lifeCycle: LifeCycle, events: readonly Event[]): void {
  if (cycle.definition.evaluationMethod === 'BATCH') {
    for (const event of events.filter((one) => isTrue(cycle, lifeCycle, one))) runActions(cycle, event);
  } else {
    for (const event of events) if (isTrue(cycle, lifeCycle, event)) runActions(cycle, event);
  }
}

// [ASSUMED A8] each action sees the results of those before it.
function runActions(cycle: Cycle, { eventName, actions }: Event): void {
  for (const action of actions) performAction(cycle, eventName, action);
}

function isTrue(cycle: Cycle, lifeCycle: LifeCycle, event: Event, hasTransition = false): boolean {
  const { condition, conditionText, eventName } = event;
  const { onCondition } = cycle.settings;
  if (onCondition === undefined) return holds(condition, cycle);
  const value = condition === null || evaluate(condition, cycle);
  const result = value === true ? 'True' : 'False';
  const base = {
    result,
    eventName,
    state: cycle.stateName,
    lifeCycle,
    hasTransition,
    condition: conditionText,
  } as const;
  if (typeof value === 'boolean') onCondition(base);
  else {
    const got = value instanceof Failure ? value.message : `Expected a Boolean, got ${kindOf(value)}`;
    onCondition({ ...base, resultDetails: got });
  }
  return value === true;
}

function tellSkipped(cycle: Cycle, events: readonly TransitionEvent[], next: TransitionEvent): void {
  for (const { eventName, conditionText } of events.slice(events.indexOf(next) + 1)) {
    cycle.settings.onCondition?.({
      result: 'Skipped',
      eventName,
      state: cycle.stateName,
      lifeCycle: 'OnInput',
      hasTransition: true,
      condition: conditionText,
      resultDetails: `Skipped due to transition from ${next.eventName} event`,
    });
  }
}

function stateOf({ definition }: Cycle, stateName: string): State {
  const state = definition.states.get(stateName);
  if (state === undefined) {
    throw new Error(`Expected a state of detector model ${definition.detectorModelName}, got '${stateName}'`);
  }
  return state;
}
