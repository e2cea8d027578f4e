import { setTimeout as sleep } from 'node:timers/promises';
import { type z } from 'zod';
import { type UpstreamError } from './errors.ts';
import { faultOfAnswer, faultOfFailure, type Operation, singleLine, upstreamError } from './faults.ts';
import { type Exchange, type HttpAnswer } from './http-handler.ts';
import { type UpstreamCall } from './upstream.ts';

/** Sends one command through an SDK client, which signs it and hands `exchange` on to the request handler. */
export type SendCommand = (exchange: Exchange) => Promise<unknown>;

/** Makes one call, attempts and all: resolves to an answer of the schema's shape, or rejects with an UpstreamError. */
export type Send = <Answer>(
  operation: Operation,
  schema: z.ZodType<Answer>,
  call: UpstreamCall,
  sendCommand: SendCommand,
) => Promise<Answer>;

type Outcome<Answer> = { readonly answer: Answer } | { readonly error: UpstreamError };

const MAX_ATTEMPTS = 3;
const RETRY_BASE_MS = 100;

/**
 * A Send that gives every call `deadlineMs`, all attempts together. The SDK's own retries are off: they repeat mutations
 * too, and wait on after an abort. Here only reads are repeated, unless the caller does so, when that can help and the deadline leaves time to wait.
 */
export function createSend(deadlineMs: number): Send {
  return async (operation, schema, call, sendCommand) => {
    const endsAtMs = performance.now() + deadlineMs;
    const { signal, release } = limitCall(call.signal, deadlineMs);
    try {
      for (let attempt = 1; ; attempt += 1) {
        call.onRequest?.(operation.name);
        const exchange: Exchange = { abortSignal: signal, requested: false, connected: false, answer: null };
        const outcome = await makeAttempt(operation, schema, exchange, sendCommand);
        if ('answer' in outcome) return outcome.answer;
        const { error } = outcome;
        const waitMs = Math.max(error.retryAfterMs ?? 0, Math.random() * RETRY_BASE_MS * 2 ** attempt);
        const maxAttempts = operation.reads && call.retries !== false ? MAX_ATTEMPTS : 1;
        const canHelp = error.upstream.retryable && attempt < maxAttempts;
        if (!canHelp || signal.aborted || performance.now() + waitMs >= endsAtMs) throw error;
        await sleep(waitMs, undefined, { signal }).catch(() => Promise.reject(error));
      }
    } finally {
      release();
    }
  };
}

/** A signal of the call's own, as one handler of the SDK holds at most one listener, that aborts with the caller's or after the deadline. */
function limitCall(caller: AbortSignal, deadlineMs: number) {
  const controller = new AbortController();
  const endWithCaller = () => {
    controller.abort(new Error('The operation ended before upstream answered'));
  };
  const timer = setTimeout(() => {
    controller.abort(new Error(`Expected an answer within ${deadlineMs} ms, got none`));
  }, deadlineMs);
  if (caller.aborted) endWithCaller();
  else caller.addEventListener('abort', endWithCaller, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      caller.removeEventListener('abort', endWithCaller);
    },
  };
}

async function makeAttempt<Answer>(
  operation: Operation,
  schema: z.ZodType<Answer>,
  exchange: Exchange,
  sendCommand: SendCommand,
): Promise<Outcome<Answer>> {
  try {
    // The SDK searches for credentials without hearing of the signal: the abort has to end that wait, too.
    await Promise.race([sendCommand(exchange), rejectOnAbort(exchange.abortSignal)]);
  } catch (cause) {
    const { abortSignal, connected } = exchange;
    if (abortSignal.aborted) {
      const { message } = abortSignal.reason as Error;
      return { error: upstreamError(operation, connected ? 'timeout' : 'timeoutConnecting', message, { cause }) };
    }
    return { error: faultOfFailure(operation, exchange, cause) };
  }
  if (exchange.answer === null) return { error: faultOfFailure(operation, exchange, undefined) };
  return readAnswer(operation, schema, exchange.answer);
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function readAnswer<Answer>(operation: Operation, schema: z.ZodType<Answer>, answer: HttpAnswer): Outcome<Answer> {
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

/** Undefined for what is no JSON: the parser's own error would quote the answer. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
