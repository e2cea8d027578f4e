import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { watchDetectors } from '../../../examples/browser/client.ts';
import { watchByApolloClient, watchByServerSentEvents } from '../../../examples/browser/event-streams.ts';
import { putPressure, startTestGateway } from './start-test-gateway.ts';

const CLIENTS = [watchDetectors, watchByServerSentEvents, watchByApolloClient];

test('the clients of all transports come back by themselves and miss nothing', async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const { url, lines } = await startTestGateway({ limits: { connectionLifetimeMs: 1000 } });
  await putPressure(url, 'm0', 20);
  const heard = CLIENTS.map((watch) => {
    const changes: string[] = [];
    onTestFinished(
      watch(url, 'motor', ({ kind, keyValue }) => {
        changes.push(`${kind} ${keyValue ?? ''}`);
      }),
    );
    return changes;
  });
  await expect.poll(() => heard.map(String)).toEqual(CLIENTS.map(() => 'SNAPSHOT m0'));

  await putPressure(url, 'm1', 20);
  await expect.poll(() => lines.filter((line) => line['operationType'] === 'subscription').length).toBe(CLIENTS.length);
  // Nobody is there to hear of it.
  await putPressure(url, 'm2', 20);
  const expected = ['SNAPSHOT m0', 'CREATED m1', 'CREATED m2'];
  await expect.poll(() => heard, { timeout: 15_000 }).toEqual(CLIENTS.map(() => expected));
});
