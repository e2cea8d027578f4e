import { type Json, isJsonObject } from './json.ts';

/**
 * A value as JSON text that keeps the kinds of numbers and is read by plain JSON.parse: a Decimal is a number, an Integer the
 * text `#12`, and a text that begins with # gets a second one.
 */
export function formatStored(value: Json): string {
  if (typeof value === 'bigint') return `"#${value}"`;
  if (typeof value === 'string') return JSON.stringify(value.startsWith('#') ? `#${value}` : value);
  // JSON.stringify would lose the sign.
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  return isJsonObject(value) ? formatMembers(Object.entries(value)) : `[${value.map(formatStored).join(',')}]`;
}

/** The members as the stored text of an object. */
export function formatMembers(members: Iterable<readonly [string, Json]>): string {
  let text = '';
  for (const [name, value] of members) {
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${formatStored(value)}`;
  }
  return `{${text}}`;
}

/** The value that formatStored wrote. Throws SyntaxError if the text is no JSON. */
export function parseStored(text: string): Json {
  return restore(JSON.parse(text) as StoredJson);
}

type StoredJson = Exclude<Json, bigint | object> | StoredJson[] | StoredObject;

interface StoredObject {
  [name: string]: StoredJson | bigint;
}

/** In place: nobody else has seen the value yet, and copying it would take twice as long. */
function restore(value: StoredJson): Json {
  if (typeof value === 'string') return value.startsWith('#') ? restoreText(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const members = value as StoredObject;
  for (const name of Object.keys(members)) {
    const member = members[name] as StoredJson;
    if (typeof member === 'object' ? member !== null : typeof member === 'string' && member.startsWith('#')) {
      members[name] = restore(member) as StoredJson;
    }
  }
  return members;
}

function restoreText(text: string): string | bigint {
  return text.startsWith('#', 1) ? text.slice(1) : BigInt(text.slice(1));
}
