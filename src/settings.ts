import { z } from 'zod';

export const COMMANDS = ['serve', 'gateway', 'dataplane'] as const;
export type Command = (typeof COMMANDS)[number];

/**
 * One setting: what its text must be, and who uses it. Its flag and variable follow from its name (`maxDepth` is
 * `--max-depth` and FLEETGRAPH_MAX_DEPTH), but for those that have an `awsName`: these are variables only.
 */
export interface Setting {
  readonly awsName?: string;
  readonly commands: readonly Command[];
  readonly schema: z.ZodType;
  /** What the text must be, after "expected". */
  readonly rule: string;
  /** As text, so that a default is held to its own rule; null: the value is null unless given. */
  readonly default: string | null | ((surroundings: Surroundings) => string);
  /** Shown in place of a default that says too little. */
  readonly defaultText?: string;
  readonly description: string;
}

/** What some defaults depend on. */
interface Surroundings {
  readonly production: boolean;
  /** Whether standard error is a terminal. */
  readonly terminal: boolean;
}

const EVERY: readonly Command[] = COMMANDS;
const GATEWAY: readonly Command[] = ['serve', 'gateway'];
const DATAPLANE: readonly Command[] = ['serve', 'dataplane'];

const text = { schema: z.string().min(1), rule: 'a text that is not empty' };
const booleanRule = {
  schema: z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }),
  rule: 'true, false, 1 or 0',
};
const inDevelopment = {
  default: (surroundings: Surroundings) => String(!surroundings.production),
  defaultText: 'true; false if NODE_ENV=production',
};
const nameList = { schema: listOf(/^[\w-]{1,128}$/), rule: 'names of a-z A-Z 0-9 _ -, separated by commas' };
const url = {
  schema: z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/$/, '')),
  rule: 'an http or https URL',
  default: null,
};

function listOf(item: RegExp) {
  const split = (list: string) => list.split(',').filter((text) => text !== '');
  return z
    .string()
    .transform(split)
    .pipe(z.array(z.string().regex(item)));
}

function integer(min: number, max: number, unit = '') {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));
  return { schema, rule: `a whole number${unit && ` of ${unit}`} from ${String(min)} to ${String(max)}` };
}

function choice<const Name extends string>(names: readonly Name[]) {
  return { schema: z.enum(names), rule: `one of ${names.join(', ')}` };
}

