import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson, parseJson } from '../../src/engine/json.ts';
import { anyJson } from './arbitrary-json.ts';

describe('parseJson', () => {
  it('keeps Integer and Decimal apart', () => {
    expect(parseJson('[20, 20.0, 2e1, -0, -0.0]')).toEqual([20n, 20, 20, 0n, -0]);
  });

  it('keeps every digit of a 64 bit integer', () => {
    expect(parseJson('[9223372036854775807, -9223372036854775808]')).toEqual([2n ** 63n - 1n, -(2n ** 63n)]);
  });

  it('makes an integer beyond 64 bit a Decimal', () => {
    expect(parseJson('9223372036854775808')).toBe(2 ** 63);
  });

  it('refuses a number beyond the range of a double', () => {
    expect(() => parseJson('{"a":1e999}')).toThrow(SyntaxError);
    expect(() => parseJson('9'.repeat(400))).toThrow(SyntaxError);
  });

  it('takes __proto__ as a member like any other', () => {
    const value = parseJson('{"__proto__":{"polluted":1}}');
    expect(Object.entries(value as object)).toEqual([['__proto__', { polluted: 1n }]]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('refuses what is nested deeper than 500, however deep', () => {
    const nested = (depth: number) => '['.repeat(depth) + '1'.padEnd(2000) + ']'.repeat(depth);
    expect(formatJson(parseJson(nested(500)))).toHaveLength(1001);
    for (const depth of [501, 100_000]) expect(() => parseJson(nested(depth))).toThrow(SyntaxError);
  });

  it('refuses what is no JSON', () => {
    expect(() => parseJson('{"a":01}')).toThrow(SyntaxError);
  });
});

describe('formatJson', () => {
  it.each([
    [20, '20.0'],
    [19.572, '19.572'],
    [-0, '-0.0'],
    [1e21, '1000000000000000000000.0'],
    [-1.25e25, '-12500000000000000000000000.0'],
    [1.5e-7, '0.00000015'],
    [-5e-324, `-0.${'0'.repeat(323)}5`],
    [Number.MAX_VALUE, `17976931348623157${'0'.repeat(292)}.0`],
  ])('writes the Decimal %d in plain notation with a fraction', (value, text) => {
    expect(formatJson(value)).toBe(text);
  });

  it('gives a text that parseJson reads back, kinds included', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(isDeepStrictEqual(parseJson(formatJson(value)), value)).toBe(true);
      }),
    );
  });
});
