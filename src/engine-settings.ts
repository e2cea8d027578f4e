import { z } from 'zod';
import { booleanRule, choice, integer, numbersOf, type Setting, text, webhooksOf } from './setting.ts';

// Source: detector-engine.md, section 12.
const AWS_QUOTAS = {
  inputs: 50,
  detectorModels: 50,
  detectorModelsPerInput: 10,
  versionsPerModel: 500,
  tagsPerResource: 50,
  definitionBytes: 524_288,
  states: 20,
  eventsPerState: 20,
  transitionEventsPerState: 20,
  actionsPerEvent: 10,
  variables: 50,
  timers: 5,
};

/** The settings of detectors and alarms: what they may do, and where their actions go. */
export const ENGINE_SETTINGS = {
  quotas: {
    ...numbersOf(AWS_QUOTAS, 1, 10_000_000),
    commands: ['serve', 'dataplane', 'test-model', 'load'],
    default: '',
    defaultText: "AWS's own",
    description:
      "AWS's quotas, raised or lowered: variables are those of one detector, timers those that run in it at a time. " +
      'What is there already stays.',
  },
  minTimerSeconds: {
    ...integer(1, 31_622_400, 'seconds'),
    commands: ['serve', 'dataplane', 'test-model', 'load'],
    default: '60',
    description: "Shortest duration of a timer. AWS's own is the default; shorter ones are for tests.",
  },
  exposeUndeclaredAttributes: {
    ...booleanRule,
    commands: ['serve', 'dataplane', 'test-model'],
    default: 'false',
    description: 'Let expressions see members of a message that its input does not declare.',
  },
  equalityWithUndefined: {
    ...choice(['unequal', 'undefined']),
    commands: ['serve', 'dataplane', 'test-model'],
    default: 'unequal',
    description: 'What == and != give where a side is missing or null: false and true, or neither.',
  },
  integerDivision: {
    ...choice(['nearest', 'truncate']),
    commands: ['serve', 'dataplane', 'test-model'],
    default: 'nearest',
    description: 'Whether the quotient of two integers goes to the nearest integer or towards zero.',
  },
  webhooks: {
    ...webhooksOf(['sns', 'iotTopicPublish', 'lambda', 'sqs', 'firehose', 'dynamoDB', 'dynamoDBv2', 'iotSiteWise']),
    commands: ['serve', 'dataplane'],
    default: '',
    defaultText: 'none: actions are written to the log',
    description:
      "Where the actions of detectors and alarms are posted, as CloudEvents whose body is AWS's payload. Notifications of alarms are lambda actions.",
  },
  webhookSecret: {
    schema: z.string().regex(/^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
    rule: 'whsec_ and 24 to 64 bytes in base64',
    isSecret: true,
    commands: ['serve', 'dataplane'],
    default: null,
    defaultText: 'none: webhooks are not signed',
    description: 'What webhooks are signed with, per Standard Webhooks.',
  },
  webhookTimeoutMs: {
    ...integer(100, 300_000, 'ms'),
    commands: ['serve', 'dataplane'],
    default: '10000',
    description: 'How long a webhook may take to answer.',
  },
  mqttUrl: {
    schema: z.url({ protocol: /^(?:mqtts?|wss?)$/ }),
    rule: 'an mqtt, mqtts, ws or wss URL',
    commands: ['serve', 'dataplane'],
    default: null,
    defaultText: 'none: as other actions',
    description: 'The broker that iotTopicPublish actions go to.',
  },
  mqttUsername: {
    ...text,
    commands: ['serve', 'dataplane'],
    default: null,
    defaultText: 'none',
    description: 'As whom the broker is used.',
  },
  mqttPassword: {
    ...text,
    isSecret: true,
    commands: ['serve', 'dataplane'],
    default: null,
    defaultText: 'none',
    description: "The broker's password.",
  },
  maxActionAttempts: {
    ...integer(1, 1000),
    commands: ['serve', 'dataplane'],
    default: '15',
    description:
      'How often an action is tried, ever more slowly, before it goes to the dead letters; 15 take about an hour.',
  },
} as const satisfies Record<string, Setting>;
