import { type Position } from '../../fanout/bus.ts';

/**
 * A place in the changes of one topic, whose tag it carries. `complete` is false within a group that belongs together, such as the
 * snapshots at the start: who has seen some of it cannot go on from there. `round`: 0 at a change; at what tells the present state,
 * how often in a row its client has come back to that, from 1.
 */
export interface CursorPosition extends Position {
  readonly topicTag: string;
  readonly complete: boolean;
  readonly round: number;
}

const CURSOR = /^([\w-]{12})\.([\w-]{6})\.(\d{1,15})(s?)(?:\.([1-9]\d{0,5})\.(\d{1,6}))?$/;

/**
 * The cursor of an event, opaque to clients. No two events of a client have the same: `index` tells those of one round apart. It is
 * the same for all clients that are told the same, so that they can share what is made of it.
 */
export function encodeCursor({ epoch, topicTag, sequence, complete, round }: CursorPosition, index = 0): string {
  const text = `${epoch}.${topicTag}.${sequence}${complete ? '' : 's'}${round > 0 ? `.${round}.${index}` : ''}`;
  return Buffer.from(text).toString('base64url');
}

/** The place a cursor stands for; null if it is none of ours. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, epoch, topicTag, sequence, partial, round = '0', index = '0'] = CURSOR.exec(text) ?? [];
  if (epoch === undefined || topicTag === undefined) return null;
  const position = { epoch, topicTag, sequence: Number(sequence), complete: partial === '', round: Number(round) };
  return encodeCursor(position, Number(index)) === cursor ? position : null;
}
