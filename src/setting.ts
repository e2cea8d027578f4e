import { z } from 'zod';

/** The commands that run until they are stopped. */
export const SERVICES = ['serve', 'gateway', 'dataplane'] as const;
export type Service = (typeof SERVICES)[number];

/** All commands; those that are no services do one thing and end. */
export const COMMANDS = [
  ...SERVICES,
  'test-model',
  'load',
  'export',
  'dead-letters',
  'keys',
  'backup',
  'restore',
] as const;
export type Command = (typeof COMMANDS)[number];

/**
 * One setting: what its text must be, and who uses it. Its flag and variable follow from its name (`maxDepth` is
 * `--max-depth` and FLEETGRAPH_MAX_DEPTH), but for those with a `standardName` and for secrets: these are variables only.
 */
export interface Setting {
  /** The variable's name everywhere, such as AWS's own. */
  readonly standardName?: string;
  /** Given as a flag only: it says what to do this time. */
  readonly isFlagOnly?: true;
  /** Given as a variable only, where other users of the machine do not see it, and never repeated. */
  readonly isSecret?: true;
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
export interface Surroundings {
  readonly production: boolean;
  /** Whether standard error is a terminal. */
  readonly terminal: boolean;
}

/** Any text but an empty one. */
export const text = { schema: z.string().min(1), rule: 'a text that is not empty' };

/** Yes or no. */
export const booleanRule = {
  schema: z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }),
  rule: 'true, false, 1 or 0',
};

/** Names of models. */
export const nameList = { schema: listOf(/^[\w-]{1,128}$/), rule: 'names of a-z A-Z 0-9 _ -, separated by commas' };

/** An endpoint, without a slash at its end. */
export const url = {
  schema: z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/$/, '')),
  rule: 'an http or https URL',
  default: null,
};

/** Items separated by commas, each of which has to match. */
export function listOf(item: RegExp) {
  const split = (list: string) => list.split(',').filter((text) => text !== '');
  return z
    .string()
    .transform(split)
    .pipe(z.array(z.string().regex(item)));
}

/** A whole number within bounds. */
export function integer(min: number, max: number, unit = '') {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));
  return { schema, rule: `a whole number${unit && ` of ${unit}`} from ${String(min)} to ${String(max)}` };
}

/** Whole numbers by name, within bounds; those that are not named are as in `defaults`. */
export function numbersOf<const Name extends string>(
  defaults: Readonly<Record<Name, number>>,
  min: number,
  max: number,
) {
  const names = Object.keys(defaults) as Name[];
  const entry = z.tuple([z.enum(names), integer(min, max).schema]);
  const schema = z
    .string()
    .transform((value) => value.split(',').flatMap((text) => (text === '' ? [] : [text.split('=')])))
    .pipe(z.array(entry))
    .transform((entries) => ({ ...defaults, ...Object.fromEntries(entries) }));
  const listed = names.map((name) => `${name} (${String(defaults[name])})`).join(', ');
  const rule = `<name>=<whole number from ${String(min)} to ${String(max)}>, separated by commas; names: ${listed}`;
  return { schema, rule };
}

/** One of some words. */
export function choice<const Name extends string>(names: readonly Name[]) {
  return { schema: z.enum(names), rule: `one of ${names.join(', ')}` };
}

/** Where actions are posted: URLs by the action's type, `*` for all that are not named. */
export function webhooksOf(actions: readonly string[]) {
  const entry = z.tuple([z.enum(['*', ...actions]), z.url({ protocol: /^https?$/ })]);
  const schema = z
    .string()
    .transform(splitWebhooks)
    .pipe(z.array(entry))
    .transform((entries) => new Map(entries));
  const names = actions.join(', ');
  return { schema, rule: `a URL for all actions or <action>=<URL>, separated by commas; actions: ${names}` };
}

/** A URL may hold commas, so an entry begins only where an action or a URL does. */
function splitWebhooks(value: string): readonly (readonly string[])[] {
  const entries = value.split(/,(?=[A-Za-z0-9*]+=|https?:)/).filter((entry) => entry !== '');
  return entries.map((entry) => {
    const [, action = '*', target = ''] = /^(?:([A-Za-z0-9*]+)=)?(.*)$/.exec(entry) ?? [];
    return [action, target];
  });
}
