import { type AlarmModelDefinition } from '../engine/alarm/definition.ts';
import {
  type AlarmSnapshot,
  type CustomerAction,
  formatAlarmSnapshot,
  parseAlarmSnapshot,
} from '../engine/alarm/snapshot.ts';
import { type AlarmCause } from '../engine/alarm/cause.ts';
import { alarmTransition } from '../engine/alarm/transition.ts';
import { type Effect, type Problem } from '../engine/action/effect.ts';
import { type Cause, type ConditionEvaluation } from '../engine/detector/cycle.ts';
import { type DetectorModelDefinition } from '../engine/detector/definition.ts';
import { resolveKey } from '../engine/detector/key.ts';
import { type DetectorSnapshot, formatSnapshot, parseSnapshot } from '../engine/detector/snapshot.ts';
import { dueTimers, nextTimerMs } from '../engine/detector/timer.ts';
import { transition } from '../engine/detector/transition.ts';
import { type DetectorStateUpdate, updateDetector } from '../engine/detector/update.ts';
import { type InputDefinition, projectMessage } from '../engine/input.ts';
import { type JsonObject, isJsonObject, parseJson } from '../engine/json.ts';
import { type EngineOptions } from '../engine/options.ts';
import { type Models } from './scenario.ts';

/** One cycle of a detector, or one cause that an alarm reacted to. */
export interface CycleRecord {
  readonly modelName: string;
  readonly keyValue: string | null;
  readonly trigger: string;
  readonly stateBefore: string | null;
  readonly stateAfter: string;
  readonly effects: readonly Effect[];
  readonly problems: readonly Problem[];
  /** Of detectors only. */
  readonly conditions: readonly ConditionEvaluation[];
}

/** Inputs, models and what lives of them in memory, driven as the data plane drives the engine, with a clock of its own. */
export interface World {
  nowMs: number;
  readonly options: EngineOptions;
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  readonly detectorModels: Map<string, DetectorModel>;
  readonly alarmModels: ReadonlyMap<string, AlarmModel>;
  /** When each message was accepted, by input and id. */
  readonly accepted: Map<string, number>;
  messageCount: number;
  /** What has happened since somebody last took it away. */
  cycles: CycleRecord[];
  /** Messages that reached nobody, and why. */
  notices: string[];
}

interface DetectorModel {
  readonly definition: DetectorModelDefinition;
  readonly detectorModelVersion: number;
  readonly detectors: Map<string | null, DetectorSnapshot>;
}

interface AlarmModel {
  readonly definition: AlarmModelDefinition;
  readonly alarms: Map<string | null, AlarmSnapshot>;
}

const startMs = Date.parse('2026-01-01T00:00:00Z');
const alarmModelVersion = '1';
// Source: detector-engine.md, 3.5.
const repetitionWindowMs = 5 * 60 * 1000;
// [ASSUMED A30] messages that one message or timer may cause, so that models that feed each other come to an end.
const maxMessagesCaused = 100;

/** A world in which nothing has happened yet. */
export function createWorld({ inputs, detectorModels, alarmModels }: Models, options: EngineOptions): World {
  return {
    nowMs: startMs,
    options,
    inputs: new Map(inputs.map((input) => [input.inputName, input])),
    detectorModels: new Map(
      detectorModels.map((definition) => [
        definition.detectorModelName,
        { definition, detectorModelVersion: 1, detectors: new Map() },
      ]),
    ),
    alarmModels: new Map(
      alarmModels.map((definition) => [definition.alarmModelName, { definition, alarms: new Map() }]),
    ),
    accepted: new Map(),
    messageCount: 0,
    cycles: [],
    notices: [],
  };
}

/** A message from outside; one whose id came within five minutes is ignored (A7). */
export function putMessage(world: World, inputName: string, messageId: string | null, payload: JsonObject): void {
  const id = messageId ?? freshId(world);
  const known = JSON.stringify([inputName, id]);
  const acceptedAtMs = world.accepted.get(known);
  if (acceptedAtMs !== undefined && world.nowMs - acceptedAtMs <= repetitionWindowMs) {
    world.notices.push(`message ${id} of input ${inputName} is a repetition`);
    return;
  }
  world.accepted.set(known, world.nowMs);
  deliverAll(world, [{ inputName, messageId: id, payload }]);
}

