import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStored, parseStored } from '../../src/engine/stored-json.ts';
import { anyJson } from './arbitrary-json.ts';

describe('formatStored', () => {
  it('gives a text that parseStored reads back, kinds included', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(parseStored(formatStored(value))).toEqual(value);
      }),
    );
  });

  it('marks Integers and keeps texts that look like one', () => {
    const value = { integer: 12n, decimal: 12, minusZero: -0, text: '12', marked: '#12', twice: '##', list: [1n, '#'] };
    const text =
      '{"integer":"#12","decimal":12,"minusZero":-0,"text":"12","marked":"##12","twice":"###","list":["#1","##"]}';
    expect(formatStored(value)).toBe(text);
    expect(parseStored(text)).toEqual(value);
  });
});
