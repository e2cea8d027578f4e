import { badUserInput } from '../errors.ts';
import { type CursorPosition, decodeCursor } from './cursor.ts';

/** The place that a subscription's `after` stands for; null if not given. Fails with BAD_USER_INPUT if it is no cursor. */
export function readAfter(after: string | null | undefined): CursorPosition | null {
  if (after === null || after === undefined) return null;
  const position = decodeCursor(after);
  if (position === null) throw badUserInput('after', 'Expected the cursor of an event, got something else');
  return position;
}
