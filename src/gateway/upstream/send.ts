import { LRUCache } from 'lru-cache';
import { type z } from 'zod';
import { type Exchange, type HttpAnswer } from './exchange.ts';
import { faultOfAnswer, faultOfFailure, type Operation, singleLine, upstreamError } from './faults.ts';
import { type Attempted, createFlight, type Flight } from './flight.ts';
import { type UpstreamCall } from './upstream.ts';
import { createWaiting } from './waiting.ts';

/** Sends one command with this input to its service, and notes in `exchange` how far that came. */
export type SendCommand<Input> = (input: Input, exchange: Exchange) => Promise<unknown>;

/** Makes one call, attempts and all: resolves to an answer of the schema's shape, or rejects with an UpstreamError. */
export type Send = <Answer, Input extends object>(
  operation: Operation,
  schema: z.ZodType<Answer>,
  call: UpstreamCall,
  input: Input,
  sendCommand: SendCommand<Input>,
) => Promise<Answer>;

/** How calls are made. Times in ms. */
export interface SendOptions {
  /** For every call, all attempts together. */
  readonly deadlineMs: number;
  /** For how long an answer may serve those who take one from before; absent or 0: not at all. */
  readonly maxStaleMs?: number;
}

const MAX_ATTEMPTS = 3;
const MAX_KEPT_ANSWERS = 10_000;

interface KeptAnswer {
  readonly answer: unknown;
  readonly askedAtMs: number;
}

/**
 * A Send whose reads are repeated where that can help, and shared: one joins another that asks the same with the same rights and is
 * under way, or takes its answer of a while ago where `call` does, unless a mutation has ended since that began. The SDK's own
 * retries are off: they repeat mutations too, and wait on after an abort.
 */
export function createSend({ deadlineMs, maxStaleMs = 0 }: SendOptions): Send {
  const waiting = createWaiting();
  let joinable = emptyTable();
  const kept = new LRUCache<string, KeptAnswer>({ max: MAX_KEPT_ANSWERS });

  /** Keeps an answer for as long as its operation or the settings let it serve. */
  function keep(key: string, { keepMs }: Operation, answer: unknown, askedAtMs: number): void {
    const ttl = Math.max(maxStaleMs, keepMs?.(answer) ?? 0);
    // From when it was asked for, as it may tell how things stood then.
    if (ttl > 0) kept.set(key, { answer, askedAtMs }, { ttl, start: askedAtMs });
  }

  return <Answer, Input extends object>(
    operation: Operation,
    schema: z.ZodType<Answer>,
    call: UpstreamCall,
    input: Input,
    sendCommand: SendCommand<Input>,
  ) => {
    const key = operation.reads ? readKey(operation, input, call) : null;
    if (key !== null && call.onKept) {
      const known = kept.get(key);
      if (known) {
        call.onKept(performance.now() - known.askedAtMs);
        return Promise.resolve(known.answer as Answer);
      }
    }
    // One operation's answers are all of one type.
    const known = key === null ? undefined : (joinable[key] as Flight<Answer> | undefined);
    if (known) return known.join(call);
    const startedAtMs = performance.now();
    const flight = createFlight<Answer>({
      operation,
      deadlineMs,
      waiting,
      maxAttempts: operation.reads && call.retries !== false ? MAX_ATTEMPTS : 1,
      attempt: (exchange) => makeAttempt(operation, schema, exchange, () => sendCommand(input, exchange)),
      onEnd(outcome) {
        if (key === null) {
          joinable = emptyTable();
          kept.clear();
        } else if (joinable[key] === flight) {
          // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- no Map, see emptyTable
          delete joinable[key];
          if ('answer' in outcome) keep(key, operation, outcome.answer, startedAtMs);
        }
      },
    });
    if (key !== null) joinable[key] = flight;
    return flight.join(call);
  };
}

/**
 * Flights by the keys of their reads. No Map: one that long outlives its entries keeps what it has dropped until the next full
 * collection, as each of its old hash tables points to the next.
 */
function emptyTable(): Record<string, Flight<unknown>> {
  return Object.create(null) as Record<string, Flight<unknown>>;
}

/** One text for all reads that ask the same with the same rights, and no other. All reads' inputs are flat. */
function readKey({ service, name }: Operation, input: object, { rights = '', retries = true }: UpstreamCall): string {
  let key = `${service} ${name} ${retries} ${rights.length}:${rights}`;
  for (const value of Object.values(input) as (string | number | undefined)[]) {
    key += typeof value === 'string' ? `${value.length}:${value}` : `${value ?? ''};`;
  }
  return key;
}

async function makeAttempt<Answer>(
  operation: Operation,
  schema: z.ZodType<Answer>,
  exchange: Exchange,
  sendCommand: () => Promise<unknown>,
): Promise<Attempted<Answer>> {
  try {
    await sendCommand();
  } catch (error) {
    return { error: faultOfFailure(operation, exchange, error) };
  }
  if (exchange.answer === null) return { error: faultOfFailure(operation, exchange, undefined) };
  return readAnswer(operation, schema, exchange.answer);
}

function readAnswer<Answer>(operation: Operation, schema: z.ZodType<Answer>, answer: HttpAnswer): Attempted<Answer> {
  if (answer.status < 200 || answer.status > 299) return { error: faultOfAnswer(operation, answer) };
  const unreadable = (message: string) => ({ error: upstreamError(operation, 'unreadable', message, { answer }) });
  // A mutation without errors may be answered with nothing; a read that is would pass for "there is nothing".
  if (answer.body.byteLength === 0 && operation.reads) return unreadable('Expected a JSON answer, got an empty one');
  const json = answer.body.byteLength === 0 ? {} : parseJson(answer.body);
  if (json === undefined) return unreadable('Expected a JSON answer, got something else');
  const result = schema.safeParse(json);
  if (result.success) return { answer: result.data };
  const issue = result.error.issues[0];
  return unreadable(singleLine(`In the answer, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for what is no JSON: the parser's own error would quote the answer. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
