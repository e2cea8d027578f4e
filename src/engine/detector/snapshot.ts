import { type Json, type JsonObject, type Scalar, formatJson, isJsonObject } from '../json.ts';
import { formatMembers, formatStored, parseStored } from '../stored-json.ts';

/** All that is kept of a detector between two cycles. Source: detector-engine.md, 2.5, 9, 10. */
export interface DetectorSnapshot {
  readonly stateName: string;
  readonly variables: ReadonlyMap<string, Scalar>;
  readonly timers: ReadonlyMap<string, TimerSnapshot>;
  /** The last message of every input received, projected. */
  readonly inputs: ReadonlyMap<string, JsonObject>;
}

/** `expired`: it has fired. `checked`: a cycle has asked for its timeout since. Source: detector-engine.md, 9.6. */
export interface TimerSnapshot {
  readonly firesAtMs: number;
  readonly durationSeconds: number;
  readonly expired: boolean;
  readonly checked: boolean;
}

/** The snapshot as compact JSON text, for the store. */
export function formatSnapshot(snapshot: DetectorSnapshot): string {
  let text = `{"stateName":${formatStored(snapshot.stateName)}`;
  if (snapshot.variables.size > 0) text += `,"variables":${formatMembers(snapshot.variables)}`;
  if (snapshot.timers.size > 0) {
    const timers = Array.from(snapshot.timers, ([name, timer]) => [name, timerToJson(timer)] as const);
    text += `,"timers":${formatMembers(timers)}`;
  }
  if (snapshot.inputs.size > 0) text += `,"inputs":${formatMembers(snapshot.inputs)}`;
  return `${text}}`;
}

/** The snapshot that formatSnapshot wrote. Throws on a text of any other origin. */
export function parseSnapshot(text: string): DetectorSnapshot {
  const stored = parseStored(text);
  if (!isJsonObject(stored) || typeof stored['stateName'] !== 'string') {
    throw new TypeError('Expected a detector snapshot, got other JSON');
  }
  return {
    stateName: stored['stateName'],
    variables: readMap(stored['variables'], (value) => value as Scalar),
    timers: readMap(stored['timers'], timerFromJson),
    inputs: readMap(stored['inputs'], (value) => value as JsonObject),
  };
}

/** The variables in the text form of the API: strings with quotes inside the text, Decimals with a fraction. Source: detector-engine.md, 10.4. */
export function describeVariables(snapshot: DetectorSnapshot): { name: string; value: string }[] {
  return Array.from(snapshot.variables, ([name, value]) => ({ name, value: formatJson(value) }));
}

/** When the timers fire or have fired, epoch ms in whole seconds; expired ones stay listed. Source: detector-engine.md, 9.7. */
export function describeTimers(snapshot: DetectorSnapshot): { name: string; timestampMs: number }[] {
  return Array.from(snapshot.timers, ([name, timer]) => ({
    name,
    timestampMs: Math.floor(timer.firesAtMs / 1000) * 1000,
  }));
}

function readMap<T>(stored: Json | undefined, read: (value: Json) => T): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  if (!isJsonObject(stored)) return map;
  for (const name of Object.keys(stored)) map.set(name, read(stored[name] as Json));
  return map;
}

function timerToJson({ firesAtMs, durationSeconds, expired, checked }: TimerSnapshot): Json {
  return { firesAtMs, durationSeconds, ...(expired && { expired }), ...(checked && { checked }) };
}

function timerFromJson(stored: Json): TimerSnapshot {
  const timer = stored as JsonObject;
  return {
    firesAtMs: Number(timer['firesAtMs']),
    durationSeconds: Number(timer['durationSeconds']),
    expired: timer['expired'] === true,
    checked: timer['checked'] === true,
  };
}
