import { type Clock } from '../../clock.ts';
import { resolveKey } from '../../engine/detector/key.ts';
import { projectMessage } from '../../engine/input.ts';
import { isJsonObject, type JsonObject, kindOf, parseJson } from '../../engine/json.ts';
import { type Log } from '../../telemetry/log.ts';
import { type Store, type Transaction } from '../store/store.ts';
import { type CatalogReference } from './catalog.ts';
import { type EntryError, type MessageEntry } from './entry.ts';
import { step } from './step.ts';

// A message whose id another message had in this time is ignored. Source: detector-engine.md, 3.5.
const repetitionWindowMs = 5 * 60 * 1000;

// After so many messages, forget at most twice as many whose window is over: more than come in, and no more at a time.
const forgetEvery = 250;

interface IngestOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalog: CatalogReference;
  readonly messagePayloadLimitBytes: number;
}

/** Something to log about a message once its transaction is committed. */
interface Problem {
  readonly detectorModelName: string;
  readonly keyValue: string | null;
  readonly message: string;
  /** Where in the definition; null: not in the definition. */
  readonly path: string | null;
}

/**
 * Makes BatchPutMessage: each message is one transaction with all the detectors that it reaches, in the order given.
 * Source: detector-engine.md, 3 and 4.
 */
export function createIngest(
  options: IngestOptions,
): (messages: readonly MessageEntry[]) => Promise<readonly (EntryError | null)[]> {
  const forget = createForgetter(options);
  return async function putMessages(messages) {
    const outcomes = await Promise.all(messages.map((message) => putMessage(options, message)));
    forget(messages.length);
    return outcomes;
  };
}

async function putMessage(options: IngestOptions, message: MessageEntry): Promise<EntryError | null> {
  const { store, log, messagePayloadLimitBytes } = options;
  const { inputName, messageId, timestampMs } = message;
  const { payload, error } = readPayload(message.payload, messagePayloadLimitBytes);
  if (error !== undefined) return error;
  try {
    const problems = await store.transact((tx) => deliver(tx, options, message, payload));
    if (problems === 'unknown-input') {
      return { errorCode: 'ResourceNotFoundException', errorMessage: `Input of name: ${inputName} not found` };
    }
    // [ASSUMED A1b] the message's own time is logged and has no effect.
    log.debug({ inputName, messageId, timestampMs }, 'message accepted');
    for (const { message: text, ...place } of problems) log.error({ inputName, messageId, ...place }, text);
    return null;
  } catch (err) {
    log.error({ err, inputName, messageId }, 'message not accepted');
    return { errorCode: 'InternalFailureException', errorMessage: 'The message could not be processed' };
  }
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

async function deliver(
  tx: Transaction,
  { catalog, clock }: IngestOptions,
  { inputName, messageId }: MessageEntry,
  payload: JsonObject,
): Promise<readonly Problem[] | 'unknown-input'> {
  const { inputs, modelsByInput } = catalog.current;
  const input = inputs.get(inputName);
  if (input === undefined) return 'unknown-input';
  const nowMs = clock.nowMs();
  // [ASSUMED A7] an id counts within its input, and a repeated message is ignored without a word.
  if (!(await tx.acceptMessage(inputName, messageId, nowMs, nowMs - repetitionWindowMs))) return [];
  const cause = { kind: 'Message', inputName, messageId, payload: projectMessage(input, payload) } as const;
  const problems: Problem[] = [];
  for (const model of modelsByInput.get(inputName) ?? []) {
    const { detectorModelName } = model.definition;
    const key = resolveKey(model.definition, payload);
    if (!key.ok) {
      // [ASSUMED A3] not delivered to this model, which is no error of the sender.
      problems.push({ detectorModelName, keyValue: null, message: key.reason, path: null });
      continue;
    }
    const { keyValue } = key;
    const failed = await step(tx, model, keyValue, cause, clock);
    problems.push(...failed.map((issue) => ({ detectorModelName, keyValue, ...issue })));
  }
  return problems;
}

/** Forgets message ids whose window is over in small portions, as messages come in. */
function createForgetter({ store, clock, log }: IngestOptions): (messages: number) => void {
  let sinceLast = 0;
  return (messages) => {
    sinceLast += messages;
    if (sinceLast < forgetEvery) return;
    const limit = 2 * sinceLast;
    sinceLast = 0;
    store
      .transact((tx) => tx.forgetMessages(clock.nowMs() - repetitionWindowMs, limit))
      .catch((err: unknown) => {
        log.error({ err }, 'old message ids not forgotten');
      });
  };
}
