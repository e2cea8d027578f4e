import { type Command, integer, type Setting } from './setting.ts';

const GATEWAY: readonly Command[] = ['serve', 'gateway'];

/** The settings of connections that stay open, WebSockets and event streams: how many, how long, and how slow. */
export const CONNECTION_SETTINGS = {
  maxConnections: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '20000',
    description: 'Most WebSockets and event streams at a time; one more is answered with 503.',
  },
  connectionLifetimeMs: {
    ...integer(0, 2_147_483_647, 'ms'),
    commands: GATEWAY,
    default: '0',
    defaultText: '0, without end',
    description:
      'How long a WebSocket or event stream may be open, or up to a tenth less. Then it is ended so that its client comes back: a WebSocket ' +
      'with 4410, a stream without its last message.',
  },
  maxSubscriptionsPerConnection: {
    ...integer(1, 100_000),
    commands: GATEWAY,
    default: '100',
    description: 'Most subscriptions of one WebSocket.',
  },
  maxSubscriptionsPerPrincipal: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '20000',
    description:
      'Most subscriptions of one principal, which is one address as long as there is no authentication: behind a proxy that --trust-proxy does not name all clients are one.',
  },
  maxSubscriptions: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '100000',
    description: 'Most subscriptions of all principals together.',
  },
  messagesPerSecond: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '100',
    description:
      'Most messages of one WebSocket in a second, and at once as many more as two for each of its subscriptions; over it closes with 4429.',
  },
  connectionInitTimeoutMs: {
    ...integer(100, 300_000, 'ms'),
    commands: GATEWAY,
    default: '10000',
    description: 'How long a WebSocket may be open before its connection_init.',
  },
  slowClientTimeoutMs: {
    ...integer(100, 300_000, 'ms'),
    commands: GATEWAY,
    default: '10000',
    description:
      'How long a client may take nothing of what waits for it. Then a WebSocket is closed with 1013, on which it comes back, and a ' +
      'stream is cut off. A WebSocket that answers no ping is cut off after 12 to 24 s in any case.',
  },
} as const satisfies Record<string, Setting>;
