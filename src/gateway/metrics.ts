import { type Metric } from '../telemetry/metrics.ts';
import { type Connections } from './client-connections.ts';
import { type DeliveryCounters } from './delivery-counters.ts';
import { type PollCounters } from './watch/poll-counters.ts';

/** What the gateway counts. */
interface Counted {
  readonly polls: Readonly<PollCounters>;
  readonly delivery: Readonly<DeliveryCounters>;
  readonly connections: Pick<Connections, 'open' | 'ended'>;
}

/** The metrics of a gateway: what its polls cost upstream, what its subscribers get, and how their connections end. */
export function createGatewayMetrics({ polls, delivery, connections }: Counted): Metric[] {
  const single = (type: Metric['type'], name: string, help: string, read: () => number): Metric => ({
    type,
    name,
    help,
    read: () => new Map([['', read()]]),
  });
  return [
    {
      type: 'counter',
      name: 'fleetgraph_poll_rounds_total',
      help: 'Rounds of polling for subscriptions, by how they read.',
      label: 'read',
      read: () =>
        new Map([
          ['list', polls.sweeps],
          ['describe', polls.describes],
        ]),
    },
    single('counter', 'fleetgraph_poll_failures_total', 'Rounds that failed, in part at least.', () => polls.failures),
    single('counter', 'fleetgraph_poll_calls_total', 'Upstream calls of all rounds.', () => polls.calls),
    single('counter', 'fleetgraph_poll_changes_total', 'Changes that rounds found.', () => polls.changes),
    single('gauge', 'fleetgraph_subscriptions', 'Open subscriptions.', () => delivery.subscriptions),
    single(
      'counter',
      'fleetgraph_event_executions_total',
      'Events that were executed, each once for all who ask the same.',
      () => delivery.executions,
    ),
    single('counter', 'fleetgraph_events_total', 'Events given to subscribers.', () => delivery.events),
    {
      type: 'gauge',
      name: 'fleetgraph_connections',
      help: 'Open WebSockets and event streams.',
      label: 'transport',
      read: () => connections.open(),
    },
    {
      type: 'counter',
      name: 'fleetgraph_connections_ended_total',
      help: 'WebSockets that ended, by close code, and event streams, by whether they were sent to their end.',
      label: 'code',
      read: () => connections.ended,
    },
  ];
}
