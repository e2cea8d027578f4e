import { expect, it } from 'vitest';
import { variableValue } from '../../../src/gateway/detector/variable-value.ts';

it.each([
  ['22', 22],
  ['20.0', 20],
  ['-3', -3],
  ['true', true],
  ['"01"', '01'],
  ['""', ''],
  ['plain', 'plain'],
  ['null', 'null'],
  ['[1]', '[1]'],
  ['{"a":1}', '{"a":1}'],
  ['1e999', '1e999'],
  ['"open', '"open'],
])('the text %j stands for %j', (text, value) => {
  expect(variableValue(text)).toBe(value);
});
