import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readResourceFile } from '../../../src/dataplane/load/read-files.ts';

test('what is odd about a YAML text is written to no standard error', async () => {
  const warnings: Error[] = [];
  const take = (warning: Error) => warnings.push(warning);
  process.on('warning', take);
  onTestFinished(() => void process.off('warning', take));
  readResourceFile({ file: 'odd.yaml', text: '? [a, secret]\n: b\n' });
  await setImmediate();
  expect(warnings).toEqual([]);
});

test('YAML that multiplies itself by its aliases is refused', () => {
  const levels = Array.from({ length: 20 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
  const { entries } = readResourceFile({ file: 'bomb.yaml', text: ['a0: &a0 [x]', ...levels].join('\n') });
  expect(entries[0]?.issues[0]?.message).toContain('Excessive alias count');
});
