import { type Json, formatJson, isJsonObject, kindOf } from './json.ts';
import { type Issue } from './reading.ts';

/** A member of a request: its value (undefined where absent or null), where it stands, and where findings go. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly issues: Issue[];
}

/** What a text must be: at least 1 character unless `min` says otherwise. */
export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

/** The whole request as a place. */
export function root(request: unknown, issues: Issue[]): Place {
  return { value: request ?? undefined, path: '', issues };
}

/** A member by name. Explicit nulls count as absent. Source: detector-engine.md, 5.1. */
export function member(of: Place, name: string): Place {
  const value = isJsonObject(of.value) ? of.value[name] : undefined;
  return { value: value ?? undefined, path: of.path === '' ? name : `${of.path}.${name}`, issues: of.issues };
}

/** Adds a finding at a place. */
export function report(place: Place, message: string): void {
  place.issues.push({ path: place.path, message });
}

/** Whether the place holds an object; reports it if not. */
export function requireObject(place: Place): boolean {
  if (isJsonObject(place.value)) return true;
  reportKind(place, 'an object');
  return false;
}

/** The entries of a list; none if it is absent. Reports anything that is no list. */
export function entries(place: Place): readonly Place[] {
  if (place.value === undefined) return [];
  if (!Array.isArray(place.value)) {
    reportKind(place, 'a list');
    return [];
  }
  return place.value.map((value: unknown, index) => ({
    value: value ?? undefined,
    path: `${place.path}[${index}]`,
    issues: place.issues,
  }));
}

/** The text of an optional member; null if it is absent or was reported. */
export function optionalText(place: Place, rule: TextRule): string | null {
  return place.value === undefined ? null : readText(place, rule);
}

/** The text of a required member; empty if it was reported. */
export function requiredText(place: Place, rule: TextRule): string {
  return readText(place, rule) ?? '';
}

/** One of the values, or null if the member is absent or was reported. */
export function optionalChoice<T extends string>(place: Place, values: readonly T[]): T | null {
  if (place.value === undefined) return null;
  const found = values.find((value) => value === place.value);
  if (found === undefined) reportConstraint(place, `Member must satisfy enum value set: [${values.join(', ')}]`);
  return found ?? null;
}

/** One of the values; the first if the member was reported. */
export function requiredChoice<T extends string>(place: Place, values: readonly [T, ...T[]]): T {
  if (place.value === undefined) reportConstraint(place, 'Member must not be null');
  return optionalChoice(place, values) ?? values[0];
}

/** The whole number of an optional member, within the bounds; null if it is absent or was reported. */
export function optionalInteger(place: Place, min: number, max: number): number | null {
  if (place.value === undefined) return null;
  const integer = typeof place.value === 'bigint' ? Number(place.value) : place.value;
  if (typeof integer !== 'number' || !Number.isInteger(integer)) reportKind(place, 'an Integer');
  else if (integer < min) reportConstraint(place, `Member must have value greater than or equal to ${min}`);
  else if (integer > max) reportConstraint(place, `Member must have value less than or equal to ${max}`);
  else return integer;
  return null;
}

/** The Boolean of an optional member; null if it is absent or was reported. */
export function optionalBoolean(place: Place): boolean | null {
  if (typeof place.value === 'boolean') return place.value;
  if (place.value !== undefined) reportKind(place, 'a Boolean');
  return null;
}

/** Adds a violated constraint in AWS's words. Source: wire.md, section 3. */
export function reportConstraint(place: Place, constraint: string): void {
  report(place, `Value ${excerpt(place.value)} at '${place.path}' failed to satisfy constraint: ${constraint}`);
}

function readText(place: Place, rule: TextRule): string | null {
  const { value } = place;
  const { min = 1, max = Number.POSITIVE_INFINITY, pattern } = rule;
  if (typeof value !== 'string') reportKind(place, 'a String');
  else if (value.length < min) reportConstraint(place, `Member must have length greater than or equal to ${min}`);
  else if (value.length > max) reportConstraint(place, `Member must have length less than or equal to ${max}`);
  else if (pattern !== undefined && !pattern.test(value)) {
    reportConstraint(place, `Member must satisfy regular expression pattern: ${pattern.source}`);
  } else return value;
  return null;
}

function reportKind(place: Place, expected: string): void {
  if (place.value === undefined) reportConstraint(place, 'Member must not be null');
  else report(place, `Expected ${expected} at '${place.path}', got ${kindOf(place.value as Json)}`);
}

function excerpt(value: unknown): string {
  if (value === undefined) return 'null';
  const text = typeof value === 'string' ? value : formatJson(value as Json);
  return text.length > 100 ? `'${text.slice(0, 100)}...'` : `'${text}'`;
}
