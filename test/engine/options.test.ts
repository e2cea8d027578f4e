import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/engine/expression/evaluate.ts';
import { parseExpression } from '../../src/engine/expression/parse.ts';
import { projectMessage, readInput } from '../../src/engine/input.ts';
import { type EngineOptions, defaultOptions } from '../../src/engine/options.ts';
import { expectRead } from './expect-read.ts';

function valueOf(text: string, options: Partial<EngineOptions>) {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return evaluate(parsed.expression, {
    variables: new Map(),
    inputs: new Map([['V', { nothing: null }]]),
    triggerType: 'Message',
    currentInputName: 'V',
    options: { ...defaultOptions, ...options },
    timeout: () => false,
  });
}

describe('integerDivision', () => {
  it.each([
    ['8 / 3', 3n, 2n],
    ['7 / 2', 4n, 3n],
    ['-7 / 2', -4n, -3n],
    ['9 / 3', 3n, 3n],
    ['7 / 3', 2n, 2n],
  ])('decides %s: %s to the nearest, %s truncated', (text, nearest, truncated) => {
    expect(valueOf(text, { integerDivision: 'nearest' })).toBe(nearest);
    expect(valueOf(text, { integerDivision: 'truncate' })).toBe(truncated);
  });
});

describe('equalityWithUndefined', () => {
  it.each([
    ['$variable.x == 1', false],
    ['$variable.x != $variable.x', true],
    ['$input.V.nothing == $input.V.nothing', false],
    ['!($variable.x == 1)', true],
  ])('decides %s: %s, or undefined', (text, unequal) => {
    expect(valueOf(text, { equalityWithUndefined: 'unequal' })).toBe(unequal);
    expect(valueOf(text, { equalityWithUndefined: 'undefined' })).toBe(undefined);
  });

  it('leaves values alone', () => {
    for (const equalityWithUndefined of ['unequal', 'undefined'] as const) {
      expect(valueOf('1 == 1.0 && "a" != "b"', { equalityWithUndefined })).toBe(true);
    }
  });
});

describe('exposesUndeclaredAttributes', () => {
  const input = expectRead(readInput({ inputName: 'V', inputDefinition: { attributes: [{ jsonPath: 'a' }] } }));

  it('decides whether a model sees what its input does not declare', () => {
    const payload = { a: 1n, b: { c: 2n } };
    expect(projectMessage(input, payload)).toEqual({ a: 1n });
    expect(projectMessage(input, payload, { ...defaultOptions, exposesUndeclaredAttributes: true })).toEqual(payload);
  });
});
