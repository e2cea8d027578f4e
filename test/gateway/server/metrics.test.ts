import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connect, openSocket, post, putPressure, startTestGateway } from './start-test-gateway.ts';

const WATCH = 'subscription { detectorChanged(detectorModelName: "motor", keyValue: "m1") { kind } }';

async function metricsOf(url: string): Promise<Record<string, number>> {
  const response = await fetch(new URL('/metrics', url));
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const values = (await response.text()).matchAll(/^(\w\S*) (\d+)$/gm);
  return Object.fromEntries([...values].map(([, name = '', value]) => [name, Number(value)]));
}

test('metrics tell what is open, how often an event was executed for how many, and how connections ended', async () => {
  const { url } = await startTestGateway();
  const watches = Array.from({ length: 20 }, () => connect(url).iterate({ query: WATCH }));
  await Promise.all(watches.map((watch) => watch.next()));
  const aborter = new AbortController();
  await fetch(url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: WATCH }),
    signal: aborter.signal,
  });
  const before = await metricsOf(url);
  expect(before).toMatchObject({
    fleetgraph_subscriptions: 21,
    'fleetgraph_connections{transport="websocket"}': 20,
    'fleetgraph_connections{transport="sse"}': 1,
    fleetgraph_poll_changes_total: 0,
  });
  await putPressure(url, 'm1', 20);
  await Promise.all(watches.map((watch) => watch.next()));
  await expect.poll(async () => (await metricsOf(url))['fleetgraph_events_total']).toBe(42);
  const after = await metricsOf(url);
  expect(Number(after['fleetgraph_event_executions_total']) - Number(before['fleetgraph_event_executions_total'])).toBe(
    1,
  );
  expect(after['fleetgraph_poll_changes_total']).toBe(1);

  aborter.abort();
  await (await post(url, { query: '{ __typename }' }, { accept: 'text/event-stream' })).text();
  const socket = openSocket(url);
  await once(socket, 'open');
  socket.close(4999);
  await expect
    .poll(() => metricsOf(url))
    .toMatchObject({
      'fleetgraph_connections_ended_total{code="aborted"}': 1,
      'fleetgraph_connections_ended_total{code="finished"}': 1,
      'fleetgraph_connections_ended_total{code="other"}': 1,
      fleetgraph_subscriptions: 20,
    });
});
