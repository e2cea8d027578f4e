import * as fc from 'fast-check';
import { type Json, type JsonObject, isJsonObject } from '../../src/engine/json.ts';
import { anyJson } from './arbitrary-json.ts';

/** The value with one of its parts, at any depth, replaced by any JSON value. */
export function anyMutationOf(value: Json): fc.Arbitrary<Json> {
  return fc.tuple(fc.array(fc.nat(), { maxLength: 8 }), anyJson).map(([path, part]) => replace(value, path, part));
}

function replace(value: Json, [step, ...rest]: readonly number[], part: Json): Json {
  if (step === undefined || typeof value !== 'object' || value === null) return part;
  const members = Object.entries<Json>(value as JsonObject);
  const chosen = members[step % (members.length + 1)];
  if (chosen === undefined) return part;
  const changed = members.map(([name, member]): [string, Json] => [
    name,
    name === chosen[0] ? replace(member, rest, part) : member,
  ]);
  return isJsonObject(value) ? Object.fromEntries(changed) : changed.map(([, member]) => member);
}
