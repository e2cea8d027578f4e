import { expect, it } from 'vitest';
import { engineTargets } from '../scripts/fuzz/engine.ts';
import { createRandom } from '../scripts/fuzz/random.ts';
import { runCases } from '../scripts/fuzz/run-cases.ts';

it('5,000 random and mutated inputs crash nothing that reads them, and none takes long (npm run fuzz has a million)', async () => {
  const { failures } = await runCases(engineTargets, { seed: 1, first: 0, end: 5000, maxCaseMs: 2000 });
  expect(failures).toEqual([]);
});

it('a case depends on its seed and number alone, so that it can be repeated', () => {
  const sequence = (seed: number, caseNumber: number) => {
    const random = createRandom(seed, caseNumber);
    return Array.from({ length: 20 }, () => random.below(1000));
  };
  expect(sequence(7, 40)).toEqual(sequence(7, 40));
  expect(sequence(7, 41)).not.toEqual(sequence(7, 40));
  expect(sequence(8, 40)).not.toEqual(sequence(7, 40));
});
