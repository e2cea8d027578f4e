/** Where a value stands in the request: member names and list indexes (from 0), outermost first. */
export type Path = readonly (string | number)[];

/** One rule that one value breaks. `kind` type: the JSON value is of another type than the model says. */
export interface Violation {
  readonly path: Path;
  readonly kind: 'type' | 'constraint';
  /** undefined where it is not to be shown. */
  readonly value: unknown;
  /** The rule in AWS's words, such as `Member must not be null`. */
  readonly constraint: string;
}

/** What a shape reports to while it reads: the place it has reached and the violations found so far. */
interface Reading {
  readonly path: (string | number)[];
  readonly violations: Violation[];
}

/**
 * A modelled shape. `read` turns a JSON value (never null) into a T, reporting what breaks the model to `reading`;
 * what it answers counts only if nothing was reported. Source: wire.md, sections 2 to 5.
 */
export interface Shape<T> {
  read(value: unknown, reading: Reading): T | null;
}

/** The type of the values that a shape reads. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** The value that was read, or every violation in the order of the shape's members. */
export type ReadResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly violations: readonly Violation[] };

/** Reads a whole request (or a part of one) as `shape`; null and undefined break `Member must not be null`. */
export function readShape<T>(shape: Shape<T>, value: unknown): ReadResult<T> {
  const reading: Reading = { path: [], violations: [] };
  const read = readMember(shape, value, true, reading);
  if (reading.violations.length > 0) return { ok: false, violations: reading.violations };
  // Invariant of Shape: nothing reported means that what was read is a T.
  return { ok: true, value: read as T };
}

type Members = Readonly<Record<string, Shape<unknown>>>;

type RequiredMembers<R extends Members> = { readonly [K in keyof R]: Infer<R[K]> };
type OptionalMembers<O extends Members> = { readonly [K in keyof O]: Infer<O[K]> | null };

/** A JSON object of required members and of optional ones, which are null where absent. Unknown members are ignored. */
export function structure<R extends Members>(required: R): Shape<RequiredMembers<R>>;
export function structure<R extends Members, O extends Members>(
  required: R,
  optional: O,
): Shape<RequiredMembers<R> & OptionalMembers<O>>;
export function structure(required: Members, optional: Members = {}): Shape<Readonly<Record<string, unknown>>> {
  const members = [
    ...Object.entries(required).map(([name, shape]) => ({ name, shape, isRequired: true })),
    ...Object.entries(optional).map(([name, shape]) => ({ name, shape, isRequired: false })),
  ];
  return {
    read(value, reading) {
      if (!isObject(value)) return wrongType('an object', value, reading);
      const out: Record<string, unknown> = {};
      for (const { name, shape, isRequired } of members) {
        reading.path.push(name);
        out[name] = readMember(shape, Object.hasOwn(value, name) ? value[name] : null, isRequired, reading);
        reading.path.pop();
      }
      return out;
    },
  };
}

/** Bounds, both inclusive: characters of a string, entries of a list, or the value of a number. */
interface Bounds<N> {
  readonly min?: N;
  readonly max?: N;
}

/** A JSON array. The entries of a list that is too long are not read. */
export function list<T>(entry: Shape<T>, bounds: Bounds<number> = {}): Shape<readonly T[]> {
  return {
    read(value, reading) {
      if (!Array.isArray(value)) return wrongType('a list', value, reading);
      if (!isWithin(value.length, bounds, 'length', value, reading)) return null;
      return value.map((item: unknown, index) => {
        reading.path.push(index);
        const read = readMember(entry, item, true, reading);
        reading.path.pop();
        return read as T;
      });
    },
  };
}

/** Rules of a string: length in Unicode code points and AWS's pattern, which has to match the whole text. */
interface StringRules extends Bounds<number> {
  readonly pattern?: string;
  /** The pattern needs the flag u. Source: wire.md, 9.6. */
  readonly unicode?: boolean;
}

/** A JSON string. One that is too long is not matched with the pattern, so that matching is bounded by `max`. */
export function string(rules: StringRules = {}): Shape<string> {
  const flags = rules.unicode === true ? 'u' : '';
  const pattern = rules.pattern === undefined ? null : new RegExp(`^(?:${rules.pattern})$`, flags);
  return {
    read(value, reading) {
      if (typeof value !== 'string') return wrongType('a string', value, reading);
      if (!isWithin(codePoints(value), rules, 'length', value, reading)) return null;
      if (pattern === null || pattern.test(value)) return value;
      return broken(`Member must satisfy regular expression pattern: ${rules.pattern ?? ''}`, value, reading);
    },
  };
}

/** One of a closed set of strings, case-sensitive. */
export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  return {
    read(value, reading) {
      if (typeof value !== 'string') return wrongType('a string', value, reading);
      const found = values.find((allowed) => allowed === value);
      return found ?? broken(`Member must satisfy enum value set: [${values.join(', ')}]`, value, reading);
    },
  };
}

/** true or false. */
export const boolean: Shape<boolean> = {
  read: (value, reading) => (typeof value === 'boolean' ? value : wrongType('a boolean', value, reading)),
};

/** A JSON object that is checked elsewhere, or not at all. */
export const document: Shape<JsonDocument> = {
  read: (value, reading) => (isObject(value) ? value : wrongType('an object', value, reading)),
};

