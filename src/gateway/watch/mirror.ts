import { type LoggedChange as LoggedText, type Position, type TopicPresent } from '../../fanout/bus.ts';
import { type Change, changeOf } from './change.ts';
import { readEntryName, readItem } from './record-text.ts';

/** The record of a watch as this replica has last read it. */
export interface Mirror<Item> {
  position: Position;
  /** Every topic that is read was read no earlier; null: none was. */
  observedAtMs: number | null;
  readonly objects: Map<string, Item>;
  /** How each topic stands: IS_READ, or the text of a refusal. One that is not there is not read. */
  readonly standings: Map<string | null, string>;
}

/** The mirror of a record that has been read. */
export function mirrorOf<Item>({ position, observedAtMs, objects }: TopicPresent): Mirror<Item> {
  const mirror: Mirror<Item> = { position, observedAtMs, objects: new Map(), standings: new Map() };
  for (const [key, text] of objects) takeInto(mirror, { key, text });
  return mirror;
}

/** Brings the mirror past a change; gives what has become of the object, null if the change is about none. */
export function takeInto<Item>(
  mirror: Mirror<Item>,
  { key: name, text }: Pick<LoggedText, 'key' | 'text'>,
): Change<Item> | null {
  const { kind, key } = readEntryName(name);
  if (kind === 'topic') {
    if (text === null) mirror.standings.delete(key);
    else mirror.standings.set(key, text);
    return null;
  }
  const previous = mirror.objects.get(key) ?? null;
  const item = itemOf(text) as Item | null;
  if (item === null) mirror.objects.delete(key);
  else mirror.objects.set(key, item);
  return changeOf(key, previous, item);
}

/** A change of one object in texts, as it stands in the log; null if it is about none. */
export function readChange<Item>({ key: name, previous, text }: LoggedText): Change<Item> | null {
  const { kind, key } = readEntryName(name);
  if (kind === 'topic') return null;
  return changeOf(key, itemOf(previous) as Item | null, itemOf(text) as Item | null);
}

function itemOf(text: string | null): unknown {
  return text === null ? null : readItem(text);
}
