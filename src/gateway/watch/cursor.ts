import { randomBytes } from 'node:crypto';

/**
 * A place in the changes of one watch. `complete` is false within the snapshots at the start: who has seen some of
 * them cannot go on from there.
 */
export interface CursorPosition {
  readonly epoch: string;
  readonly sequence: number;
  readonly complete: boolean;
}

const POSITION = /^([\w-]{12})\.(\d{1,15})(s?)$/;

/** Names one life of one watch, so that a cursor of another is never taken for one of this. */
export function createEpoch(): string {
  return randomBytes(9).toString('base64url');
}

/** The cursor of an event, opaque to clients. */
export function encodeCursor({ epoch, sequence, complete }: CursorPosition): string {
  return Buffer.from(`${epoch}.${sequence}${complete ? '' : 's'}`).toString('base64url');
}

/** The place a cursor stands for; null if it is none of ours. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, epoch, sequence, partial] = POSITION.exec(text) ?? [];
  if (epoch === undefined || sequence === undefined) return null;
  const position = { epoch, sequence: Number(sequence), complete: partial === '' };
  return encodeCursor(position) === cursor ? position : null;
}
