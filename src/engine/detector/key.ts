import { type Json, type JsonObject, formatScalar, kindOf } from '../json.ts';
import { followPath } from '../json-path.ts';
import { type DetectorModelDefinition } from './definition.ts';

export type ResolvedKey =
  { readonly ok: true; readonly keyValue: string | null } | { readonly ok: false; readonly reason: string };

/**
 * Which detector a message is for; null if the model has only one. Not ok: the message cannot be delivered to the model.
 * [ASSUMED A4] taken from the raw payload, declared or not. Source: detector-engine.md, 4.3 to 4.5.
 */
export function resolveKey(definition: DetectorModelDefinition, payload: JsonObject): ResolvedKey {
  if (definition.keyPath === null) return { ok: true, keyValue: null };
  const value = followPath(payload, definition.keyPath);
  const keyValue = keyText(value);
  if (keyValue !== null && /^[a-zA-Z0-9\-_:]{1,128}$/.test(keyValue)) return { ok: true, keyValue };
  const got = keyValue === null ? kindOf(value) : `${kindOf(value)} of ${keyValue.length} characters`;
  return {
    ok: false,
    reason: `Expected a key of 1 to 128 characters out of a-z A-Z 0-9 - _ : at '${definition.key}', got ${got}`,
  };
}

// [ASSUMED A3] numbers and Booleans as their JSON text; a Decimal never fits for its point.
function keyText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    ? formatScalar(value)
    : null;
}
