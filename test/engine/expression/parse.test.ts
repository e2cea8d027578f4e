import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../src/engine/expression/parse.ts';
import { findReferences } from '../../../src/engine/expression/references.ts';
import { anyExpression } from './arbitrary-expression.ts';
import { print } from './print.ts';

describe('parseExpression', () => {
  it('reads back any expression printed with the fewest parentheses: precedence and associativity', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        expect(parseExpression(print(expression))).toEqual({ ok: true, expression });
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      '$input',
      '.',
      'a',
      '"',
      "'",
      '${',
      '}',
      '(',
      ')',
      '[',
      '0',
      '+',
      '&&',
      '`',
      '\\',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 12 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseExpression(any);
        if (!parsed.ok) expect(parsed.message).toMatch(/^Expected /);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['1 +', 'Expected a value, got the end at character 4'],
    ['$input.a.b > > 1', 'Expected a value, got > at character 14'],
    ['(1', 'Expected ), got the end at character 3'],
    ['1 2', 'Expected an operator or the end, got 2 at character 3'],
    ['hello', 'Expected a value, got the bare name hello (a string needs quotes)'],
    ['contains("a")', 'Expected 2 argument(s) of contains(), got 1'],
    ['"abc', 'Expected " to end the text at character 1, got the end'],
    ["'a${1'", "Expected ' to end the text at character 6, got the end"],
    ["'a${1", 'Expected } to end ${ at character 3, got the end'],
    ['1 # 2', 'Expected an expression, got "#" at character 3'],
    ['1e999', 'Expected a number within the range of a double, got 1e999'],
  ])('says of %s what it expected and where', (text, message) => {
    expect(parseExpression(text)).toEqual({ ok: false, message });
  });

  it.each([
    ['parentheses', '('.repeat(10_000) + '1' + ')'.repeat(10_000)],
    ['prefix operators', '!'.repeat(100_000) + 'true'],
    ['calls', 'isNull('.repeat(10_000) + '1' + ')'.repeat(10_000)],
    ['templates', "'${".repeat(10_000) + '1' + "}'".repeat(10_000)],
    ['chains', '1' + '+1'.repeat(100_000)],
  ])('refuses %s without end instead of exhausting the stack', (_what, text) => {
    expect(parseExpression(text)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^Expected at most \d+/) as string,
    });
  });

  it('takes the longest chain that fits into a variable value', () => {
    expect(parseExpression(`${'1+'.repeat(511)}11`).ok).toBe(true);
  });
});

describe('findReferences', () => {
  it('finds names wherever they stand', () => {
    const parsed = parseExpression(
      `'x\${$input.A.v}' == $variable.v || !currentInput("B") && timeout('t') || -$input.C.w[0] > timeout($variable.name)`,
    );
    expect(parsed.ok && findReferences(parsed.expression)).toEqual({
      inputNames: new Set(['A', 'B', 'C']),
      variableNames: new Set(['v', 'name']),
      timerNames: new Set(['t']),
    });
  });
});