/** Lets time pass; every timer and snooze that comes due fires at its time. */
export function advance(world: World, seconds: number): void {
  const untilMs = world.nowMs + seconds * 1000;
  for (;;) {
    const due = findNextDue(world, untilMs);
    if (due === null) break;
    world.nowMs = Math.max(world.nowMs, due.atMs);
    deliverAll(world, due.fire());
  }
  world.nowMs = untilMs;
}

/** BatchUpdateDetector with one entry: its error code, or null. */
export function update(
  world: World,
  modelName: string,
  keyValue: string | null,
  state: DetectorStateUpdate,
): string | null {
  const model = world.detectorModels.get(modelName);
  if (model?.detectors.has(keyValue) !== true) return 'ResourceNotFoundException';
  const updated = updateDetector(model.definition, state, world.nowMs, { maxVariables: 50 });
  if (!updated.ok) return 'InvalidRequestException';
  model.detectors.set(keyValue, updated.snapshot);
  return null;
}

/** BatchDeleteDetector with one entry: its error code, or null. */
export function deleteDetector(world: World, modelName: string, keyValue: string | null): string | null {
  const wasThere = world.detectorModels.get(modelName)?.detectors.delete(keyValue) === true;
  return wasThere ? null : 'ResourceNotFoundException';
}

/** A new version of a model, without detectors. */
export function updateModel(world: World, definition: DetectorModelDefinition): void {
  const { detectorModelName } = definition;
  const before = world.detectorModels.get(detectorModelName)?.detectorModelVersion ?? 0;
  world.detectorModels.set(detectorModelName, {
    definition,
    detectorModelVersion: before + 1,
    detectors: new Map(),
  });
}

/** An operation on an alarm with one entry: its error code, or null. */
export function actOnAlarm(
  world: World,
  modelName: string,
  keyValue: string | null,
  action: CustomerAction,
): string | null {
  const model = world.alarmModels.get(modelName);
  if (model?.alarms.has(keyValue) !== true) return 'ResourceNotFoundException';
  const cause = { kind: 'CustomerAction', requestId: freshId(world), action } as const;
  const caused = stepAlarm(world, model, keyValue, cause);
  if (caused === null) return 'InvalidRequestException';
  deliverAll(world, caused);
  return null;
}

interface Message {
  readonly inputName: string;
  readonly messageId: string;
  readonly payload: JsonObject;
}

function freshId(world: World): string {
  world.messageCount += 1;
  return `message-${world.messageCount}`;
}

/** [ASSUMED A30] what an iotEvents action sends waits until the cycle is finished. */
function deliverAll(world: World, messages: readonly Message[]): void {
  const queue = [...messages];
  let caused = 0;
  for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
    const more = deliver(world, message);
    caused += more.length;
    if (caused > maxMessagesCaused) {
      world.notices.push(`Expected a chain of at most ${maxMessagesCaused} messages, got more: the rest is dropped`);
      return;
    }
    queue.push(...more);
  }
}

/** To every model that uses the input; gives the messages that this causes. */
function deliver(world: World, { inputName, messageId, payload }: Message): readonly Message[] {
  const input = world.inputs.get(inputName);
  if (input === undefined) {
    world.notices.push(`Input of name: ${inputName} not found`);
    return [];
  }
  const projected = projectMessage(input, payload, world.options);
  const cause = { kind: 'Message', inputName, messageId, payload: projected } as const;
  const caused: Message[] = [];
  for (const model of [...world.detectorModels.values(), ...world.alarmModels.values()]) {
    if (!model.definition.inputNames.has(inputName)) continue;
    const key = resolveKey(model.definition, payload);
    if (!key.ok) world.notices.push(key.reason);
    else if ('detectors' in model) caused.push(...stepDetector(world, model, key.keyValue, cause));
    else caused.push(...(stepAlarm(world, model, key.keyValue, cause) ?? []));
  }
  return caused;
}