/** A JSON object as JSON.parse gives it. */
export type JsonDocument = Readonly<Record<string, unknown>>;

/** A JSON integer of 32 bits. */
export function integer(bounds: Bounds<number> = {}): Shape<number> {
  return {
    read(value, reading) {
      if (typeof value !== 'number' || (value | 0) !== value) return wrongType('a 32-bit integer', value, reading);
      return isWithin(value, bounds, 'value', value, reading) ? value : null;
    },
  };
}

/** A JSON integer of 64 bits, exact if the JSON was parsed by `parseJson`. */
export function long(bounds: Bounds<bigint> = {}): Shape<bigint> {
  const all = { min: bounds.min ?? -(2n ** 63n), max: bounds.max ?? 2n ** 63n - 1n };
  return {
    read(value, reading) {
      if (typeof value !== 'bigint' && !Number.isInteger(value)) return wrongType('an integer', value, reading);
      const exact = BigInt(value as bigint | number);
      return isWithin(exact, all, 'value', exact, reading) ? exact : null;
    },
  };
}

/** A JSON number, or one of the texts "NaN", "Infinity" and "-Infinity" that SDKs write for what JSON cannot. */
export const double: Shape<number> = {
  read(value, reading) {
    if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    return wrongType('a number', value, reading);
  },
};

/** A JSON number of epoch seconds, fraction allowed, read as epoch milliseconds. Source: wire.md, section 2. */
export const timestamp: Shape<number> = {
  read(value, reading) {
    if (typeof value !== 'number' && typeof value !== 'bigint')
      return wrongType('a number of epoch seconds', value, reading);
    return Math.round(Number(value) * 1000);
  },
};

/** A JSON string of base64, with or without padding; a text that is no base64 is a value of another type. */
export const blob: Shape<Uint8Array> = {
  read(value, reading) {
    if (typeof value !== 'string') return wrongType('a string of base64', value, reading);
    if (BASE64.test(value)) return Buffer.from(value, 'base64');
    // A message never repeats what may be a payload.
    return violate(reading, 'type', undefined, 'Member must be base64, got another text');
  },
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** JSON text to values as JSON.parse has them, except that integers beyond 2^53 are bigints. Throws like JSON.parse. */
export function parseJson(text: string): unknown {
  // The reviver visits every value, so it is worth its time only where a number that long can be.
  return /\d{16}/.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text);
}

/** AWS's text for violations, `2 validation errors detected: Value ...; Value ...`; the first ten are spelled out. */
export function violationsText(violations: readonly Violation[]): string {
  const count = violations.length;
  const shown = violations.slice(0, SHOWN_VIOLATIONS).map(violationText);
  return `${count} validation ${count === 1 ? 'error' : 'errors'} detected: ${shown.join('; ')}`;
}

/** AWS's text for one violation, with list entries as `messages.1.member` (from 1). */
export function violationText({ path, value, constraint }: Violation): string {
  const place = path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : part)).join('.');
  return `Value ${shownValue(value)}${place && `at '${place}' `}failed to satisfy constraint: ${constraint}`;
}

const SHOWN_VIOLATIONS = 10;
const SHOWN_CHARACTERS = 128;

/** The value and a space; nothing for an object and for what is not to be shown. */
function shownValue(value: unknown): string {
  if (value === null) return 'null ';
  if (Array.isArray(value)) return value.length === 0 ? "'[]' " : `of ${value.length} entries `;
  const text = scalarText(value);
  if (text === null) return '';
  return `'${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text}' `;
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const isPlain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isPlain ? String(value) : null;
}

function readMember<T>(shape: Shape<T>, value: unknown, isRequired: boolean, reading: Reading): T | null {
  if (value !== null && value !== undefined) return shape.read(value, reading);
  return isRequired ? broken('Member must not be null', null, reading) : null;
}

function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin<N extends number | bigint>(
  measure: N,
  { min, max }: Bounds<N>,
  what: 'length' | 'value',
  value: unknown,
  reading: Reading,
): boolean {
  if (min !== undefined && measure < min) {
    broken(`Member must have ${what} greater than or equal to ${min}`, value, reading);
    return false;
  }
  if (max !== undefined && measure > max) {
    broken(`Member must have ${what} less than or equal to ${max}`, value, reading);
    return false;
  }
  return true;
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

function codePoints(text: string): number {
  return text.length - (text.match(SURROGATE_PAIR)?.length ?? 0);
}

function wrongType(wanted: string, value: unknown, reading: Reading): null {
  const got = Array.isArray(value) ? 'a list' : (NAMES[typeof value] ?? `a ${typeof value}`);
  return violate(reading, 'type', value, `Member must be ${wanted}, got ${got}`);
}

const NAMES: Readonly<Record<string, string>> = { object: 'an object', bigint: 'a number' };

function broken(constraint: string, value: unknown, reading: Reading): null {
  return violate(reading, 'constraint', value, constraint);
}

function violate(reading: Reading, kind: Violation['kind'], value: unknown, constraint: string): null {
  reading.violations.push({ path: [...reading.path], kind, value, constraint });
  return null;
}

function keepLongIntegers(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  const source = context?.source;
  const isLong =
    typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return isLong ? BigInt(source) : value;
}
