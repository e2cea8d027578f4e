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
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly operands: readonly string[];
      readonly settings: Settings;
    };

/** What a command takes besides flags: how many, and how its usage names them. */
export const OPERANDS: Readonly<
  Record<Command, { readonly min: number; readonly max: number; readonly usage: string }>
> = {
  serve: { min: 0, max: 0, usage: '' },
  gateway: { min: 0, max: 0, usage: '' },
  dataplane: { min: 0, max: 0, usage: '' },
  'test-model': { min: 1, max: Infinity, usage: 'FILE...' },
  load: { min: 1, max: Infinity, usage: 'PATH...' },
  export: { min: 1, max: 1, usage: 'DIR' },
  'dead-letters': { min: 0, max: Infinity, usage: '[list | retry [ID...]]' },
  keys: { min: 1, max: 2, usage: 'create | list | rotate ID | revoke ID' },
  backup: { min: 1, max: 1, usage: 'FILE' },
  restore: { min: 1, max: 1, usage: 'FILE' },
};

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
  if (command === undefined) {
    const near = nearest(name, COMMANDS);
    const suggestion = near === null ? '' : `: did you mean ${near}?`;
    throw new UsageError(`Expected one of the commands ${COMMANDS.join(', ')}, got "${name}"${suggestion}`);
  }
  const words = readWords(command, given === null ? args : args.slice(1));
  const { settings, problems } = readSettings(command, words.values, env, terminal);
  const wrong = [...words.problems, ...describeOperands(command, words.operands), ...problems];
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return { kind: 'run', command, operands: words.operands, settings };
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
function readWords(command: Command, args: readonly string[]) {
  const values = new Map<string, string>();
  const operands: string[] = [];
  const problems: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      operands.push(word);
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
        problems.push(`${flag} is a flag of ${listText(known.setting.commands)}, not of ${command}`);
      } else if (value === undefined) {
        problems.push(`${flag}: expected ${known.setting.rule}, got nothing`);
      } else {
        const earlier = known.name === 'load' ? values.get(known.name) : undefined;
        values.set(known.name, earlier === undefined ? value : `${earlier},${value}`);
      }
    }
  }
  return { values, operands, problems };
}

function describeOperands(command: Command, operands: readonly string[]): readonly string[] {
  const { min, max, usage } = OPERANDS[command];
  if (max === 0) return operands.map((operand) => `Expected flags after the command, got "${operand}"`);
  if (operands.length < min) return [`Expected ${usage} after ${command}, got nothing`];
  return operands.slice(max).map((operand) => `Expected ${usage} alone after ${command}, got "${operand}" as well`);
}

/** `a, b and c`. */
function listText(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

function negated({ flag, setting }: Flag): string | null {
  return isSwitch(setting) ? `--no-${flag.slice(2)}` : null;
}

function describeUnknownFlag(command: Command, unknown: string): string {
  const flags = FLAGS.filter(({ setting }) => setting.commands.includes(command)).map(({ flag }) => flag);
  const near = nearest(unknown, flags);
  return `Unknown flag ${unknown}${near === null ? '' : `: did you mean ${near}?`}`;
}

/** The word that was probably meant, if one is near enough. */
function nearest(unknown: string, words: readonly string[]): string | null {
  const [near] = words
    .map((word) => ({ word, distance: editDistance(unknown, word) }))
    .filter(({ word, distance }) => distance <= Math.max(2, word.length / 4))
    .toSorted((a, b) => a.distance - b.distance);
  return near?.word ?? null;
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
