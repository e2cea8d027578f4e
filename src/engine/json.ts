/** A JSON value whose numbers keep their kind: bigint is an Integer (64 bit), number a Decimal. Source: detector-engine.md, 7.4 (A11). */
export type Json = Scalar | null | readonly Json[] | JsonObject;

/** What expressions calculate with and variables hold: Integer, Decimal, String, Boolean. Source: detector-engine.md, 7.1. */
export type Scalar = bigint | number | string | boolean;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** Enough for any message, and far from the end of the stack for whatever walks the value later. */
const maxDepth = 500;

/**
 * The value of a JSON text. A number with a fraction or an exponent, or an integer beyond 64 bit, is a Decimal.
 * Throws SyntaxError if the text is no JSON, holds a number beyond the range of a double, or is nested more than 500 deep.
 */
export function parseJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text, reviveNumber) as Json;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(error);
    throw error;
  }
  // Each level takes two characters, so short texts need no check.
  if (text.length > 2 * maxDepth && isDeeperThan(value, maxDepth)) throw tooDeep();
  return value;
}

/** The value as compact JSON text; parseJson gives it back, kinds included. A Decimal must be finite, as all that come from parseJson and from expressions are. */
export function formatJson(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return formatScalar(value);
  return isJsonObject(value) ? formatObject(Object.entries(value)) : `[${value.map(formatJson).join(',')}]`;
}

/** The members as the text of a JSON object. */
export function formatObject(members: Iterable<readonly [string, Json]>): string {
  let text = '';
  for (const [name, value] of members) {
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${formatJson(value)}`;
  }
  return `{${text}}`;
}

/** Integer and Boolean as they are written in JSON, a Decimal in plain notation with a fraction (`20.0`), a String raw. */
export function formatScalar(value: Scalar): string {
  return typeof value === 'number' ? formatDecimal(value) : String(value);
}

/** An object: neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The kind of a value in AWS's words, for messages: never the value itself. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'object') return isJsonObject(value) ? 'an object' : 'an array';
  return scalarKinds[typeof value as keyof typeof scalarKinds];
}

const scalarKinds = { bigint: 'Integer', number: 'Decimal', string: 'String', boolean: 'Boolean' } as const;

/** An integer that fits into 64 bit. */
export function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** The number that a literal stands for: an Integer, or a Decimal where it has a fraction, an exponent or more than 64 bit. */
export function readNumber(literal: string): bigint | number {
  if (!/[.eE]/.test(literal)) {
    const integer = BigInt(literal);
    if (isInt64(integer)) return integer;
  }
  const decimal = Number(literal);
  if (!Number.isFinite(decimal))
    throw new SyntaxError(`Expected a number within the range of a double, got ${literal}`);
  return decimal;
}

function reviveNumber(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source;
  if (source === undefined)
    throw new Error('Expected a runtime whose JSON.parse gives the source text, got an older one');
  return readNumber(source);
}

// [ASSUMED A11] shortest text that reads back the same, in plain notation, always with a fraction.
function formatDecimal(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  const [mantissa = '', exponentText] = text.split('e');
  if (exponentText === undefined) return text.includes('.') ? text : `${text}.0`;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const exponent = Number(exponentText);
  // String() uses an exponent only from 1e21 on, where the digits end before the point, and below 1e-6.
  return exponent > 0
    ? `${sign}${(whole + fraction).padEnd(exponent + 1, '0')}.0`
    : `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
}

function isDeeperThan(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  const members: readonly Json[] = isJsonObject(value) ? Object.values(value) : value;
  return members.some((member) => isDeeperThan(member, depth - 1));
}

function tooDeep(cause?: unknown): SyntaxError {
  return new SyntaxError(`Expected JSON nested at most ${maxDepth} deep, got more`, { cause });
}
