import {
  COMMANDS,
  SETTINGS,
  flagOf,
  isSwitch,
  readSettings,
  type Command,
  type Environment,
  type Setting,
  type Settings,
} from './settings.ts';

/** What the command line asks for. `command` null: help about all commands. */
export type Invocation =
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: Command; readonly settings: Settings };

/** A command line or environment that cannot be used. The message has one line for everything that is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads a command line (without node and script). Without a command FLEETGRAPH_COMMAND is taken, without that `serve`.
 * Throws a UsageError that names everything that is wrong.
 */
export function readCommandLine(args: readonly string[], env: Environment, terminal: boolean): Invocation {
  const given = args[0]?.startsWith('-') === false ? args[0] : null;
  const name = given ?? (env['FLEETGRAPH_COMMAND'] || 'serve');
  const command = COMMANDS.find((candidate) => candidate === name);
  if (args.includes('--help') || args.includes('-h') || given === 'help') {
    return { kind: 'help', command: given === null ? null : (command ?? null) };
  }
  if (args.includes('--version') || args.includes('-v')) return { kind: 'version' };
  if (command === undefined) throw new UsageError(`Expected one of the commands ${COMMANDS.join(', ')}, got "${name}"`);
  const flags = readFlags(command, given === null ? args : args.slice(1));
  const { settings, problems } = readSettings(command, flags.values, env, terminal);
  if (flags.problems.length + problems.length > 0) throw new UsageError([...flags.problems, ...problems].join('\n'));
  return { kind: 'run', command, settings };
}

interface Flag {
  readonly name: string;
  readonly flag: string;
  readonly setting: Setting;
}

const FLAGS: readonly Flag[] = Object.entries<Setting>(SETTINGS).flatMap(([name, setting]) => {
  const flag = flagOf(name, setting);
  return flag === null ? [] : [{ name, flag, setting }];
});

// Not node:util's parseArgs: in its strict mode it stops at the first mistake, and all are to be named.
function readFlags(command: Command, args: readonly string[]) {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      problems.push(`Expected flags after the command, got "${word}"`);
      continue;
    }
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    const inlineValue = equals < 0 ? undefined : word.slice(equals + 1);
    const nextIsValue = inlineValue === undefined && rest[0]?.startsWith('--') === false;
    const takeValue = () => inlineValue ?? (nextIsValue ? rest.shift() : undefined);
    const known = FLAGS.find((candidate) => candidate.flag === flag || negated(candidate) === flag);
    if (known === undefined) {
      problems.push(describeUnknownFlag(command, flag));
      takeValue();
    } else if (isSwitch(known.setting) && inlineValue !== undefined) {
      problems.push(
        `${flag}: expected no value, as it is ${known.flag} or ${String(negated(known))}, got "${inlineValue}"`,
      );
    } else {
      const value = isSwitch(known.setting) ? String(flag === known.flag) : takeValue();
      if (!known.setting.commands.includes(command)) {
        problems.push(`${flag} is a flag of ${known.setting.commands.join(' and ')}, not of ${command}`);
      } else if (value === undefined) {
        problems.push(`${flag}: expected ${known.setting.rule}, got nothing`);
      } else {
        const earlier = known.name === 'load' ? values.get(known.name) : undefined;
        values.set(known.name, earlier === undefined ? value : `${earlier},${value}`);
      }
    }
  }
  return { values, problems };
}

function negated({ flag, setting }: Flag): string | null {
  return isSwitch(setting) ? `--no-${flag.slice(2)}` : null;
}

function describeUnknownFlag(command: Command, unknown: string): string {
  const near = FLAGS.filter(({ setting }) => setting.commands.includes(command))
    .map(({ flag }) => ({ flag, distance: editDistance(unknown, flag) }))
    .filter(({ flag, distance }) => distance <= Math.max(2, flag.length / 4))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return `Unknown flag ${unknown}${near === undefined ? '' : `: did you mean ${near.flag}?`}`;
}

/** Levenshtein distance: how many characters have to be added, dropped or changed. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 0; row < a.length; row += 1) {
    const current = [row + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (a[row] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
