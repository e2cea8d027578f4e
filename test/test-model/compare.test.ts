import { describe, expect, it } from 'vitest';
import { type Json } from '../../src/engine/json.ts';
import { compareExactly, compareSubset } from '../../src/test-model/compare.ts';

describe('compareSubset', () => {
  it.each<[Json, Json]>([
    [1n, 1n],
    [0.1 + 0.2, 0.3],
    [1e-300, 1e-300],
    [null, null],
    [{ a: 1n }, { a: 1n, b: 2n }],
    [[{ a: 1n }], [{ a: 1n, b: 2n }]],
  ])('takes %s for part of %s', (expected, got) => {
    expect(compareSubset(expected, got, 'x')).toEqual([]);
  });

  it.each<[Json, Json | undefined, object]>([
    [1n, 1, { path: 'x', expected: '1', got: '1.0' }],
    [1, 1.00001, { path: 'x', expected: '1.0', got: '1.00001' }],
    ['1', 1n, { path: 'x', expected: '"1"', got: '1' }],
    [null, undefined, { path: 'x', expected: 'null', got: 'nothing' }],
    [{ a: { b: 1n } }, { a: {} }, { path: 'x.a.b', expected: '1', got: 'nothing' }],
    [[1n, 2n], [1n], { path: 'x', expected: '[1,2]', got: '[1]' }],
    [[1n, 2n], [1n, 3n], { path: 'x[1]', expected: '2', got: '3' }],
    [{ constructor: 1n }, {}, { path: 'x.constructor', expected: '1', got: 'nothing' }],
  ])('finds that %s is no part of %s', (expected, got, mismatch) => {
    expect(compareSubset(expected, got, 'x')).toEqual([mismatch]);
  });
});

describe('compareExactly', () => {
  it('finds what is too much as well', () => {
    expect(compareExactly({ a: 1n }, { a: 1n, b: 2n }, 'x')).toEqual([{ path: 'x.b', expected: 'nothing', got: '2' }]);
    expect(compareExactly({ a: [1n] }, { a: [1n] }, 'x')).toEqual([]);
  });
});
