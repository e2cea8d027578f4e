import { evaluate } from '../expression/evaluate.ts';
import { Failure, isScalar } from '../expression/value.ts';
import { type Scalar } from '../json.ts';
import { type Cycle } from './cycle.ts';
import { type Action } from './definition.ts';
import { type DetectorSnapshot, type TimerSnapshot } from './snapshot.ts';

/** 366 days. Source: detector-engine.md, 9.2. */
export const maxTimerSeconds = 31_622_400;

/** A timer that starts now. */
export function startTimer(durationSeconds: number, nowMs: number): TimerSnapshot {
  return { firesAtMs: nowMs + durationSeconds * 1000, durationSeconds, expired: false, checked: false };
}

/** When the next timer fires, epoch ms; null if none runs. */
export function nextTimerMs(snapshot: DetectorSnapshot): number | null {
  let next: number | null = null;
  for (const { expired, firesAtMs } of snapshot.timers.values()) {
    if (!expired && (next === null || firesAtMs < next)) next = firesAtMs;
  }
  return next;
}

/** The names of the timers that are due, in the order of their cycles. [ASSUMED A42] by expiry, then by name. */
export function dueTimers(snapshot: DetectorSnapshot, nowMs: number): readonly string[] {
  return Array.from(snapshot.timers)
    .filter(([, timer]) => !timer.expired && timer.firesAtMs <= nowMs)
    .sort(([name, timer], [otherName, other]) => timer.firesAtMs - other.firesAtMs || (name < otherName ? -1 : 1))
    .map(([name]) => name);
}

/** Sets a timer, or replaces it. [ASSUMED A23] one that fails leaves an existing timer alone. Source: detector-engine.md, 9.1. */
export function setTimer(cycle: Cycle, action: Extract<Action, { type: 'setTimer' }>): void {
  start(cycle, action.timerName, evaluateDuration(cycle, action), `${action.path}.setTimer`);
}

/** Restarts a timer with the duration that it had, [ASSUMED A24] also one that has fired. Source: detector-engine.md, 9.3. */
export function resetTimer(cycle: Cycle, timerName: string, path: string): void {
  const seconds = cycle.timers.get(timerName)?.durationSeconds;
  // [ASSUMED A25] one that was never set, or was cleared, has no duration.
  const unknown = `Failed to reset the timer named ${timerName}. Expected a timer that is set, got none.`;
  start(cycle, timerName, seconds ?? new Failure(unknown), `${path}.resetTimer`);
}

function start(cycle: Cycle, timerName: string, duration: number | Failure, path: string): void {
  const seconds = duration instanceof Failure ? duration : (refuseAnother(cycle, timerName) ?? duration);
  if (seconds instanceof Failure) cycle.problems.push({ path, message: seconds.message });
  else cycle.timers.set(timerName, startTimer(seconds, cycle.nowMs));
}

/** In whole seconds, rounded down. Source: detector-engine.md, 9.1, 9.2; wire.md, 7. */
function evaluateDuration(
  cycle: Cycle,
  { timerName, duration }: Extract<Action, { type: 'setTimer' }>,
): number | Failure {
  const value = evaluate(duration, cycle);
  if (!isScalar(value)) {
    const reason = value instanceof Failure ? ` ${value.message}` : '';
    return new Failure(
      `Your duration expression for the timer named ${timerName} could not be evaluated. Check the variable names, input names, ` +
        `and paths to the data to make sure that you refer to the existing variables and inputs.${reason}`,
    );
  }
  const seconds = Math.floor(toNumber(value));
  if (Number.isNaN(seconds)) {
    return new Failure(`Your duration expression for the timer named ${timerName} could not be evaluated to a number.`);
  }
  const { minTimerSeconds } = cycle.options;
  // The bound in the text is AWS's slip; the one that holds is 31622400.
  if (seconds > maxTimerSeconds) return outOfRange(timerName, 'greater than 31622440', minTimerSeconds);
  return seconds < minTimerSeconds ? outOfRange(timerName, `less than ${minTimerSeconds}`, minTimerSeconds) : seconds;
}

/** Texts that are numbers count. */
function toNumber(value: Scalar): number {
  if (typeof value === 'boolean' || (typeof value === 'string' && value.trim() === '')) return Number.NaN;
  return Number(value);
}

function outOfRange(timerName: string, how: string, minTimerSeconds: number): Failure {
  return new Failure(
    `The evaluated result of your duration expression for the timer named ${timerName} is ${how}. To ensure accuracy, ` +
      `make sure that your duration expression refers to a value between ${minTimerSeconds}-${maxTimerSeconds}.`,
  );
}

// [ASSUMED A25b] the timer that would be one too many is not started.
function refuseAnother(cycle: Cycle, timerName: string): Failure | null {
  const { maxTimersPerDetector } = cycle.options;
  let others = 0;
  for (const [name, { expired }] of cycle.timers) if (!expired && name !== timerName) others += 1;
  return others < maxTimersPerDetector
    ? null
    : new Failure(
        `Failed to set the timer named ${timerName}. Expected at most ${maxTimersPerDetector} timers at a time, got another.`,
      );
}
