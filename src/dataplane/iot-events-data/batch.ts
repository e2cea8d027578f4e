import { AwsError } from '../protocol/errors.ts';
import { type EntryError } from '../runtime/runtime.ts';

/** Throws AwsError 400 if two entries of a batch have the same id. Source: detector-engine.md, 3.3. */
export function requireUniqueIds(member: 'messageId' | 'requestId', ids: readonly string[]): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated === undefined) return;
  const message = `Expected every ${member} of a batch to be unique, got '${repeated}' more than once`;
  throw new AwsError('InvalidRequestException', message);
}

/** The error entries of an answer: what failed, by the id that the request gave it. */
export function errorEntries(
  member: 'messageId' | 'requestId',
  ids: readonly string[],
  outcomes: readonly (EntryError | null)[],
): readonly Readonly<Record<string, string>>[] {
  return outcomes.flatMap((error, index) => (error === null ? [] : [{ [member]: ids[index] ?? '', ...error }]));
}
