import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { startTestGateway } from './start-test-gateway.ts';

test('every MUST and SHOULD of GraphQL over HTTP holds', async () => {
  const { url } = await startTestGateway();
  const failed: string[] = [];
  const audits = serverAudits({ url, fetchFn: fetch });
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status === 'ok' || audit.name.startsWith('MAY')) continue;
    failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
  }
  expect(audits.length).toBeGreaterThan(50);
  expect(failed).toEqual([]);
});
