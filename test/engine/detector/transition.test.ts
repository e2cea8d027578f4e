import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DetectorSnapshot, formatSnapshot } from '../../../src/engine/detector/snapshot.ts';
import { transition } from '../../../src/engine/detector/transition.ts';
import { updateDetector } from '../../../src/engine/detector/update.ts';
import { type Json } from '../../../src/engine/json.ts';
import { modelOf, setOn } from './models.ts';

const message = (v: Json) => ({ kind: 'Message', inputName: 'V', messageId: 'm', payload: { v } }) as const;
const settings = { keyValue: null, detectorModelVersion: '1' };
const timer = (timerName: string) => ({ kind: 'Timer', timerName }) as const;

const counter = modelOf([
  {
    stateName: 'Counting',
    onEnter: { events: [setOn('true', 'n', '0')] },
    onInput: {
      events: [setOn('$input.V.v > 0', 'n', '$variable.n + $input.V.v')],
      transitionEvents: [{ eventName: 'full', condition: '$variable.n >= 10', nextState: 'Full' }],
    },
  },
  {
    stateName: 'Full',
    onInput: { transitionEvents: [{ eventName: 'reset', condition: '$input.V.v < 0', nextState: 'Counting' }] },
  },
]);

describe('transition', () => {
  it('is pure: the same arguments give the same answer, and none of them changes', () => {
    const payload = fc.oneof(fc.bigInt({ min: -5n, max: 5n }), fc.double(), fc.string(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 20 }), (values) => {
        let snapshot: DetectorSnapshot | null = null;
        for (const value of values) {
          const before: string | null = snapshot && formatSnapshot(snapshot);
          const cause = Object.freeze({ ...message(value), payload: Object.freeze({ v: value }) });
          const answer = transition(counter, snapshot, cause, 0, settings);
          expect(transition(counter, snapshot, cause, 0, settings)).toEqual(answer);
          expect(snapshot && formatSnapshot(snapshot)).toBe(before);
          snapshot = answer.snapshot;
        }
      }),
    );
  });

  it('reports a setVariable without a value, leaves the variable alone and goes on', () => {
    const model = modelOf([
      {
        stateName: 'S',
        onInput: {
          events: [
            {
              eventName: 'e',
              condition: '$input.V.v > 0',
              actions: ['$input.V.missing', '1 + true', '$input.V', '7'].map((value, i) => ({
                setVariable: { variableName: i < 3 ? 'x' : 'y', value },
              })),
            },
          ],
        },
      },
    ]);
    const { snapshot, problems } = transition(model, null, message(1n), 0, settings);
    const actions = 'detectorModelDefinition.states[0].onInput.events[0].actions';
    expect(problems).toEqual([
      {
        path: `${actions}[0].setVariable.value`,
        message: 'Failed to set variable x. Expected Integer, Decimal, String or Boolean, got undefined',
      },
      {
        path: `${actions}[1].setVariable.value`,
        message: 'Failed to set variable x. Expected two numbers or two Strings for +, got Integer and Boolean',
      },
      {
        path: `${actions}[2].setVariable.value`,
        message: 'Failed to set variable x. Expected Integer, Decimal, String or Boolean, got an object',
      },
    ]);
    expect(snapshot.variables).toEqual(new Map([['y', 7n]]));
  });

  it('lets an action see what the action before it has set, in BATCH too', () => {
    const actions = [
      { setVariable: { variableName: 'a', value: '1' } },
      { setVariable: { variableName: 'b', value: '$variable.a + 1' } },
    ];
    const model = modelOf([
      { stateName: 'S', onInput: { events: [{ eventName: 'e', condition: '$input.V.v > 0', actions }] } },
    ]);
    expect(transition(model, null, message(1n), 0, settings).snapshot.variables).toEqual(
      new Map([
        ['a', 1n],
        ['b', 2n],
      ]),
    );
  });

  it('refuses a snapshot in a state that the model lacks', () => {
    const snapshot = { stateName: 'Gone', variables: new Map(), timers: new Map(), inputs: new Map() };
    expect(() => transition(counter, snapshot, message(1n), 0, settings)).toThrow(
      "Expected a state of detector model M, got 'Gone'",
    );
  });
});

