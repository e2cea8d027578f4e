import { expect, it } from 'vitest';
import { createLimit } from '../../src/gateway/limit.ts';

it('a limit runs so many tasks at a time, all of them, and a failure frees its place', async () => {
  const limit = createLimit(3);
  let running = 0;
  let most = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        if (index % 4 === 0) throw new Error('failed');
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5);
});
