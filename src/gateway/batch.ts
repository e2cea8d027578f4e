import { randomUUID } from 'node:crypto';
import { badUserInput } from './errors.ts';
import { createLimit } from './limit.ts';
import { checkListSize, checkText, RULES } from './rules.ts';
import { UpstreamError } from './upstream/errors.ts';
import { type EntryFailure } from './upstream/upstream.ts';

type EntryErrorCode =
  | 'RESOURCE_NOT_FOUND'
  | 'INVALID_REQUEST'
  | 'INTERNAL_FAILURE'
  | 'SERVICE_UNAVAILABLE'
  | 'THROTTLING'
  | 'FORBIDDEN'
  | 'OUTCOME_UNKNOWN';

interface EntryError {
  readonly code: EntryErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

interface EntryIds {
  readonly messageId?: string | null | undefined;
  readonly requestId?: string | null | undefined;
}

/** What became of one entry of a batch mutation; `error` is null exactly if it is `ok`. */
export interface EntryOutcome {
  readonly id: string;
  readonly ok: boolean;
  readonly error: EntryError | null;
}

// The most entries of one call [ASSUMED A37b], and calls at a time.
const CHUNK_SIZE = 10;
const MAX_CONCURRENT_CALLS = 16;

const RETRYABLE: ReadonlySet<EntryErrorCode> = new Set([
  'INTERNAL_FAILURE',
  'SERVICE_UNAVAILABLE',
  'THROTTLING',
  'OUTCOME_UNKNOWN',
]);

/**
 * The ids of a batch's entries, made up where none is given. Fails with BAD_USER_INPUT if there are no entries, too many, or
 * two with one id. `path` is the list's place in the arguments, `idName` the id's name.
 */
export function batchIds(
  path: string,
  idName: 'messageId' | 'requestId',
  entries: readonly EntryIds[],
  maxEntries: number,
): string[] {
  checkListSize(path, entries, maxEntries);
  const seen = new Map<string, number>();
  return entries.map(({ [idName]: id }, index) => {
    if (id === null || id === undefined) return randomUUID();
    const argument = `${path}[${index}].${idName}`;
    checkText(argument, id, RULES[idName]);
    const first = seen.get(id);
    if (first !== undefined)
      throw badUserInput(argument, `Expected an id of its own, got that of entry ${first}, "${id}"`);
    seen.set(id, index);
    return id;
  });
}

/**
 * Sends entries in chunks and tells what became of each, in the order given. A chunk that fails whole fails its own entries
 * only, and none is sent again.
 */
export async function sendBatch<Entry>(
  entries: readonly Entry[],
  idOf: (entry: Entry) => string,
  sendChunk: (chunk: readonly Entry[]) => Promise<readonly EntryFailure[]>,
): Promise<EntryOutcome[]> {
  const limit = createLimit(MAX_CONCURRENT_CALLS);
  const chunks = Array.from({ length: Math.ceil(entries.length / CHUNK_SIZE) }, (_, index) =>
    entries.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  );
  const outcomes = await Promise.all(chunks.map((chunk) => limit(() => chunkOutcomes(chunk, idOf, sendChunk))));
  return outcomes.flat();
}

async function chunkOutcomes<Entry>(
  chunk: readonly Entry[],
  idOf: (entry: Entry) => string,
  sendChunk: (chunk: readonly Entry[]) => Promise<readonly EntryFailure[]>,
): Promise<EntryOutcome[]> {
  try {
    const failures = new Map((await sendChunk(chunk)).map((failure) => [failure.id, failure]));
    return chunk.map((entry) => {
      const failure = failures.get(idOf(entry));
      return outcome(idOf(entry), failure ? errorOfFailure(failure) : null);
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return chunk.map((entry) => outcome(idOf(entry), errorOfFault(error)));
  }
}

function outcome(id: string, error: EntryError | null): EntryOutcome {
  return { id, ok: error === null, error };
}

function entryError(code: EntryErrorCode, message: string): EntryError {
  return { code, message, retryable: RETRYABLE.has(code) };
}

function errorOfFailure(failure: EntryFailure): EntryError {
  const codes = {
    ResourceNotFoundException: 'RESOURCE_NOT_FOUND',
    InvalidRequestException: 'INVALID_REQUEST',
    InternalFailureException: 'INTERNAL_FAILURE',
    ServiceUnavailableException: 'SERVICE_UNAVAILABLE',
    ThrottlingException: 'THROTTLING',
  } as const satisfies Record<EntryFailure['errorCode'], EntryErrorCode>;
  return entryError(codes[failure.errorCode], failure.errorMessage);
}

/** What the failure of a whole call means for each of its entries. */
function errorOfFault(fault: UpstreamError): EntryError {
  if (fault.applied === 'unknown') return entryError('OUTCOME_UNKNOWN', fault.message);
  const codes = {
    UPSTREAM_THROTTLED: 'THROTTLING',
    UPSTREAM_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
    UPSTREAM_FAILURE: 'INTERNAL_FAILURE',
    UPSTREAM_TIMEOUT: 'SERVICE_UNAVAILABLE',
    UPSTREAM_REJECTED: 'INVALID_REQUEST',
    UPSTREAM_FORBIDDEN: 'FORBIDDEN',
    UPSTREAM_BAD_RESPONSE: 'SERVICE_UNAVAILABLE',
    NOT_FOUND: 'RESOURCE_NOT_FOUND',
    NOT_CONFIGURED: 'SERVICE_UNAVAILABLE',
  } as const satisfies Record<UpstreamError['code'], EntryErrorCode>;
  return entryError(codes[fault.code], fault.message);
}