describe('transition on a timer', () => {
  // The second event sets the timer for the check that it is set somewhere; it never holds.
  const model = modelOf([
    {
      stateName: 'S',
      onInput: {
        events: [
          setOn('timeout("t")', 'first', 'true'),
          setOn('timeout("t") && triggerType("Timer")', 'second', '$input.V.v'),
          setOn('$variable.first == true && !timeout("t")', 'later', 'true'),
          { eventName: 'never', condition: 'false', actions: [{ setTimer: { timerName: 't', seconds: 60 } }] },
          setOn('currentInput("V")', 'fresh', 'true'),
        ],
      },
    },
  ]);
  const updated = updateDetector(
    model,
    { stateName: 'S', variables: [{ name: 'second', value: '0' }], timers: [{ name: 't', seconds: 60 }] },
    0,
    { maxVariables: 50 },
  );
  if (!updated.ok) throw new Error(updated.message);
  const { snapshot } = updated;

  it('lets every check of the cycle see the timeout, and no later one', () => {
    const fired = transition(model, snapshot, timer('t'), 60_000, settings);
    expect(fired.snapshot.variables).toEqual(
      new Map<string, unknown>([
        ['second', 0n],
        ['first', true],
      ]),
    );
    const after = transition(model, fired.snapshot, message(1n), 61_000, settings);
    expect(after.snapshot.variables.get('later')).toBe(true);
  });

  it('evaluates the remembered inputs, none of them current', () => {
    const informed = transition(model, snapshot, message(5n), 1000, settings);
    const variables = new Map(informed.snapshot.variables);
    variables.delete('fresh');
    const fired = transition(model, { ...informed.snapshot, variables }, timer('t'), 60_000, settings);
    expect(fired.snapshot.variables).toEqual(
      new Map<string, unknown>([
        ['second', 5n],
        ['first', true],
      ]),
    );
  });

  it.each([
    ['is not due yet', 't', 59_999],
    ['is not set', 'other', 60_000],
  ])('does nothing for a timer that %s', (_why, timerName, nowMs) => {
    expect(transition(model, snapshot, timer(timerName), nowMs, settings)).toEqual({
      snapshot,
      effects: [],
      problems: [],
    });
  });

  it('does nothing for a timer that has fired before', () => {
    const fired = transition(model, snapshot, timer('t'), 60_000, settings);
    expect(transition(model, fired.snapshot, timer('t'), 60_001, settings).snapshot).toBe(fired.snapshot);
  });

  it('does not create a detector', () => {
    expect(() => transition(model, null, timer('t'), 60_000, settings)).toThrow(
      'Expected a detector for the timer t, got none',
    );
  });

  it('keeps a timeout that nobody has asked for until somebody does', () => {
    const twoStates = modelOf([
      {
        stateName: 'Deaf',
        onInput: { transitionEvents: [{ eventName: 'go', condition: '$input.V.v > 0', nextState: 'Asks' }] },
      },
      {
        stateName: 'Asks',
        onEnter: {
          events: [
            { eventName: 'never', condition: 'false', actions: [{ setTimer: { timerName: 't', seconds: 60 } }] },
          ],
        },
        onInput: { events: [setOn('timeout("t")', 'seen', 'true')] },
      },
    ]);
    const deaf = { ...snapshot, stateName: 'Deaf' };
    const fired = transition(twoStates, deaf, timer('t'), 60_000, settings).snapshot;
    const moved = transition(twoStates, fired, message(1n), 61_000, settings).snapshot;
    expect(moved.variables.has('seen')).toBe(false);
    expect(transition(twoStates, moved, message(1n), 62_000, settings).snapshot.variables.get('seen')).toBe(true);
  });
});
