import { type z } from 'zod';
import { faultOfAnswer, faultOfFailure, type Operation, singleLine, upstreamError } from './faults.ts';
import { createFlight, type Flight, type Outcome } from './flight.ts';
import { type Exchange, type HttpAnswer } from './http-handler.ts';
import { type UpstreamCall } from './upstream.ts';

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

const MAX_ATTEMPTS = 3;

/**
 * A Send that gives every call `deadlineMs`, all attempts together. The SDK's own retries are off: they repeat mutations too, and
 * wait on after an abort. Here only reads are repeated, unless the caller does so. A read joins one that asks the same with the
 * same rights and is under way, unless a mutation has ended since that began.
 */
export function createSend(deadlineMs: number): Send {
  const joinable = new Map<string, Flight<unknown>>();

  return <Answer, Input extends object>(
    operation: Operation,
    schema: z.ZodType<Answer>,
    call: UpstreamCall,
    input: Input,
    sendCommand: SendCommand<Input>,
  ) => {
    const { rights = '', retries = true } = call;
    const key = operation.reads ? JSON.stringify([operation.service, operation.name, input, rights, retries]) : null;
    // One operation's answers are all of one type.
    const known = key === null ? undefined : (joinable.get(key) as Flight<Answer> | undefined);
    if (known) return known.join(call);
    const flight = createFlight({
      operation,
      deadlineMs,
      maxAttempts: operation.reads && retries ? MAX_ATTEMPTS : 1,
      attempt: (exchange) => makeAttempt(operation, schema, exchange, () => sendCommand(input, exchange)),
      onEnd() {
        if (key === null) joinable.clear();
        else if (joinable.get(key) === flight) joinable.delete(key);
      },
    });
    if (key !== null) joinable.set(key, flight);
    return flight.join(call);
  };
}

async function makeAttempt<Answer>(
  operation: Operation,
  schema: z.ZodType<Answer>,
  exchange: Exchange,
  sendCommand: () => Promise<unknown>,
): Promise<Outcome<Answer>> {
  try {
    await sendCommand();
  } catch (error) {
    return { error: faultOfFailure(operation, exchange, error) };
  }
  if (exchange.answer === null) return { error: faultOfFailure(operation, exchange, undefined) };
  return readAnswer(operation, schema, exchange.answer);
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

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for what is no JSON: the parser's own error would quote the answer. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
