import { describe, expect, it } from 'vitest';
import { describeVariables } from '../../../src/engine/detector/snapshot.ts';
import { updateDetector } from '../../../src/engine/detector/update.ts';
import { modelOf, setOn } from './models.ts';

const definition = modelOf([
  {
    stateName: 'A',
    onEnter: { events: [setOn('true', 'entered', 'true')] },
    onInput: { events: [setOn('$input.V.v > 0', 'x', '1')] },
  },
]);
const limits = { maxVariables: 2 };
const stateWith = (variables: { name: string; value: string }[]) => ({ stateName: 'A', variables, timers: [] });

describe('updateDetector', () => {
  it.each([
    ['22', 22n],
    ['-3', -3n],
    ['1.0', 1],
    ['true', true],
    ['"\\"text\\""', '"text"'],
    ['"text"', 'text'],
    ['plain text', 'plain text'],
    ['1 + 1', '1 + 1'],
    ['$input.V.v', '$input.V.v'],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('takes the variable text %s for its literal, or else as it is', (value, expected) => {
    const updated = updateDetector(definition, stateWith([{ name: 'y', value }]), 0, limits);
    expect(updated.ok && updated.snapshot.variables.get('y')).toBe(expected);
  });

  it('takes back what DescribeDetector tells', () => {
    const variables = [
      { name: 'y', value: '"a\\"\\u0001\\\\${1}"' },
      { name: 'z', value: '0.00000015' },
    ];
    const updated = updateDetector(definition, stateWith(variables), 0, limits);
    expect(updated.ok && describeVariables(updated.snapshot)).toEqual(variables);
  });

  it('starts the listed timers now and evaluates nothing', () => {
    const state = { stateName: 'A', variables: [], timers: [{ name: 't', seconds: 90 }] };
    expect(updateDetector(definition, state, 1000, limits)).toEqual({
      ok: true,
      snapshot: {
        stateName: 'A',
        variables: new Map(),
        timers: new Map([['t', { firesAtMs: 91_000, durationSeconds: 90, expired: false, checked: false }]]),
        inputs: new Map(),
      },
    });
  });

  it('refuses a state that the model lacks', () => {
    expect(updateDetector(definition, { stateName: 'Z', variables: [], timers: [] }, 0, limits)).toEqual({
      ok: false,
      reason: 'unknown-state',
      message: "Expected a state of detector model M, got 'Z'",
    });
  });

  it('refuses more variables than the limit, in the words of AWS', () => {
    const variables = ['x', 'y', 'z'].map((name) => ({ name, value: '1' }));
    expect(updateDetector(definition, stateWith(variables), 0, limits)).toEqual({
      ok: false,
      reason: 'too-many-variables',
      message: 'Number of variables in the detector exceeds the limit 2',
    });
  });
});
