import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommandLine, UsageError } from '../src/command-line.ts';
import { engineOptions, quotasOf } from '../src/engine-options.ts';
import { awsLimits } from '../src/engine/detector/read-definition.ts';
import { defaultOptions } from '../src/engine/options.ts';
import { defaultTextOf, flagOf, isSwitch, SETTINGS, variableOf, type Setting, type Settings } from '../src/settings.ts';

const settings = Object.entries<Setting>(SETTINGS);

function read(args: readonly string[], env: Readonly<Record<string, string>> = {}, terminal = false): Settings {
  const invocation = readCommandLine(args, env, terminal);
  if (invocation.kind !== 'run') throw new Error(`Expected settings, got ${invocation.kind}`);
  return invocation.settings;
}

function problemsOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    readCommandLine(args, env, false);
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('where a setting comes from', () => {
  it('takes the defaults that the documents name', () => {
    expect(read([])).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      dataplaneHost: '127.0.0.1',
      dataplanePort: 4010,
      data: './data',
      load: [],
      simulate: false,
      pollIntervalMs: 1000,
      deadlineMs: 10_000,
      keyTemplate: '{deviceName}',
      detectorModels: [],
      sagemakerEdgeEndpoint: null,
    });
  });

  it('lets a flag override the variable, and the variable the default', () => {
    const env = { FLEETGRAPH_PORT: '5000', FLEETGRAPH_DEADLINE_MS: '2000' };
    const { port, deadlineMs, dataplanePort } = read(['serve', '--port', '6000'], env);
    expect({ port, deadlineMs, dataplanePort }).toEqual({ port: 6000, deadlineMs: 2000, dataplanePort: 4010 });
  });

  it('counts an empty variable as unset', () => {
    expect(read([], { FLEETGRAPH_PORT: '', AWS_ENDPOINT_URL: '', FLEETGRAPH_COMMAND: '' })).toMatchObject({
      port: 4000,
      upstreamEndpoint: null,
    });
  });

  it('reads --flag value and --flag=value, --switch and --no-switch', () => {
    const { port, host, simulate, introspection } = read(
      ['--port=1', '--host', 'localhost', '--simulate', '--no-introspection'],
      { FLEETGRAPH_INTROSPECTION: 'true' },
    );
    expect({ port, host, simulate, introspection }).toEqual({
      port: 1,
      host: 'localhost',
      simulate: true,
      introspection: false,
    });
  });

  it('collects --load given several times, and separates by commas', () => {
    expect(read(['--load', 'a', '--load=b,c']).load).toEqual(['a', 'b', 'c']);
  });

  it('drops the trailing slash of an endpoint', () => {
    expect(read(['gateway'], { AWS_ENDPOINT_URL_IOT_EVENTS_DATA: 'http://localhost:4010/' })).toMatchObject({
      iotEventsDataEndpoint: 'http://localhost:4010',
    });
  });

  it.each(['introspection', 'landingPage', 'debugExtensions'] as const)('turns %s off in production', (name) => {
    expect(read([])[name]).toBe(true);
    expect(read([], { NODE_ENV: 'production' })[name]).toBe(false);
    expect(read([String(flagOf(name, SETTINGS[name]))], { NODE_ENV: 'production' })[name]).toBe(true);
  });

  it('logs for people on a terminal and for machines elsewhere', () => {
    expect(read([], {}, true).logFormat).toBe('pretty');
    expect(read([], {}, false).logFormat).toBe('json');
  });

  it('answers settings that nobody can change', () => {
    expect(Object.isFrozen(read([]))).toBe(true);
  });
});

describe('the command', () => {
  it.each([
    [[], {}, 'serve'],
    [['gateway'], {}, 'gateway'],
    [[], { FLEETGRAPH_COMMAND: 'dataplane' }, 'dataplane'],
    [['gateway'], { FLEETGRAPH_COMMAND: 'dataplane' }, 'gateway'],
  ])('of %j with %j is %s', (args, env, command) => {
    expect(readCommandLine(args, env, false)).toMatchObject({ kind: 'run', command });
  });

  it('that does not exist is named', () => {
    const commands = 'serve, gateway, dataplane, test-model, load, export, dead-letters, keys, backup, restore';
    expect(problemsOf(['frobnicate'])).toEqual([`Expected one of the commands ${commands}, got "frobnicate"`]);
    expect(problemsOf(['sevre'])).toEqual([
      `Expected one of the commands ${commands}, got "sevre": did you mean serve?`,
    ]);
  });

  it.each([
    [['--help'], { kind: 'help', command: null }],
    [['gateway', '-h'], { kind: 'help', command: 'gateway' }],
    [['help'], { kind: 'help', command: null }],
    [['--version'], { kind: 'version' }],
  ])('%j is answered however wrong the rest is', (args, invocation) => {
    expect(readCommandLine([...args, '--prot'], { FLEETGRAPH_PORT: 'x' }, false)).toEqual(invocation);
  });
});

