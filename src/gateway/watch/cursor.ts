import { type Position } from '../../fanout/bus.ts';

/**
 * A place in the changes of one topic, whose tag it carries. `complete` is false within a group that belongs together, such as the
 * snapshots at the start: who has seen some of it cannot go on from there.
 */
export interface CursorPosition extends Position {
  readonly topicTag: string;
  readonly complete: boolean;
}

const CURSOR = /^([\w-]{12})\.([\w-]{6})\.(\d{1,15})(s?)(?:\.([\w-]{1,32}))?$/;

/**
 * The cursor of an event, opaque to clients. `mark` tells events apart that stand at the same position: no two events of a client
 * have the same cursor. Empty: there is only this one.
 */
export function encodeCursor({ epoch, topicTag, sequence, complete }: CursorPosition, mark = ''): string {
  const text = `${epoch}.${topicTag}.${sequence}${complete ? '' : 's'}${mark && `.${mark}`}`;
  return Buffer.from(text).toString('base64url');
}

/** The place a cursor stands for; null if it is none of ours. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, epoch, topicTag, sequence, partial, mark] = CURSOR.exec(text) ?? [];
  if (epoch === undefined || topicTag === undefined) return null;
  const position = { epoch, topicTag, sequence: Number(sequence), complete: partial === '' };
  return encodeCursor(position, mark) === cursor ? position : null;
}
