import { holds } from '../expression/evaluate.ts';
import { type Issue } from '../reading.ts';
import { type Cause, type Cycle, closeCycle, openCycle } from './cycle.ts';
import { type DetectorModelDefinition, type Event, type State } from './definition.ts';
import { type Effect } from './effect.ts';
import { performAction } from './perform.ts';
import { type DetectorSnapshot } from './snapshot.ts';

/** `problems` are the actions that failed, for the log; a failed action changes nothing else (A27). */
export interface Transition {
  readonly snapshot: DetectorSnapshot;
  readonly effects: readonly Effect[];
  readonly problems: readonly Issue[];
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
): Transition {
  if (cause.kind === 'Timer') {
    if (snapshot === null) throw new Error(`Expected a detector for the timer ${cause.timerName}, got none`);
    if (!isDue(snapshot, cause.timerName, nowMs)) return { snapshot, effects: [], problems: [] };
  }
  const cycle = openCycle(snapshot ?? newSnapshot(definition), cause);
  if (snapshot === null) runGroup(definition, cycle, stateOf(definition, cycle.stateName).onEnter);
  runOnInput(definition, cycle);
  return { snapshot: closeCycle(cycle), effects: [], problems: cycle.problems };
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
function runOnInput(definition: DetectorModelDefinition, cycle: Cycle): void {
  const state = stateOf(definition, cycle.stateName);
  let next;
  if (definition.evaluationMethod === 'BATCH') {
    // Nothing is performed before all conditions are evaluated, so they all see the variables from before the group.
    const events = state.onInput.filter((event) => holds(event.condition, cycle));
    next = state.transitionEvents.find((event) => holds(event.condition, cycle));
    for (const event of events) runActions(cycle, event);
  } else {
    runGroup(definition, cycle, state.onInput);
    next = state.transitionEvents.find((event) => holds(event.condition, cycle));
  }
  if (next === undefined) return;
  // [ASSUMED A9] the transition's own actions come first, still in the old state. [ASSUMED A10] also to the same state.
  runActions(cycle, next);
  runGroup(definition, cycle, state.onExit);
  cycle.stateName = next.nextState;
  runGroup(definition, cycle, stateOf(definition, next.nextState).onEnter);
}

function runGroup(definition: DetectorModelDefinition, cycle: Cycle, events: readonly Event[]): void {
  if (definition.evaluationMethod === 'BATCH') {
    for (const event of events.filter(({ condition }) => holds(condition, cycle))) runActions(cycle, event);
  } else {
    for (const event of events) if (holds(event.condition, cycle)) runActions(cycle, event);
  }
}

// [ASSUMED A8] each action sees the results of those before it.
function runActions(cycle: Cycle, event: Event): void {
  for (const action of event.actions) performAction(cycle, action);
}

function stateOf(definition: DetectorModelDefinition, stateName: string): State {
  const state = definition.states.get(stateName);
  if (state === undefined) {
    throw new Error(`Expected a state of detector model ${definition.detectorModelName}, got '${stateName}'`);
  }
  return state;
}