describe('what is wrong', () => {
  it('is named with its rule, all at once', () => {
    const args = ['--prot', '5', '--poll-interval-ms', '99', '--simulate=yes', '--key-template', 'x', 'extra'];
    expect(problemsOf(args, { FLEETGRAPH_PORT: '65536', FLEETGRAPH_LOG_LEVEL: 'loud' })).toEqual([
      'Unknown flag --prot: did you mean --port?',
      '--simulate: expected no value, as it is --simulate or --no-simulate, got "yes"',
      'Expected flags after the command, got "extra"',
      'FLEETGRAPH_PORT: expected a whole number from 0 to 65535, got "65536"',
      '--poll-interval-ms: expected a whole number of ms from 100 to 3600000, got "99"',
      '--key-template: expected a text with {deviceName} in it, got "x"',
      'FLEETGRAPH_LOG_LEVEL: expected one of trace, debug, info, warn, error, silent, got "loud"',
    ]);
  });

  it('may be a flag of another command', () => {
    expect(problemsOf(['gateway', '--data', 'x', '--simulate'])).toEqual([
      '--data is a flag of serve, dataplane, load, export, keys, backup and restore, not of gateway',
      '--simulate is a flag of serve, not of gateway',
    ]);
  });

  it('may be an operand too few or too many', () => {
    expect(problemsOf(['export'])).toEqual(['Expected DIR after export, got nothing']);
    expect(problemsOf(['export', 'a', 'b'])).toEqual(['Expected DIR alone after export, got "b" as well']);
    expect(problemsOf(['test-model', '--trace'])).toEqual(['Expected FILE... after test-model, got nothing']);
  });

  it('is not a variable that only another command reads', () => {
    expect(problemsOf(['dataplane'], { FLEETGRAPH_PORT: 'x' })).toEqual([]);
  });

  it('may be a flag without its value', () => {
    expect(problemsOf(['--port'])).toEqual(['--port: expected a whole number from 0 to 65535, got nothing']);
    expect(problemsOf(['--data', '--port', '1'])).toEqual(['--data: expected a text that is not empty, got nothing']);
  });

  it('is an unknown flag with no suggestion where none is near', () => {
    expect(problemsOf(['--frobnicate'])).toEqual(['Unknown flag --frobnicate']);
  });

  const wrongValues: Readonly<Record<string, readonly string[]>> = {
    'a whole number': ['', ' 1', '1.5', '-1', '1e3', 'x', '999999999999'],
    'true, false': ['yes', 'on', '2', 'truee'],
    'one of': ['x', 'INFO,'],
    'an http': ['localhost', 'ftp://x', 'http//x'],
    'origins such': ['x', 'https://a/', 'ftp://a', 'https://a b', 'https://a,x'],
    'names of': ['a b', 'a, b', 'a,ü'],
    'a text with': ['x', '{devicename}'],
    '12 digits': ['', '12345678901', '1234567890123', '12345678901x'],
  };

  it.each(settings)('%s holds its text to its rule', (_name, setting) => {
    const wrong = Object.entries(wrongValues).find(([rule]) => setting.rule.startsWith(rule))?.[1] ?? [];
    for (const text of wrong) expect(setting.schema.safeParse(text).success, `"${text}"`).toBe(false);
  });

  it.each(settings.filter(([, setting]) => setting.rule.startsWith('a whole number')))(
    '%s takes exactly the whole numbers that its rule allows',
    (_name, setting) => {
      const [min = 0, max = 0] = [...setting.rule.matchAll(/\d+/g)].map(([digits]) => Number(digits));
      fc.assert(
        fc.property(fc.oneof(fc.nat(), fc.constantFrom(min - 1, min, max, max + 1)), (number) => {
          expect(setting.schema.safeParse(String(number)).success).toBe(number >= min && number <= max);
        }),
      );
    },
  );
});

describe('operands', () => {
  it('stand before, between and after flags', () => {
    expect(readCommandLine(['test-model', 'a', '--trace', 'b', '--load', 'c', 'd'], {}, false)).toMatchObject({
      command: 'test-model',
      operands: ['a', 'b', 'd'],
      settings: { trace: true, load: ['c'] },
    });
  });
});

