import { z } from 'zod';
import { CONNECTION_SETTINGS } from './connection-settings.ts';
import { ACCESS_SETTINGS } from './access-settings.ts';
import { ENGINE_SETTINGS } from './engine-settings.ts';
import {
  booleanRule,
  choice,
  type Command,
  integer,
  listOf,
  nameList,
  SERVICES,
  type Setting,
  type Surroundings,
  text,
  url,
} from './setting.ts';
import { WATCH_SETTINGS } from './watch-settings.ts';

export { type Command, COMMANDS, type Service, SERVICES, type Setting } from './setting.ts';

const GATEWAY: readonly Command[] = ['serve', 'gateway'];
const DATAPLANE: readonly Command[] = ['serve', 'dataplane'];

const inDevelopment = {
  default: (surroundings: Surroundings) => String(!surroundings.production),
  defaultText: 'true; false if NODE_ENV=production',
};

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
    description: 'Address that the data plane listens on; other than loopback it needs access keys.',
  },
  dataplanePort: {
    ...integer(0, 65535),
    commands: DATAPLANE,
    default: '4010',
    description: 'Port that the data plane listens on; 0 takes a free one.',
  },
  data: {
    ...text,
    commands: [...DATAPLANE, 'load', 'export', 'keys', 'backup', 'restore'],
    default: './data',
    description: 'Directory of the data plane: everything acknowledged is in it. Made if absent.',
  },
  load: {
    schema: listOf(/./),
    rule: 'files and directories, separated by commas',
    commands: [...DATAPLANE, 'test-model'],
    default: '',
    defaultText: 'none',
    description:
      'Files with fleets, devices, deployments, inputs and models to load at start; directories with all that is below them. ' +
      'test-model: the models of scenarios that have none of their own.',
  },
  simulate: {
    ...booleanRule,
    commands: ['serve'],
    default: 'false',
    description: 'Send heartbeats and messages for the fleet of examples/ through GraphQL.',
  },
  sagemakerEdgeEndpoint: {
    ...url,
    standardName: 'AWS_ENDPOINT_URL_SAGEMAKER_EDGE',
    commands: GATEWAY,
    defaultText: "serve: the embedded data plane; gateway: the SDK's own",
    description: 'Where SageMaker Edge Manager answers.',
  },
  iotEventsDataEndpoint: {
    ...url,
    standardName: 'AWS_ENDPOINT_URL_IOT_EVENTS_DATA',
    commands: GATEWAY,
    defaultText: "serve: the embedded data plane; gateway: the SDK's own",
    description: 'Where IoT Events Data answers.',
  },
  sagemakerEndpoint: {
    ...url,
    standardName: 'AWS_ENDPOINT_URL_SAGEMAKER',
    commands: GATEWAY,
    defaultText: 'serve: the embedded data plane, where Edge Manager is; else none',
    description: 'Where the SageMaker control plane answers: the registry of fleets and devices.',
  },
  iotEventsEndpoint: {
    ...url,
    standardName: 'AWS_ENDPOINT_URL_IOT_EVENTS',
    commands: GATEWAY,
    defaultText: 'serve: the embedded data plane, where IoT Events Data is; else none',
    description: 'Where the IoT Events control plane answers: the detector and alarm models.',
  },
  upstreamEndpoint: {
    ...url,
    standardName: 'AWS_ENDPOINT_URL',
    commands: GATEWAY,
    defaultText: 'none',
    description: 'Where all four answer, unless one of those above says otherwise.',
  },
  region: {
    schema: z.string().regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/),
    rule: 'an AWS region such as us-east-1',
    standardName: 'AWS_REGION',
    commands: [...SERVICES, 'load', 'export', 'dead-letters'],
    default: null,
    defaultText: "us-east-1 for the endpoints above and the embedded data plane, else the SDK's own",
    description:
      "The region that calls are signed for, and that the data plane is in. The gateway's credentials for endpoints come from the " +
      "SDK's own chain (AWS_ACCESS_KEY_ID, ...).",
  },
  transport: {
    ...choice(['lean', 'plain']),
    commands: GATEWAY,
    default: 'lean',
    description:
      "How the two data planes are asked: past the SDK clients' middlewares, at a quarter of their CPU, or through them.",
  },
  maxStaleMs: {
    ...integer(0, 3_600_000, 'ms'),
    commands: GATEWAY,
    default: '0',
    description:
      'How old what a query over HTTP is answered with may be; 0: it is asked for anew. What this gateway changes is seen at once. The ' +
      'header X-Data-Age-Ms tells the age of the oldest part.',
  },
  registrationCache: {
    ...booleanRule,
    commands: GATEWAY,
    default: 'false',
    description: 'Answer Device.registration from memory for as long as its CacheTTL says. X-Data-Age-Ms tells.',
  },
  ...WATCH_SETTINGS,
  ...CONNECTION_SETTINGS,
  heartbeatIntervalMs: {
    ...integer(1000, 86_400_000, 'ms'),
    commands: SERVICES,
    default: '60000',
    description:
      'How often devices send heartbeats. Device.presence is LATE once two are missed, OFFLINE after three; GetDeviceFleetReport ' +
      'counts as connected who is not OFFLINE.',
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
    description: 'Detector models of Device.detectors where a query names none and there is no control plane.',
  },
  alarmModels: {
    ...nameList,
    commands: GATEWAY,
    default: '',
    defaultText: 'none',
    description: 'Alarm models of Device.alarms where a query names none and there is no control plane.',
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
  accountId: {
    schema: z.string().regex(/^\d{12}$/),
    rule: '12 digits',
    commands: DATAPLANE,
    default: '123456789012',
    description: 'The AWS account in the ARNs that the data plane makes.',
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
  ...ACCESS_SETTINGS,
  ...ENGINE_SETTINGS,
  trace: {
    ...booleanRule,
    isFlagOnly: true,
    commands: ['test-model'],
    default: 'false',
    description: 'Print every condition that is evaluated, and payloads whole.',
  },
  watch: {
    ...booleanRule,
    isFlagOnly: true,
    commands: ['test-model'],
    default: 'false',
    description: 'Run again whenever a file changes, until interrupted.',
  },
  json: {
    ...booleanRule,
    isFlagOnly: true,
    commands: ['test-model', 'load', 'dead-letters', 'keys'],
    default: 'false',
    description: 'Print one JSON document.',
  },
  dryRun: {
    ...booleanRule,
    isFlagOnly: true,
    commands: ['load'],
    default: 'false',
    description: 'Only tell what would be done.',
  },
  endpoint: {
    ...url,
    isFlagOnly: true,
    defaultText: 'dead-letters: http://127.0.0.1:4010; load and export: none, they open the data directory',
    commands: ['load', 'export', 'dead-letters'],
    description: 'Where the data plane that is running answers.',
  },
  logLevel: {
    ...choice(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    commands: SERVICES,
    default: 'info',
    description: 'The least that is logged, to standard error.',
  },
  logFormat: {
    ...choice(['json', 'pretty']),
    commands: SERVICES,
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

/** `--max-depth` for maxDepth; null for one that is a variable only. */
export function flagOf(name: string, setting: Setting): string | null {
  return setting.standardName === undefined && setting.isSecret !== true ? `--${words(name).join('-')}` : null;
}

/** `FLEETGRAPH_MAX_DEPTH` for maxDepth; the name that it has everywhere, where there is one; null for one that is a flag only. */
export function variableOf(name: string, setting: Setting): string | null {
  if (setting.isFlagOnly === true) return null;
  return setting.standardName ?? `FLEETGRAPH_${words(name).join('_').toUpperCase()}`;
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
    const variableName = variableOf(name, setting);
    const variable = variableName !== null && setting.commands.includes(command) ? env[variableName] : undefined;
    const standard = typeof setting.default === 'function' ? setting.default(surroundings) : setting.default;
    const text = flag ?? (variable === '' ? undefined : variable) ?? standard;
    if (text === null) return null;
    const result = setting.schema.safeParse(text);
    if (result.success) return result.data;
    const source = flag === undefined ? variableName : flagOf(name, setting);
    problems.push(
      `${String(source)}: expected ${setting.rule}, got ${setting.isSecret === true ? 'another text' : `"${text}"`}`,
    );
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
