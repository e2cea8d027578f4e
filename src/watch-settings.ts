import { z } from 'zod';
import { type Command, integer, type Setting } from './setting.ts';

const GATEWAY: readonly Command[] = ['serve', 'gateway'];

/** The settings of subscriptions: how what is watched is polled, and what is kept for whom. */
export const WATCH_SETTINGS = {
  pollIntervalMs: {
    ...integer(100, 3_600_000, 'ms'),
    commands: GATEWAY,
    default: '1000',
    description: 'How often what is watched is read for its subscribers, while it changes.',
  },
  pollMaxIntervalMs: {
    ...integer(100, 3_600_000, 'ms'),
    commands: GATEWAY,
    default: '2000',
    description: 'How often when nothing changes; what is shorter than --poll-interval-ms counts as that.',
  },
  pollCallsPerSecond: {
    ...integer(1, 100_000),
    commands: GATEWAY,
    default: '200',
    description: 'Most upstream calls in a second for all subscriptions together; what is watched takes turns.',
  },
  resumeLogSize: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '10000',
    description: 'Most changes of what is watched that are kept for clients that come back with a cursor.',
  },
  resumeLogAgeMs: {
    ...integer(1000, 86_400_000, 'ms'),
    commands: GATEWAY,
    default: '120000',
    description: 'How long they are kept.',
  },
  maxBacklogEvents: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '1000',
    description:
      'Most events that a subscriber may be behind; from then on it gets the newest state of each object only. Of use below --resume-log-size.',
  },
  redisUrl: {
    schema: z.url({ protocol: /^rediss?$/ }),
    rule: 'a redis:// or rediss:// URL',
    standardName: 'REDIS_URL',
    isSecret: true,
    commands: GATEWAY,
    default: null,
    defaultText: 'none: each polls for itself',
    description: 'The Redis through which replicas of the gateway share what they poll.',
  },
  redisNamespace: {
    schema: z.string().regex(/^[\w:.-]{1,100}$/),
    rule: '1 to 100 of a-z A-Z 0-9 _ : . -',
    commands: GATEWAY,
    default: 'fleetgraph',
    description:
      'What the names of all Redis keys begin with. Replicas that ask the same upstream have the same, those of another upstream another.',
  },
} as const satisfies Record<string, Setting>;
