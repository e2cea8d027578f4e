import { OPERANDS } from './command-line.ts';
import {
  COMMANDS,
  SERVICES,
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
  dataplane: 'the data plane alone: SageMaker Edge Manager and IoT Events over HTTP',
  'test-model': 'run scenarios against detector and alarm models, with a clock of their own',
  load: 'bring fleets, devices, deployments, inputs and models from files into the data plane',
  export: 'write all that load brings back out as files',
  'dead-letters': 'actions that were given up: list them, or have them performed again',
  keys: 'access keys of the data plane: create, list, rotate, revoke',
  backup: 'copy the store to a file, also while a data plane runs on it',
  restore: 'put a backup in the place of the store, which is kept beside it',
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
  'test-model': [
    'fleetgraph test-model scenarios',
    'fleetgraph test-model --load motor.json,inputs.json --trace messages.json',
    'fleetgraph test-model --watch --load my-fleet scenarios',
  ],
  load: [
    'fleetgraph load --endpoint http://127.0.0.1:4010 my-fleet',
    'fleetgraph load --dry-run --data /var/lib/fleetgraph models template.yaml',
  ],
  export: [
    'fleetgraph export --endpoint http://127.0.0.1:4010 backup',
    'fleetgraph export --data /var/lib/fleetgraph backup',
  ],
  'dead-letters': ['fleetgraph dead-letters', 'fleetgraph dead-letters retry 17 18', 'fleetgraph dead-letters retry'],
  keys: [
    'fleetgraph keys create --policy FullAccess',
    'fleetgraph keys create --policy press-01.json --data /var/lib/fleetgraph',
    'fleetgraph keys rotate FGKAQX5D3NVPWT7ALC2M',
  ],
  backup: ['fleetgraph backup /mnt/backup/monday.sqlite --data /var/lib/fleetgraph'],
  restore: ['fleetgraph restore /mnt/backup/monday.sqlite --data /var/lib/fleetgraph'],
};

const NOTES: Readonly<Record<Command, string>> = {
  serve: `The gateway reaches the data plane over HTTP, as it would any other endpoint. An API whose AWS_ENDPOINT_URL_* is set
is asked there; with both set no data plane is started.`,
  gateway: `Without AWS_ENDPOINT_URL_* the AWS SDK's own endpoints and credential chain are used. AWS has ended both services,
so point them at an endpoint that answers, for example "fleetgraph dataplane".`,
  dataplane: `Any AWS SDK or CLI that still has sagemaker-edge and iotevents-data can be pointed at it. Once there are access keys
("fleetgraph keys"), requests have to be signed with one.`,
  'test-model': `A file holds models, steps and what is expected after each (docs/test-model.md); of a directory all *.json files
below it. Nothing is stored and no action is performed. A file without models is about those of --load; a bare
list of messages does as well: without expectations it prints what happens.`,
  load: `Takes the requests of AWS's control planes (--cli-input-json files), answers of describe operations, console exports
and CloudFormation templates, as JSON or YAML. A file with a mistake is left out whole. Without --endpoint the
data directory is opened itself, which no running program may be using.`,
  export: `One file for each resource, models in their current version; load takes them as they are. Files that are there
are overwritten. Without --endpoint the data directory is opened itself, which no running program may be using.`,
  'dead-letters': `"list" (or nothing) prints them, the oldest first; "retry" has those with the ids given performed again, without ids
all of them.`,
  keys: `"create" prints id and secret as variables, the only time that the secret is shown; "rotate" does so for a new key with the
policy of an old one, which works until it is revoked. A data plane that runs heeds every change at once. With the
first key it wants all requests signed.`,
  backup: `Everything acknowledged when it begins is in the file: resources, detectors with their timers, alarms, actions that wait.
access-keys.json is not. The file is new and appears once it is whole, checked and on disk.`,
  restore: `No program may be using the data directory. Timers that came due since the backup fire at the next start, and actions that
waited then are performed, those that were performed since once more, under the same ids. access-keys.json stays.`,
};

/** What `fleetgraph --help` prints; command null: about all commands. */
export function helpText(command: Command | null): string {
  return command === null ? overview() : commandHelp(command);
}

function overview(): string {
  const commands = COMMANDS.map((command) => `  ${command.padEnd(14)}${SUMMARIES[command]}`);
  return `fleetgraph: one GraphQL endpoint over SageMaker Edge Manager and IoT Events Data

Usage: fleetgraph [command] [flags] [operands]

Commands
${commands.join('\n')}

Without a command FLEETGRAPH_COMMAND is taken, and without that "serve".

Examples
${COMMANDS.flatMap((command) => EXAMPLES[command].slice(0, 1).map((example) => `  ${example}`)).join('\n')}

"fleetgraph <command> --help" lists the command's settings; "fleetgraph --version" prints the version.
`;
}

function commandHelp(command: Command): string {
  const settings = Object.entries<Setting>(SETTINGS)
    .filter(([, setting]) => setting.commands.includes(command))
    // What is said each time comes first.
    .toSorted(([, a], [, b]) => Number(b.isFlagOnly ?? false) - Number(a.isFlagOnly ?? false));
  return `fleetgraph ${command}: ${SUMMARIES[command]}

Usage: ${['fleetgraph', command, '[flags]', OPERANDS[command].usage].filter((word) => word !== '').join(' ')}

${NOTES[command]}

Examples
${EXAMPLES[command].map((example) => `  ${example}`).join('\n')}

Settings: a flag overrides its variable, the variable overrides the default. An empty variable counts as unset.

${settings.map(([name, setting]) => settingHelp(name, setting)).join('\n\n')}

${exitText(command)}
`;
}

function exitText(command: Command): string {
  if (SERVICES.some((service) => service === command)) {
    return `Signals: SIGTERM and SIGINT finish what is in flight and exit with 0; a second one exits at once.
Exit codes: 0 stopped, 1 could not start or failed, 2 wrong usage.`;
  }
  const failure = command === 'test-model' ? 'something was not as expected' : 'something was refused or failed';
  return `Exit codes: 0 done, 1 ${failure}, 2 wrong usage.`;
}

function settingHelp(name: string, setting: Setting): string {
  const flag = flagOf(name, setting);
  const variable = variableOf(name, setting);
  const flags = flag !== null && isSwitch(setting) ? `${flag}, --no-${flag.slice(2)}` : flag;
  const heading = [flags, variable].filter((name) => name !== null).join('  ');
  return `  ${heading}
${wrapped(setting.description)}
${wrapped(`${capitalized(setting.rule)}. Default: ${defaultTextOf(setting)}`)}`;
}

/** The text in lines that fit a terminal. */
function wrapped(text: string): string {
  const lines = text.match(/.{1,110}(?:\s|$)/g) ?? [text];
  return lines.map((line) => `      ${line.trimEnd()}`).join('\n');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
