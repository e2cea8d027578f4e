import { type Clock } from '../../clock.ts';
import { type KeyedModel, resolveKey } from '../../engine/detector/key.ts';
import { type InputDefinition, projectMessage } from '../../engine/input.ts';
import { isJsonObject, type JsonObject, kindOf, parseJson } from '../../engine/json.ts';
import { type EngineOptions } from '../../engine/options.ts';
import { type Log } from '../../telemetry/log.ts';
import { levelOfFault, type Transaction } from '../store/store.ts';
import { type Catalog, type CatalogReference } from './catalog.ts';
import { type Delivery, type OutgoingEffect } from './delivery.ts';
import { type EntryError, type MessageEntry } from './entry.ts';
import { stepAlarm } from './step-alarm.ts';
import { type DetectorStepContext, stepDetector, type StepContext } from './step.ts';
import { type Aftermath, type Transact } from './transact.ts';

// A message whose id another message had in this time is ignored. Source: detector-engine.md, 3.5.
const repetitionWindowMs = 5 * 60 * 1000;

// After so many messages, forget at most twice as many whose window is over: more than come in, and no more at a time.
const forgetEvery = 250;

// iotEvents actions that lead to each other, for each message or timer. [ASSUMED A30]
const maxHops = 100;

interface IngestOptions {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalog: CatalogReference;
  readonly engine: EngineOptions;
  readonly messagePayloadLimitBytes: number;
}

/** How messages come in. */
export interface Ingest {
  readonly putMessages: (messages: readonly MessageEntry[]) => Promise<readonly (EntryError | null)[]>;
  /** Delivers what an iotEvents action sends; every time, as it has an id of its own. Source: detector-engine.md, 11.7. */
  readonly deliver: (outgoing: OutgoingEffect) => Promise<Delivery>;
}

/**
 * Makes BatchPutMessage: a batch is one transaction, and each of its messages, in the order given, goes to all the detectors and
 * alarms that it reaches. [ASSUMED A41] it is evaluated before it is answered, its actions are performed after.
 * Source: detector-engine.md, 3 and 4.
 */
export function createIngest(options: IngestOptions): Ingest {
  const forget = createForgetter(options);
  return {
    async putMessages(messages) {
      const outcomes = await putMessages(options, messages);
      forget(messages.length);
      return outcomes;
    },
    deliver: (outgoing) => deliverEffect(options, outgoing),
  };
}

async function putMessages(
  options: IngestOptions,
  messages: readonly MessageEntry[],
): Promise<readonly (EntryError | null)[]> {
  const { transact, log, messagePayloadLimitBytes } = options;
  const readings = messages.map(({ payload }) => readPayload(payload, messagePayloadLimitBytes));
  try {
    const outcomes = await transact(async (tx, aftermath) => {
      const outcomes: (EntryError | null)[] = [];
      for (const [index, message] of messages.entries()) {
        const { payload, error } = readings[index] ?? invalidPayload('');
        outcomes.push(error ?? (await accept(tx, aftermath, options, message, payload)));
      }
      return outcomes;
    });
    for (const [index, { inputName, messageId, timestampMs }] of messages.entries()) {
      // [ASSUMED A1b] the message's own time is logged and has no effect.
      if (outcomes[index] === null) log.debug({ inputName, messageId, timestampMs }, 'message accepted');
    }
    return outcomes;
  } catch (err) {
    log[levelOfFault(err)]({ err }, 'messages not accepted');
    return readings.map(({ error }) => error ?? notProcessed);
  }
}

const notProcessed: EntryError = {
  errorCode: 'InternalFailureException',
  errorMessage: 'The message could not be processed',
};

function unknownInputText(inputName: string): string {
  return `Input of name: ${inputName} not found`;
}

type PayloadReading =
  { readonly payload: JsonObject; readonly error?: never } | { readonly payload?: never; readonly error: EntryError };