/** Every setting, once: reading, `--help` and the README's table are made from this. */
export const SETTINGS = {
  host: {
    ...text,
    commands: GATEWAY,
    default: '127.0.0.1',
    description:
      'Address that GraphQL listens on. There is no authentication yet: leave it on loopback or behind a proxy.',
  },
  port: {
    ...integer(0, 65535),
    commands: GATEWAY,
    default: '4000',
    description: 'Port that GraphQL listens on; 0 takes a free one.',
  },
  dataplaneHost: {
    ...text,
    commands: DATAPLANE,
    default: '127.0.0.1',
    description: 'Address that the data plane listens on.',
  },
  dataplanePort: {
    ...integer(0, 65535),
    commands: DATAPLANE,
    default: '4010',
    description: 'Port that the data plane listens on; 0 takes a free one.',
  },
  data: {
    ...text,
    commands: DATAPLANE,
    default: './data',
    description: 'Directory of the data plane: everything acknowledged is in it. Made if absent.',
  },
  load: {
    schema: listOf(/./),
    rule: 'directories, separated by commas',
    commands: DATAPLANE,
    default: '',
    defaultText: 'none',
    description:
      'Directories with fleets, devices, deployments, inputs and detector models to load at start (JSON files).',
  },
  simulate: {
    ...booleanRule,
    commands: ['serve'],
    default: 'false',
    description: 'Send heartbeats and messages for the fleet of examples/ through GraphQL.',
  },
  sagemakerEdgeEndpoint: {
    ...url,
    awsName: 'AWS_ENDPOINT_URL_SAGEMAKER_EDGE',
    commands: GATEWAY,
    defaultText: "serve: the embedded data plane; gateway: the SDK's own",
    description: 'Where SageMaker Edge Manager answers.',
  },
  iotEventsDataEndpoint: {
    ...url,
    awsName: 'AWS_ENDPOINT_URL_IOT_EVENTS_DATA',
    commands: GATEWAY,
    defaultText: "serve: the embedded data plane; gateway: the SDK's own",
    description: 'Where IoT Events Data answers.',
  },
  endpoint: {
    ...url,
    awsName: 'AWS_ENDPOINT_URL',
    commands: GATEWAY,
    defaultText: 'none',
    description: 'Where both answer, unless one of the two above says otherwise.',
  },
  region: {
    schema: z.string().regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/),
    rule: 'an AWS region such as us-east-1',
    awsName: 'AWS_REGION',
    commands: GATEWAY,
    default: null,
    defaultText: "us-east-1 for the endpoints above and the embedded data plane, else the SDK's own",
    description:
      "The region that calls are signed for. Credentials come from the SDK's own chain (AWS_ACCESS_KEY_ID, ...).",
  },
  pollIntervalMs: {
    ...integer(100, 3_600_000, 'ms'),
    commands: GATEWAY,
    default: '1000',
    description: 'How often a watched object is read for its subscribers.',
  },
  deadlineMs: {
    ...integer(100, 300_000, 'ms'),
    commands: GATEWAY,
    default: '10000',
    description: 'How long an operation, and each call that it makes, may take.',
  },
  keyTemplate: {
    schema: z.string().includes('{deviceName}'),
    rule: 'a text with {deviceName} in it',
    commands: GATEWAY,
    default: '{deviceName}',
    description: "The keyValue of a device's detectors and alarms; {deviceFleetName} may stand in it too.",
  },
  detectorModels: {
    ...nameList,
    commands: GATEWAY,
    default: '',
    defaultText: 'none',
    description: 'Detector models of Device.detectors where a query names none.',
  },
  alarmModels: {
    ...nameList,
    commands: GATEWAY,
    default: '',
    defaultText: 'none',
    description: 'Alarm models of Device.alarms where a query names none.',
  },
  introspection: {
    ...booleanRule,
    commands: GATEWAY,
    ...inDevelopment,
    description: 'Answer questions about the schema.',
  },
  landingPage: {
    ...booleanRule,
    commands: GATEWAY,
    ...inDevelopment,
    description: 'Show Apollo Sandbox to browsers.',
  },
  debugExtensions: {
    ...booleanRule,
    commands: GATEWAY,
    ...inDevelopment,
    description: 'Tell in extensions.upstreamCalls how many upstream calls an operation made.',
  },
  corsOrigins: {
    schema: listOf(/^(?:\*|https?:\/\/[^\s/]+)$/),
    rule: 'origins such as https://app.example.com, or *, separated by commas',
    commands: GATEWAY,
    default: '',
    defaultText: 'none',
    description: "Web pages of other origins that may ask. Without it only those of the gateway's own address.",
  },
  bodyLimitBytes: {
    ...integer(1024, 104_857_600, 'bytes'),
    commands: GATEWAY,
    default: '1048576',
    description: 'Largest GraphQL request, over HTTP or a WebSocket.',
  },
  maxDepth: {
    ...integer(1, 1000),
    commands: GATEWAY,
    default: '15',
    description: 'Deepest nesting of fields in a document.',
  },
  maxAliases: {
    ...integer(0, 100_000),
    commands: GATEWAY,
    default: '100',
    description: 'Most aliases in a document.',
  },
  maxTokens: {
    ...integer(1, 1_000_000),
    commands: GATEWAY,
    default: '5000',
    description: 'Most tokens in a document.',
  },
  maxDirectives: {
    ...integer(0, 100_000),
    commands: GATEWAY,
    default: '50',
    description: 'Most directives in a document.',
  },
  maxBatchEntries: {
    ...integer(1, 100_000),
    commands: GATEWAY,
    default: '1000',
    description: 'Most entries of one batch mutation.',
  },
  maxSubscriptionsPerConnection: {
    ...integer(1, 100_000),
    commands: GATEWAY,
    default: '100',
    description: 'Most subscriptions of one WebSocket.',
  },
  connectionInitTimeoutMs: {
    ...integer(100, 300_000, 'ms'),
    commands: GATEWAY,
    default: '10000',
    description: 'How long a WebSocket may be open before its connection_init.',
  },
  dataplaneBodyLimitBytes: {
    ...integer(1024, 104_857_600, 'bytes'),
    commands: DATAPLANE,
    default: '1048576',
    description: 'Largest request of the data plane.',
  },
  messagePayloadLimitBytes: {
    ...integer(1, 1_048_576, 'bytes'),
    commands: DATAPLANE,
    default: '1024',
    description: "Largest payload of one message, decoded. AWS's own limit is the default.",
  },
  logLevel: {
    ...choice(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    commands: EVERY,
    default: 'info',
    description: 'The least that is logged, to standard error.',
  },
  logFormat: {
    ...choice(['json', 'pretty']),
    commands: EVERY,
    default: (surroundings) => (surroundings.terminal ? 'pretty' : 'json'),
    defaultText: 'pretty on a terminal, else json',
    description: 'Lines for machines or for people.',
  },
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof SETTINGS;

/** Every setting's value; null only where the setting has no default. Frozen. */
export type Settings = {
  readonly [Name in SettingName]:
    z.output<(typeof SETTINGS)[Name]['schema']> | ((typeof SETTINGS)[Name]['default'] extends null ? null : never);
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment variables. */
export const environment: Environment = process.env;

/** `--max-depth` for maxDepth; null for a setting that is a variable only. */
export function flagOf(name: string, setting: Setting): string | null {
  return setting.awsName === undefined ? `--${words(name).join('-')}` : null;
}

/** `FLEETGRAPH_MAX_DEPTH` for maxDepth; AWS's own name where AWS has one. */
export function variableOf(name: string, setting: Setting): string {
  return setting.awsName ?? `FLEETGRAPH_${words(name).join('_').toUpperCase()}`;
}

/** A setting's default as people read it. */
export function defaultTextOf(setting: Setting): string {
  return setting.defaultText ?? String(setting.default);
}

/**
 * Settings from `flags` (name of the setting -> text) and environment variables: flags override variables, these override
 * defaults; an empty variable counts as unset. Answers everything that is wrong, one sentence each, in `problems`.
 */
export function readSettings(
  command: Command,
  flags: ReadonlyMap<string, string>,
  env: Environment,
  terminal: boolean,
): { readonly settings: Settings; readonly problems: readonly string[] } {
  const surroundings = { production: env['NODE_ENV'] === 'production', terminal };
  const problems: string[] = [];
  const read = (name: string, setting: Setting): unknown => {
    const flag = flags.get(name);
    // What only another command needs is none of this one's business, however wrong it may be.
    const variable = setting.commands.includes(command) ? env[variableOf(name, setting)] : undefined;
    const standard = typeof setting.default === 'function' ? setting.default(surroundings) : setting.default;
    const text = flag ?? (variable === '' ? undefined : variable) ?? standard;
    if (text === null) return null;
    const result = setting.schema.safeParse(text);
    if (result.success) return result.data;
    const source = flag === undefined ? variableOf(name, setting) : String(flagOf(name, setting));
    problems.push(`${source}: expected ${setting.rule}, got "${text}"`);
    return null;
  };
  const entries = Object.entries(SETTINGS).map(([name, setting]) => [name, read(name, setting)] as const);
  // The types follow from SETTINGS; where null stands for a wrong value, `problems` is not empty.
  return { settings: Object.freeze(Object.fromEntries(entries)) as Settings, problems };
}

/** Whether a setting is given as `--x` or `--no-x`, without a value. */
export function isSwitch(setting: Setting): boolean {
  return setting.schema === booleanRule.schema;
}

function words(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}
