import { expect, test } from 'vitest';
import { createOperations } from '../src/dataplane/server.ts';
import { runCases } from '../scripts/fuzz/run-cases.ts';
import { checkAnswer } from '../scripts/fuzz/services/check-answer.ts';
import { type FuzzedService, startServices } from '../scripts/fuzz/services/start-services.ts';
import { WIRE_REQUESTS } from '../scripts/fuzz/services/wire-requests.ts';
import { startTestDataplane } from './dataplane/start-dataplane.ts';

test.each<[FuzzedService, number]>([
  ['graphql', 600],
  ['wire', 1500],
])(
  '%s: %i good and mutated requests are all answered, with nothing of the inside (npm run fuzz -- %s has 200,000)',
  async (service, cases) => {
    const { target, close } = await startServices(service);
    try {
      const { failures } = await runCases([target], { seed: 1, first: 0, end: cases, maxCaseMs: 12_000 });
      expect(failures).toEqual([]);
    } finally {
      await close();
    }
  },
);

test('there is a request of every operation to be mutated', async () => {
  const dataplane = await startTestDataplane();
  const operations = createOperations(dataplane.runtime);
  await dataplane.close();
  expect(Object.keys(WIRE_REQUESTS).toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
});

test('an answer with a stack, an address, a secret or a fault is found', () => {
  const check = (status: number, text: string) => () => {
    checkAnswer({ status, text }, new Set([200]), ['whsec_x']);
  };
  expect(check(200, '{"data":null}')).not.toThrow();
  expect(check(500, '{}')).toThrow('Expected a status');
  expect(check(200, '{"stack":"Error\\n    at f (a.js:1)"}')).toThrow('nothing of the inside');
  expect(check(200, 'the key is whsec_x')).toThrow('nothing of the inside');
});