describe('the table of settings', () => {
  it('has one name for one setting', () => {
    const names = settings.map(([name, setting]) => variableOf(name, setting) ?? flagOf(name, setting));
    expect(new Set(names).size).toBe(settings.length);
  });

  it('has no variable for what is said each time', () => {
    expect(read(['test-model', 'x'], { FLEETGRAPH_TRACE: 'true' }).trace).toBe(false);
    expect(read(['test-model', 'x', '--trace']).trace).toBe(true);
  });

  it.each(settings)('says of %s what it is, and its default keeps its own rule', (_name, setting) => {
    expect(setting.description).toMatch(/^[A-Z].*\.$/);
    expect(defaultTextOf(setting)).not.toMatch(/^(?:null|undefined)?$|=>/);
    for (const production of [true, false]) {
      const standard =
        typeof setting.default === 'function' ? setting.default({ production, terminal: true }) : setting.default;
      if (standard !== null) expect(setting.schema.safeParse(standard).success).toBe(true);
    }
  });

  it('spells flags and variables alike', () => {
    expect(flagOf('maxDepth', SETTINGS.maxDepth)).toBe('--max-depth');
    expect(variableOf('maxDepth', SETTINGS.maxDepth)).toBe('FLEETGRAPH_MAX_DEPTH');
    expect(flagOf('region', SETTINGS.region)).toBeNull();
    expect(variableOf('region', SETTINGS.region)).toBe('AWS_REGION');
    expect(isSwitch(SETTINGS.simulate)).toBe(true);
  });
});

describe('quotas', () => {
  it("are AWS's where nothing is said", () => {
    const settings = read(['dataplane']);
    expect(engineOptions(settings)).toEqual(defaultOptions);
    expect(quotasOf(settings)).toEqual({
      maxInputs: 50,
      maxDetectorModels: 50,
      maxDetectorModelsPerInput: 10,
      maxVersionsPerModel: 500,
      maxDefinitionBytes: 512 * 1024,
      maxTagsPerResource: 50,
      definition: awsLimits,
    });
  });

  it('are changed one by one', () => {
    const settings = read(['test-model', 'x', '--quotas', 'states=40,timers=1,inputs=10000000,']);
    expect(engineOptions(settings)).toEqual({ ...defaultOptions, maxTimersPerDetector: 1 });
    expect(quotasOf(settings)).toMatchObject({ maxInputs: 10_000_000, definition: { ...awsLimits, maxStates: 40 } });
  });

  it.each([
    'state=1',
    'states',
    'states=',
    'states=0',
    'states=10000001',
    'states=1.5',
    'states=1=2',
    'states=1;timers=1',
  ])('refuse %s and say what may stand there', (text) => {
    expect(problemsOf(['load', 'x', '--quotas', text])).toEqual([
      expect.stringMatching(
        /^--quotas: expected <name>=<whole number from 1 to 10000000>, separated by commas; names: inputs \(50\), .*timers \(5\), got "/,
      ),
    ]);
  });
});

describe('where actions go', () => {
  it('takes one URL for all actions, one for each, or both', () => {
    const webhooksOf = (text: string) => Object.fromEntries(read(['dataplane', '--webhooks', text]).webhooks);
    expect(webhooksOf('https://a.example/x?y=1,2')).toEqual({ '*': 'https://a.example/x?y=1,2' });
    expect(webhooksOf('sns=https://a.example/,http://b.example/,dynamoDBv2=https://c.example/?d=e,f')).toEqual({
      sns: 'https://a.example/',
      '*': 'http://b.example/',
      dynamoDBv2: 'https://c.example/?d=e,f',
    });
    expect(read(['dataplane']).webhooks).toEqual(new Map());
  });

  it.each(['ftp://a.example', 'nope=https://a.example', 'sns=', 'a.example', 'iotEvents=https://a.example'])(
    'refuses webhooks such as %s',
    (text) => {
      expect(problemsOf(['dataplane', '--webhooks', text])).toHaveLength(1);
    },
  );

  it('takes secrets from variables alone, and repeats none', () => {
    const env = { FLEETGRAPH_WEBHOOK_SECRET: 'whsec_c2hvcnQ=', FLEETGRAPH_MQTT_PASSWORD: 'pa55word' };
    expect(problemsOf(['dataplane'], env)).toEqual([
      'FLEETGRAPH_WEBHOOK_SECRET: expected whsec_ and 24 to 64 bytes in base64, got another text',
    ]);
    expect(problemsOf(['dataplane', '--mqtt-password', 'pa55word'])).toEqual([
      expect.stringMatching(/^Unknown flag --mqtt-password/),
    ]);
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const { webhookSecret, mqttPassword } = read(['dataplane'], { ...env, FLEETGRAPH_WEBHOOK_SECRET: secret });
    expect({ webhookSecret, mqttPassword }).toEqual({ webhookSecret: secret, mqttPassword: 'pa55word' });
  });
});
