import { badUserInput } from '../errors.ts';
import { checkRange } from '../rules.ts';
import { type CursorPosition, decodeCursor } from './cursor.ts';
import { type Watches } from './watches.ts';

/** What every subscription can be given. */
interface FollowArguments {
  readonly after?: string | null | undefined;
  readonly pollIntervalMs?: number | null | undefined;
}

/** Their names. They say which events there are and when, and nothing of what an event tells. */
export const FOLLOW_ARGUMENTS: ReadonlySet<string> = new Set<keyof FollowArguments>(['after', 'pollIntervalMs']);

const MAX_POLL_INTERVAL_MS = 3_600_000;

/** Where a subscription goes on (null: not given) and how often it asks to be polled. Fails with BAD_USER_INPUT. */
export function readFollowArguments(
  { after, pollIntervalMs }: FollowArguments,
  watches: Watches,
): { readonly after: CursorPosition | null; readonly pollIntervalMs: number } {
  checkRange('pollIntervalMs', pollIntervalMs, watches.pollIntervalMs, MAX_POLL_INTERVAL_MS);
  return { after: readAfter(after ?? null), pollIntervalMs: pollIntervalMs ?? watches.pollIntervalMs };
}

function readAfter(after: string | null): CursorPosition | null {
  const position = after === null ? null : decodeCursor(after);
  if (after !== null && position === null) {
    throw badUserInput('after', 'Expected the cursor of an event, got something else');
  }
  return position;
}