function stepDetector(world: World, model: DetectorModel, keyValue: string | null, cause: Cause): readonly Message[] {
  const { definition, detectors } = model;
  const before = detectors.get(keyValue) ?? null;
  const conditions: ConditionEvaluation[] = [];
  const { snapshot, effects, problems } = transition(definition, before, cause, world.nowMs, {
    keyValue,
    detectorModelVersion: String(model.detectorModelVersion),
    options: world.options,
    onCondition: (evaluation) => conditions.push(evaluation),
  });
  // Through the text that a store would hold.
  detectors.set(keyValue, parseSnapshot(formatSnapshot(snapshot)));
  world.cycles.push({
    modelName: definition.detectorModelName,
    keyValue,
    trigger: cause.kind === 'Message' ? `message ${cause.messageId} of ${cause.inputName}` : `timer ${cause.timerName}`,
    stateBefore: before?.stateName ?? null,
    stateAfter: snapshot.stateName,
    effects,
    problems,
    conditions,
  });
  return messagesOf(world, effects);
}

/** Null: the customer's action was refused. */
function stepAlarm(
  world: World,
  { definition, alarms }: AlarmModel,
  keyValue: string | null,
  cause: AlarmCause,
): readonly Message[] | null {
  const before = alarms.get(keyValue) ?? null;
  const settings = { keyValue, alarmModelVersion, options: world.options };
  const result = alarmTransition(definition, before, cause, world.nowMs, settings);
  if (!result.ok) {
    world.notices.push(result.message);
    return null;
  }
  const { snapshot, effects, problems } = result;
  alarms.set(keyValue, parseAlarmSnapshot(formatAlarmSnapshot(snapshot)));
  world.cycles.push({
    modelName: definition.alarmModelName,
    keyValue,
    trigger: triggerOf(cause),
    stateBefore: before?.stateName ?? null,
    stateAfter: snapshot.stateName,
    effects,
    problems,
    conditions: [],
  });
  return messagesOf(world, effects);
}

function triggerOf(cause: AlarmCause): string {
  if (cause.kind === 'Message') return `message ${cause.messageId} of ${cause.inputName}`;
  return cause.kind === 'SnoozeTimeout' ? 'end of snooze' : `action ${cause.action.actionName}`;
}

function messagesOf(world: World, effects: readonly Effect[]): readonly Message[] {
  return effects
    .filter(({ type }) => type === 'iotEvents')
    .flatMap(({ target, payload }) => {
      const message = readMessage(payload);
      if (message === null) world.notices.push(`Expected the payload for input ${target} to be a JSON object`);
      return message === null ? [] : [{ inputName: target, messageId: freshId(world), payload: message }];
    });
}

function readMessage(text: string): JsonObject | null {
  try {
    const payload = parseJson(text);
    return isJsonObject(payload) ? payload : null;
  } catch {
    return null;
  }
}

interface Due {
  readonly atMs: number;
  fire(): readonly Message[];
}

/** The timer or snooze that fires first, at `untilMs` at the latest. */
function findNextDue(world: World, untilMs: number): Due | null {
  let next: Due | null = null;
  const offer = (atMs: number | null, fire: () => readonly Message[]) => {
    if (atMs !== null && atMs <= untilMs && (next === null || atMs < next.atMs)) next = { atMs, fire };
  };
  for (const model of world.detectorModels.values()) {
    for (const [keyValue, snapshot] of model.detectors) {
      const atMs = nextTimerMs(snapshot);
      offer(atMs, () => {
        const [timerName = ''] = dueTimers(snapshot, world.nowMs);
        return stepDetector(world, model, keyValue, { kind: 'Timer', timerName });
      });
    }
  }
  for (const model of world.alarmModels.values()) {
    for (const [keyValue, { snoozeEndsAtMs }] of model.alarms) {
      offer(snoozeEndsAtMs, () => stepAlarm(world, model, keyValue, { kind: 'SnoozeTimeout' }) ?? []);
    }
  }
  return next;
}
