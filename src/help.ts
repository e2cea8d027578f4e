import {
  COMMANDS,
  SETTINGS,
  defaultTextOf,
  flagOf,
  isSwitch,
  variableOf,
  type Command,
  type Setting,
} from './settings.ts';

const SUMMARIES: Readonly<Record<Command, string>> = {
  serve: 'GraphQL and the embedded data plane behind it, in one process',
  gateway: 'GraphQL alone, in front of endpoints that speak the two AWS protocols',
  dataplane: 'the data plane alone: SageMaker Edge Manager and IoT Events Data over HTTP',
};

const EXAMPLES: Readonly<Record<Command, readonly string[]>> = {
  serve: [
    'fleetgraph serve --load examples --simulate',
    'fleetgraph serve --data /var/lib/fleetgraph --port 8080',
    'AWS_ENDPOINT_URL_IOT_EVENTS_DATA=https://events.example.org fleetgraph serve   # that API there, the other embedded',
  ],
  gateway: [
    'AWS_ENDPOINT_URL=http://dataplane.example.org:4010 fleetgraph gateway',
    'fleetgraph gateway --poll-interval-ms 500 --log-format json',
  ],
  dataplane: [
    'fleetgraph dataplane --load my-fleet --data /var/lib/fleetgraph',
    'aws iotevents-data list-detectors --endpoint-url http://127.0.0.1:4010 --detector-model-name motorPressure',
  ],
};

const NOTES: Readonly<Record<Command, string>> = {
  serve: `The gateway reaches the data plane over HTTP, as it would any other endpoint. An API whose AWS_ENDPOINT_URL_* is set
is asked there; with both set no data plane is started.`,
  gateway: `Without AWS_ENDPOINT_URL_* the AWS SDK's own endpoints and credential chain are used. AWS has ended both services,
so point them at an endpoint that answers, for example "fleetgraph dataplane".`,
  dataplane: `Any AWS SDK or CLI that still has sagemaker-edge and iotevents-data can be pointed at it. Credentials are not checked yet.`,
};

/** What `fleetgraph --help` prints; command null: about all commands. */
export function helpText(command: Command | null): string {
  return command === null ? overview() : commandHelp(command);
}

function overview(): string {
  const commands = COMMANDS.map((command) => `  ${command.padEnd(11)}${SUMMARIES[command]}`);
  return `fleetgraph: one GraphQL endpoint over SageMaker Edge Manager and IoT Events Data

Usage: fleetgraph [command] [flags]

Commands
${commands.join('\n')}

Without a command FLEETGRAPH_COMMAND is taken, and without that "serve".

Examples
${COMMANDS.flatMap((command) => EXAMPLES[command].slice(0, 1).map((example) => `  ${example}`)).join('\n')}

"fleetgraph <command> --help" lists the command's settings; "fleetgraph --version" prints the version.
`;
}

function commandHelp(command: Command): string {
  const settings = Object.entries<Setting>(SETTINGS).filter(([, setting]) => setting.commands.includes(command));
  return `fleetgraph ${command}: ${SUMMARIES[command]}

Usage: fleetgraph ${command} [flags]

${NOTES[command]}

Examples
${EXAMPLES[command].map((example) => `  ${example}`).join('\n')}

Settings: a flag overrides its variable, the variable overrides the default. An empty variable counts as unset.

${settings.map(([name, setting]) => settingHelp(name, setting)).join('\n\n')}

Signals: SIGTERM and SIGINT finish what is in flight and exit with 0; a second one exits at once.
Exit codes: 0 stopped, 1 could not start or failed, 2 wrong usage.
`;
}

function settingHelp(name: string, setting: Setting): string {
  const flag = flagOf(name, setting);
  const variable = variableOf(name, setting);
  const heading =
    flag === null ? variable : `${isSwitch(setting) ? `${flag}, --no-${flag.slice(2)}` : flag}  ${variable}`;
  return `  ${heading}
      ${setting.description}
      ${capitalized(setting.rule)}. Default: ${defaultTextOf(setting)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
