import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, holds } from '../../../src/engine/expression/evaluate.ts';
import { defaultOptions } from '../../../src/engine/options.ts';
import { parseExpression } from '../../../src/engine/expression/parse.ts';
import { staticType } from '../../../src/engine/expression/static-type.ts';
import { type EvaluationContext, Failure } from '../../../src/engine/expression/value.ts';
import { type Scalar } from '../../../src/engine/json.ts';
import { anyExpression } from './arbitrary-expression.ts';

const emptyContext: EvaluationContext = {
  variables: new Map(),
  inputs: new Map(),
  triggerType: 'Message',
  currentInputName: null,
  options: defaultOptions,
  timeout: () => false,
};

const context: EvaluationContext = {
  ...emptyContext,
  variables: new Map<string, Scalar>([
    ['a', 1n],
    ['b', 'text'],
    ['list', 2.5],
  ]),
  inputs: new Map([
    ['a', { a: true, b: null, list: [1n, { a: 'x' }] }],
    ['b', { b: { a: 0 } }],
  ]),
};

const compile = (text: string) => {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.expression;
};

describe('evaluate', () => {
  it('never throws, whatever the expression', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(() => evaluate(expression, context)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('gives every value the type that is certain beforehand', () => {
    const typeOf = { bigint: 'number', number: 'number', string: 'String', boolean: 'Boolean' };
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const type = staticType(expression);
        const value = evaluate(expression, context);
        if (type === null || value === null || value === undefined || value instanceof Failure) return;
        expect(typeOf[typeof value as keyof typeof typeOf]).toBe(type);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds integer division to the nearest, ties away from zero', () => {
    const integer = fc.bigInt({ min: -1000n, max: 1000n });
    fc.assert(
      fc.property(
        integer,
        integer.filter((right) => right !== 0n),
        (left, right) => {
          const exact = Number(left) / Number(right);
          const rounded = Math.sign(exact) * Math.round(Math.abs(exact));
          expect(evaluate(compile(`(${left}) / (${right})`), context)).toBe(BigInt(rounded));
        },
      ),
    );
  });

  it('says which kinds it got, never which values', () => {
    const failure = evaluate(compile('"secret" + 42'), context);
    expect(failure).toEqual(new Failure('Expected two numbers or two Strings for +, got String and Integer'));
  });

  it('refuses a text that grows without end', () => {
    const long: EvaluationContext = { ...emptyContext, variables: new Map([['s', 'x'.repeat(40_000)]]) };
    expect(evaluate(compile('$variable.s + $variable.s'), long)).toBeInstanceOf(Failure);
    expect(evaluate(compile("'${$variable.s}${$variable.s}'"), long)).toBeInstanceOf(Failure);
  });

  it('asks for a timeout only where it is evaluated', () => {
    const asked: string[] = [];
    const timers: EvaluationContext = {
      ...emptyContext,
      triggerType: 'Timer',
      timeout: (timerName) => {
        asked.push(timerName);
        return true;
      },
    };
    expect(evaluate(compile('triggerType("Message") && timeout("a") || timeout("b")'), timers)).toBe(true);
    expect(asked).toEqual(['b']);
  });
});

describe('holds', () => {
  it.each(['1', '"true"', '$input.Never.x', '1 == "1"', 'false'])('is false for %s: only true holds', (text) => {
    expect(holds(compile(text), emptyContext)).toBe(false);
  });

  it('is true for an absent condition', () => {
    expect(holds(null, emptyContext)).toBe(true);
  });
});
