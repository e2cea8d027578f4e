/**
 * A place in the changes of one watch. `complete` is false within a group that belongs together, such as the snapshots at the
 * start: who has seen some of it cannot go on from there.
 */
export interface CursorPosition {
  readonly epoch: string;
  readonly sequence: number;
  readonly complete: boolean;
}

const CURSOR = /^([\w-]{12})\.(\d{1,15})(s?)(?:\.([\w-]{1,32}))?$/;

/**
 * The cursor of an event, opaque to clients. `mark` tells events apart that stand at the same position: no two events of a client
 * have the same cursor. Empty: there is only this one.
 */
export function encodeCursor({ epoch, sequence, complete }: CursorPosition, mark = ''): string {
  const text = `${epoch}.${sequence}${complete ? '' : 's'}${mark && `.${mark}`}`;
  return Buffer.from(text).toString('base64url');
}

/** The place a cursor stands for; null if it is none of ours. */
export function decodeCursor(cursor: string): CursorPosition | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, epoch, sequence, partial, mark] = CURSOR.exec(text) ?? [];
  if (epoch === undefined || sequence === undefined) return null;
  const position = { epoch, sequence: Number(sequence), complete: partial === '' };
  return encodeCursor(position, mark) === cursor ? position : null;
}
