import { type JsonObject, type Scalar } from '../json.ts';
import { type EvaluationContext } from '../expression/value.ts';
import { type Issue } from '../reading.ts';
import { type DetectorSnapshot, type TimerSnapshot } from './snapshot.ts';

/** What starts a cycle. The payload of a message is projected already (projectMessage). Source: detector-engine.md, 6. */
export type Cause =
  | {
      readonly kind: 'Message';
      readonly inputName: string;
      readonly messageId: string;
      readonly payload: JsonObject;
    }
  | { readonly kind: 'Timer'; readonly timerName: string };

/** The working copy of a snapshot while one trigger is handled; expressions are evaluated against it. */
export interface Cycle extends EvaluationContext {
  stateName: string;
  readonly variables: Map<string, Scalar>;
  readonly timers: Map<string, TimerSnapshot>;
  readonly inputs: Map<string, JsonObject>;
  /** The timers whose timeout() was true in this cycle. */
  readonly timeoutsSeen: Set<string>;
  readonly problems: Issue[];
}

/** The working copy, with the message remembered or the timer expired. [ASSUMED A6] a message replaces the last of its input. */
export function openCycle(snapshot: DetectorSnapshot, cause: Cause): Cycle {
  const timers = new Map(snapshot.timers);
  const timeoutsSeen = new Set<string>();
  const inputs = new Map(snapshot.inputs);
  if (cause.kind === 'Message') inputs.set(cause.inputName, cause.payload);
  else {
    const timer = timers.get(cause.timerName);
    if (timer !== undefined) timers.set(cause.timerName, { ...timer, expired: true, checked: false });
  }
  return {
    stateName: snapshot.stateName,
    variables: new Map(snapshot.variables),
    timers,
    inputs,
    triggerType: cause.kind,
    currentInputName: cause.kind === 'Message' ? cause.inputName : null,
    timeout(timerName) {
      const timer = timers.get(timerName);
      if (timer?.expired !== true || timer.checked) return false;
      timeoutsSeen.add(timerName);
      return true;
    },
    timeoutsSeen,
    problems: [],
  };
}

/** The snapshot after the cycle. [ASSUMED A22] a timeout that was seen is used up only now, so that several checks agree. */
export function closeCycle(cycle: Cycle): DetectorSnapshot {
  for (const timerName of cycle.timeoutsSeen) {
    const timer = cycle.timers.get(timerName);
    if (timer?.expired === true) cycle.timers.set(timerName, { ...timer, checked: true });
  }
  return { stateName: cycle.stateName, variables: cycle.variables, timers: cycle.timers, inputs: cycle.inputs };
}
