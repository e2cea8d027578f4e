import { UpstreamError } from '../upstream/errors.ts';
import { type Interest } from './topic.ts';

// How the record of a watch, which its replicas share, is written: each object under its key, and how each topic stands.

/** What an entry of the record is about: one object, or how a topic (null: all objects) stands. */
export type EntrySubject =
  { readonly kind: 'object'; readonly key: string } | { readonly kind: 'topic'; readonly key: string | null };

/** The topic is read. */
export const IS_READ = 'read';

const OBJECT = '=';
const TOPIC = '!';

/** The name of an entry in the record. */
export function entryName({ kind, key }: EntrySubject): string {
  return `${kind === 'topic' ? TOPIC : ''}${key === null ? '' : OBJECT}${key ?? ''}`;
}

/** The opposite of `entryName`. */
export function readEntryName(name: string): EntrySubject {
  if (name.startsWith(OBJECT)) return { kind: 'object', key: name.slice(OBJECT.length) };
  return { kind: 'topic', key: name === TOPIC ? null : name.slice(TOPIC.length + OBJECT.length) };
}

/** An object of a watch, which is JSON but for dates. */
export function itemText(item: unknown): string {
  return JSON.stringify(item, function (this: Readonly<Record<string, unknown>>, name, value: unknown) {
    const before = this[name];
    return before instanceof Date ? { $date: before.getTime() } : value;
  });
}

/** The opposite of `itemText`: what the record of a watch of Items holds are Items. */
export function readItem(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => (isDate(value) ? new Date(value.$date) : value));
}

function isDate(value: unknown): value is { readonly $date: number } {
  return typeof value === 'object' && value !== null && '$date' in value;
}

/** Why upstream refuses to let a topic be read. */
export function refusalText({ message, code, upstream, applied, retryAfterMs }: UpstreamError): string {
  return JSON.stringify({ message, code, upstream, applied, retryAfterMs });
}

/** The opposite of `refusalText`. */
export function readRefusal(text: string): UpstreamError {
  const { message, ...details } = JSON.parse(text) as UpstreamError;
  return new UpstreamError(message, details);
}

/** What followers of one topic ask for, as a key that is wanted. */
export function interestText(key: string | null, { pollIntervalMs, needsDetail }: Interest): string {
  return JSON.stringify([key, pollIntervalMs, needsDetail]);
}

/** What is asked for by topic: the shortest interval, and detail if anybody needs it. */
export function readInterests(wanted: Iterable<string>): ReadonlyMap<string | null, Interest> {
  const interests = new Map<string | null, Interest>();
  for (const text of wanted) {
    const [key, pollIntervalMs, needsDetail] = JSON.parse(text) as [string | null, number, boolean];
    const one = { pollIntervalMs, needsDetail };
    interests.set(key, joined([one, interests.get(key) ?? one]));
  }
  return interests;
}

/** One interest that stands for all. */
export function joined(interests: Iterable<Interest>): Interest {
  let [pollIntervalMs, needsDetail] = [Infinity, false];
  for (const interest of interests) {
    pollIntervalMs = Math.min(pollIntervalMs, interest.pollIntervalMs);
    needsDetail ||= interest.needsDetail;
  }
  return { pollIntervalMs, needsDetail };
}
