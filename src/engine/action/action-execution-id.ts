import { md5 } from './md5.ts';

/** What an actionExecutionId is made from. */
export interface ExecutionName {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly keyValue: string | null;
  /** What started the cycle. */
  readonly triggerId: readonly (string | number)[];
  readonly stateName: string;
  readonly eventName: string | null;
  /** Among the effects of the cycle: a state that is entered twice runs the same action twice. */
  readonly index: number;
}

/**
 * A version-3 UUID, as Java's UUID.nameUUIDFromBytes makes it: MD5 of the name, without a namespace.
 * Source: detector-engine.md, 11.2; RFC 9562, 5.3.
 */
export function actionExecutionId(name: ExecutionName): string {
  const { modelName, modelVersion, keyValue, triggerId, stateName, eventName, index } = name;
  const text = JSON.stringify([modelName, modelVersion, keyValue, ...triggerId, stateName, eventName, index]);
  const digest = md5(new TextEncoder().encode(text));
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x30;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
