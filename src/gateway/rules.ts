import { badUserInput } from './errors.ts';

/** What AWS demands of a text. Lengths are in characters. */
export interface TextRule {
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern?: RegExp;
  /** The rule in words, after "Expected". */
  readonly words: string;
}

const modelName = text(1, 128, /^[a-zA-Z0-9_-]+$/, 'a-z A-Z 0-9 _ -');
const entryId = text(1, 64, /^[a-zA-Z0-9_-]+$/, 'a-z A-Z 0-9 _ -');
const deviceName = text(1, 63, /^[a-zA-Z0-9](-*_*[a-zA-Z0-9])*$/, 'a-z A-Z 0-9 with - and _ in between');
const entityName = text(1, 63, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, 'a-z A-Z 0-9 with - in between');
const version = text(1, 64, /^[a-zA-Z0-9 _.]+$/, 'a-z A-Z 0-9 space _ .');

/** AWS's rules for the texts in arguments. Source: wire.md, sections 4 and 5. */
export const RULES = {
  detectorModelName: modelName,
  alarmModelName: modelName,
  keyValue: text(1, 128, /^[a-zA-Z0-9\-_:]+$/, 'a-z A-Z 0-9 - _ :'),
  messageId: entryId,
  requestId: entryId,
  inputName: text(1, 128, /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, 'a-z A-Z 0-9 _ . - that begin with a letter or digit'),
  stateName: text(1, 128),
  variableName: text(1, 128, /^[a-zA-Z][a-zA-Z0-9_]*$/, 'a-z A-Z 0-9 _ that begin with a letter'),
  variableValue: text(1, 1024),
  timerName: text(1, 128),
  note: text(0, 256),
  deviceName,
  deviceFleetName: deviceName,
  agentVersion: version,
  modelName: text(4, 255, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, 'a-z A-Z 0-9 with - in between'),
  modelVersion: version,
  modelHandle: entityName,
  deploymentName: entityName,
  deploymentStatus: entityName,
  dimension: text(1, 1000, /^[a-zA-Z0-9](-*[a-zA-Z0-9/])*$/, 'a-z A-Z 0-9 / with - in between'),
  metricName: text(4, 100, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, 'a-z A-Z 0-9 with - in between'),
} as const satisfies Record<string, TextRule>;

/** The largest page of a connection and the most ids of `nodes`: AWS's largest page. Source: wire.md, section 4, MaxResults. */
export const MAX_PAGE = 250;
/** SageMaker's largest page. Source: wire.md, section 8.1. */
export const MAX_SAGEMAKER_PAGE = 100;

const SHOWN_LENGTH = 100;

function text(minLength: number, maxLength: number, pattern?: RegExp, characters = 'any kind'): TextRule {
  const words = `${minLength} to ${maxLength} characters of ${characters}`;
  return pattern ? { minLength, maxLength, pattern, words } : { minLength, maxLength, words };
}

/** Whether a text keeps a rule. */
export function keepsRule(value: string, rule: TextRule): boolean {
  const { length } = value;
  return length >= rule.minLength && length <= rule.maxLength && (rule.pattern?.test(value) ?? true);
}

/** Fails with BAD_USER_INPUT unless the text keeps the rule; one that was not given keeps every rule. */
export function checkText(argument: string, value: string | null | undefined, rule: TextRule): void {
  if (value === null || value === undefined || keepsRule(value, rule)) return;
  const shown = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}... (${value.length} characters)` : value;
  throw badUserInput(argument, `Expected ${rule.words}, got ${JSON.stringify(shown)}`);
}

/** Fails with BAD_USER_INPUT unless min <= value <= max; a number that was not given is in every range. */
export function checkRange(argument: string, value: number | null | undefined, min: number, max: number): void {
  if (value === null || value === undefined || (value >= min && value <= max)) return;
  throw badUserInput(argument, `Expected ${min} to ${max}, got ${value}`);
}

/** Fails with BAD_USER_INPUT unless the list has 1 to `max` entries. */
export function checkListSize(argument: string, list: readonly unknown[], max: number): void {
  if (list.length >= 1 && list.length <= max) return;
  throw badUserInput(argument, `Expected 1 to ${max} entries, got ${list.length}`);
}

/** Fails with BAD_USER_INPUT unless the named arguments keep AWS's rules. */
export function checkArguments(
  values: { readonly [Name in keyof typeof RULES]?: string | null | undefined },
  path = '',
): void {
  for (const [name, value] of Object.entries(values))
    checkText(`${path}${name}`, value, RULES[name as keyof typeof RULES]);
}
