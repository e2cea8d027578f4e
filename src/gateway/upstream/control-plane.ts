import { UpstreamError } from './errors.ts';
import { upstreamError } from './faults.ts';
import { type Send } from './send.ts';

const ASKED_AGAIN_AFTER_MS = 60_000;

/** A Send for a control plane that no endpoint is given for: it sends nothing and rejects with code NOT_CONFIGURED. */
export const sendNowhere: Send = (operation) =>
  Promise.reject(upstreamError(operation, 'notConfigured', `The ${operation.service} control plane is not configured`));

/**
 * A Send for a control plane that upstream may not have: what it said it does not know, it is not asked for again for a minute.
 * The memory is kept for each operation, as a stand-in may have only some of them.
 */
export function rememberAbsence(send: Send): Send {
  const absences = new Map<string, { readonly error: UpstreamError; readonly untilMs: number }>();
  return async (operation, ...rest) => {
    const absence = absences.get(operation.name);
    if (absence && performance.now() < absence.untilMs) throw absence.error;
    try {
      return await send(operation, ...rest);
    } catch (error) {
      if (error instanceof UpstreamError && error.code === 'NOT_CONFIGURED') {
        absences.set(operation.name, { error, untilMs: performance.now() + ASKED_AGAIN_AFTER_MS });
      }
      throw error;
    }
  };
}