/** [ASSUMED A1] only a JSON object is a payload. [ASSUMED A1c] the limit is one for each decoded message. */
function readPayload(bytes: Uint8Array, limitBytes: number): PayloadReading {
  if (bytes.length > limitBytes) {
    return invalidPayload(`Expected a payload of at most ${limitBytes} bytes, got ${bytes.length}`);
  }
  let payload;
  try {
    payload = parseJson(utf8.decode(bytes));
  } catch {
    return invalidPayload('Expected the payload to be a JSON object, got something that is not JSON in UTF-8');
  }
  return isJsonObject(payload)
    ? { payload }
    : invalidPayload(`Expected the payload to be a JSON object, got ${kindOf(payload)}`);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function invalidPayload(errorMessage: string): PayloadReading {
  return { error: { errorCode: 'InvalidRequestException', errorMessage } };
}

/**
 * A model that cannot run its cycle misses the message and takes no other model with it. The sender is told, and the same
 * message sent again goes to the models that missed it.
 */
async function accept(
  tx: Transaction,
  aftermath: Aftermath,
  options: IngestOptions,
  { inputName, messageId, payload: bytes }: MessageEntry,
  payload: JsonObject,
): Promise<EntryError | null> {
  const { catalog, clock } = options;
  const input = catalog.current.inputs.get(inputName);
  if (input === undefined) {
    return { errorCode: 'ResourceNotFoundException', errorMessage: unknownInputText(inputName) };
  }
  const nowMs = clock.nowMs();
  // [ASSUMED A7] an id counts within its input, and a repeated message is ignored without a word.
  const isNew = await tx.acceptMessage(inputName, messageId, nowMs, nowMs - repetitionWindowMs);
  const missedBefore = isNew ? null : await tx.listMissedModels(inputName, messageId);
  if (missedBefore?.length === 0) return null;
  const trigger = { inputName, messageId };
  const { debugTargets } = catalog.current;
  const context = { tx, aftermath, nowMs, engine: options.engine, trigger, hops: 0, debugTargets, payload: bytes };
  const isFor = missedBefore === null ? () => true : (name: string) => missedBefore.includes(name);
  const missed = await route(context, catalog.current, { input, messageId, payload }, isFor);
  if (missed.length > 0 || !isNew) await tx.putMissedModels(inputName, messageId, missed);
  return missed.length === 0 ? null : notProcessed;
}

/** [ASSUMED A30] like any message, but never a repeated one; a chain of actions is cut. */
async function deliverEffect(options: IngestOptions, { sequence, effect, hops }: OutgoingEffect): Promise<Delivery> {
  const { target: inputName, actionExecutionId: messageId } = effect;
  const refuse = (reason: string): Delivery => ({ ok: false, reason, isFinal: true, retryAfterMs: null });
  if (hops >= maxHops) return refuse(`Expected at most ${maxHops} iotEvents actions one after the other, got more`);
  const bytes = Buffer.from(effect.payload);
  const { payload, error } = readPayload(bytes, Number.POSITIVE_INFINITY);
  if (error !== undefined) return refuse(error.errorMessage);
  const { transact, catalog, clock, engine } = options;
  return transact(async (tx, aftermath) => {
    const input = catalog.current.inputs.get(inputName);
    if (input === undefined) return refuse(unknownInputText(inputName));
    const { debugTargets } = catalog.current;
    const step = { nowMs: clock.nowMs(), engine, trigger: { inputName, messageId }, hops: hops + 1 };
    const context = { ...step, tx, aftermath, debugTargets, payload: bytes };
    // A model that misses it has told the log; sending it again would give it to the others twice.
    await route(context, catalog.current, { input, messageId, payload }, () => true);
    // With the steps that it led to, so that it leads to them once.
    await tx.deleteEffect(sequence);
    return { ok: true };
  });
}

interface RoutedMessage {
  readonly input: InputDefinition;
  readonly messageId: string;
  readonly payload: JsonObject;
}

/** Takes the step of every model that uses the input; answers the names of those that could not. */
async function route(
  context: DetectorStepContext,
  { modelsByInput, alarmModelsByInput }: Catalog,
  { input, messageId, payload }: RoutedMessage,
  isFor: (name: string) => boolean,
): Promise<readonly string[]> {
  const { inputName } = input;
  const missed: string[] = [];
  const cause = {
    kind: 'Message',
    inputName,
    messageId,
    payload: projectMessage(input, payload, context.engine),
  } as const;
  for (const model of modelsByInput.get(inputName) ?? []) {
    const { detectorModelName } = model.definition;
    const name = `detector model ${detectorModelName}`;
    if (!isFor(name)) continue;
    const key = keyOf(context, model.definition, payload, { detectorModelName });
    if (key !== null && !(await stepDetector(context, model, key.keyValue, cause))) missed.push(name);
  }
  for (const model of alarmModelsByInput.get(inputName) ?? []) {
    const { alarmModelName } = model.definition;
    const name = `alarm model ${alarmModelName}`;
    if (!isFor(name)) continue;
    const key = keyOf(context, model.definition, payload, { alarmModelName });
    if (key === null) continue;
    const step = await stepAlarm(context, model, key.keyValue, cause);
    if (step.kind === 'failed') missed.push(name);
  }
  return missed;
}

/** [ASSUMED A3] without a usable key a message is not delivered to the model, which is no error of the sender. */
function keyOf({ aftermath, trigger }: StepContext, model: KeyedModel, payload: JsonObject, place: object) {
  const key = resolveKey(model, payload);
  if (key.ok) return key;
  aftermath.problems.push({ place: { ...trigger, ...place }, problem: { path: 'key', message: key.reason } });
  return null;
}

/** Forgets message ids whose window is over in small portions, as messages come in. */
function createForgetter({ transact, clock, log }: IngestOptions): (messages: number) => void {
  let sinceLast = 0;
  return (messages) => {
    sinceLast += messages;
    if (sinceLast < forgetEvery) return;
    const limit = 2 * sinceLast;
    sinceLast = 0;
    transact((tx) => tx.forgetMessages(clock.nowMs() - repetitionWindowMs, limit)).catch((err: unknown) => {
      log[levelOfFault(err)]({ err }, 'old message ids not forgotten');
    });
  };
}
