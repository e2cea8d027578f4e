import { type Json, type JsonObject, formatScalar, kindOf } from '../json.ts';
import { followPath } from '../json-path.ts';

/** A detector or alarm model, as far as routing goes. */
export interface KeyedModel {
  /** A json path; null: the model has one detector or alarm. */
  readonly key: string | null;
  /** The names that `key` goes through. */
  readonly keyPath: readonly string[] | null;
}

export type ResolvedKey =
  { readonly ok: true; readonly keyValue: string | null } | { readonly ok: false; readonly reason: string };

/**
 * Which detector or alarm a message is for; null if the model has only one. Not ok: the message cannot be delivered to the model.
 * [ASSUMED A4] taken from the raw payload, declared or not. Source: detector-engine.md, 4.3 to 4.5.
 */
export function resolveKey(model: KeyedModel, payload: JsonObject): ResolvedKey {
  if (model.keyPath === null) return { ok: true, keyValue: null };
  const value = followPath(payload, model.keyPath);
  const keyValue = keyText(value);
  if (keyValue !== null && /^[a-zA-Z0-9\-_:]{1,128}$/.test(keyValue)) return { ok: true, keyValue };
  const got = keyValue === null ? kindOf(value) : `${kindOf(value)} of ${keyValue.length} characters`;
  return {
    ok: false,
    reason: `Expected a key of 1 to 128 characters out of a-z A-Z 0-9 - _ : at '${model.key}', got ${got}`,
  };
}

// [ASSUMED A3] numbers and Booleans as their JSON text; a Decimal never fits for its point.
function keyText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    ? formatScalar(value)
    : null;
}
