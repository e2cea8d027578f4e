import { describe, expect, it } from 'vitest';
import { type DetectorSnapshot, type TimerSnapshot } from '../../../src/engine/detector/snapshot.ts';
import { dueTimers, nextTimerMs } from '../../../src/engine/detector/timer.ts';
import { transition } from '../../../src/engine/detector/transition.ts';
import { type Json } from '../../../src/engine/json.ts';
import { type EngineOptions, defaultOptions } from '../../../src/engine/options.ts';
import { modelOf } from './models.ts';

const timerAt = (firesAtMs: number, members: Partial<TimerSnapshot> = {}): TimerSnapshot => ({
  firesAtMs,
  durationSeconds: 60,
  expired: false,
  checked: false,
  ...members,
});
const snapshotWith = (timers: Record<string, TimerSnapshot>): DetectorSnapshot => ({
  stateName: 'S',
  variables: new Map(),
  timers: new Map(Object.entries(timers)),
  inputs: new Map(),
});

/** A detector that performs the actions on every message `v`. */
function perform(
  actions: readonly object[],
  v: Json,
  snapshot: DetectorSnapshot,
  options: Partial<EngineOptions> = {},
) {
  const events = [{ eventName: 'e', condition: 'currentInput("V")', actions }];
  const model = modelOf([{ stateName: 'S', onInput: { events } }]);
  const cause = { kind: 'Message', inputName: 'V', messageId: 'm', payload: { v } } as const;
  return transition(model, snapshot, cause, 1000, {
    keyValue: null,
    detectorModelVersion: '1',
    options: { ...defaultOptions, ...options },
  });
}

const setByExpression = [{ setTimer: { timerName: 't', durationExpression: '$input.V.v' } }];
const setTimer = 'detectorModelDefinition.states[0].onInput.events[0].actions[0].setTimer';

describe('setTimer', () => {
  it.each<[Json, number]>([
    [60n, 60],
    [60.99, 60],
    ['90', 90],
    ['90.5', 90],
    [31_622_400.9, 31_622_400],
  ])('takes the duration %s for %s seconds', (v, seconds) => {
    const { snapshot, problems } = perform(setByExpression, v, snapshotWith({}));
    expect(problems).toEqual([]);
    expect(snapshot.timers).toEqual(new Map([['t', timerAt(1000 + seconds * 1000, { durationSeconds: seconds })]]));
  });

  const range = 'To ensure accuracy, make sure that your duration expression refers to a value between 60-31622400.';
  it.each<[Json, string]>([
    [59.99, `The evaluated result of your duration expression for the timer named t is less than 60. ${range}`],
    [-1n, `The evaluated result of your duration expression for the timer named t is less than 60. ${range}`],
    [
      31_622_401n,
      `The evaluated result of your duration expression for the timer named t is greater than 31622440. ${range}`,
    ],
    ['abc', 'Your duration expression for the timer named t could not be evaluated to a number.'],
    ['', 'Your duration expression for the timer named t could not be evaluated to a number.'],
    [true, 'Your duration expression for the timer named t could not be evaluated to a number.'],
    [
      null,
      'Your duration expression for the timer named t could not be evaluated. Check the variable names, input names, and ' +
        'paths to the data to make sure that you refer to the existing variables and inputs.',
    ],
  ])('refuses the duration %s and leaves the timer alone', (v, message) => {
    const before = snapshotWith({ t: timerAt(50_000) });
    const { snapshot, problems } = perform(setByExpression, v, before);
    expect(problems).toEqual([{ path: setTimer, message }]);
    expect(snapshot.timers).toEqual(before.timers);
  });

  it('takes another minimum', () => {
    expect(perform(setByExpression, 1n, snapshotWith({}), { minTimerSeconds: 1 }).snapshot.timers.size).toBe(1);
    expect(perform(setByExpression, 0n, snapshotWith({}), { minTimerSeconds: 1 }).problems[0]?.message).toContain(
      'less than 1. ',
    );
  });

  it('starts a timer anew, with nothing left of an expiry', () => {
    const expired = snapshotWith({ t: timerAt(500, { expired: true, checked: true }) });
    expect(perform(setByExpression, 60n, expired).snapshot.timers.get('t')).toEqual(timerAt(61_000));
  });

  it('refuses the sixth timer that runs, and no timer that runs already', () => {
    const names = ['a', 'b', 'c', 'd'];
    const four = Object.fromEntries(names.map((name) => [name, timerAt(50_000)]));
    const full = snapshotWith({ ...four, t: timerAt(50_000) });
    const message = 'Failed to set the timer named t. Expected at most 5 timers at a time, got another.';
    const sixth = perform(setByExpression, 60n, snapshotWith({ ...four, e: timerAt(50_000) }));
    expect(sixth.problems).toEqual([{ path: setTimer, message }]);
    expect(sixth.snapshot.timers.size).toBe(5);
    expect(perform(setByExpression, 60n, full).problems).toEqual([]);
    const oneExpired = snapshotWith({ ...four, e: timerAt(500, { expired: true }) });
    expect(perform(setByExpression, 60n, oneExpired).problems).toEqual([]);
    expect(perform(setByExpression, 60n, full, { maxTimersPerDetector: 1 }).problems).toHaveLength(1);
  });
});

describe('resetTimer', () => {
  const reset = [{ resetTimer: { timerName: 't' } }];

  it('restarts with the duration that the timer had, also after it has fired', () => {
    for (const expired of [true, false]) {
      const before = snapshotWith({ t: timerAt(500, { durationSeconds: 90, expired, checked: expired }) });
      expect(perform(reset, null, before).snapshot.timers.get('t')).toEqual(timerAt(91_000, { durationSeconds: 90 }));
    }
  });

  it('reports a timer that is not set', () => {
    expect(perform(reset, null, snapshotWith({}))).toMatchObject({
      snapshot: { timers: new Map() },
      problems: [{ message: 'Failed to reset the timer named t. Expected a timer that is set, got none.' }],
    });
  });
});

describe('clearTimer', () => {
  const clear = [{ clearTimer: { timerName: 't' } }];

  it('removes a timer, and says nothing where there is none', () => {
    for (const timers of [{ t: timerAt(50_000) }, {}]) {
      expect(perform(clear, null, snapshotWith(timers))).toMatchObject({
        snapshot: { timers: new Map() },
        problems: [],
      });
    }
  });
});

describe('nextTimerMs', () => {
  it('is the earliest time of a timer that has not fired', () => {
    const timers = { a: timerAt(1, { expired: true }), b: timerAt(7), c: timerAt(5) };
    expect(nextTimerMs(snapshotWith(timers))).toBe(5);
    expect(nextTimerMs(snapshotWith({ a: timerAt(1, { expired: true }) }))).toBe(null);
  });
});

describe('dueTimers', () => {
  it('are those that have come due, by expiry and then by name', () => {
    const timers = {
      z: timerAt(5),
      b: timerAt(7),
      a: timerAt(7),
      late: timerAt(8),
      old: timerAt(1, { expired: true }),
    };
    expect(dueTimers(snapshotWith(timers), 7)).toEqual(['z', 'a', 'b']);
  });
});
