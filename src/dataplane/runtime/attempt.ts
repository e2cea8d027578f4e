import { type Scheduler } from '../../clock.ts';
import { type Effect } from '../../engine/action/effect.ts';
import { type Log } from '../../telemetry/log.ts';
import { type EffectRow, type Transaction } from '../store/store.ts';
import { type Delivery, type OutgoingEffect, type Sink } from './delivery.ts';

const firstRetryMs = 1_000;
const longestRetryMs = 10 * 60_000;
// However long a receiver asks to be left alone.
const longestRetryAfterMs = 60 * 60_000;

/** An effect, and how many attempts to perform it have failed so far. */
export interface WaitingEffect extends OutgoingEffect {
  readonly attempts: number;
}

/** What is to be written about an effect. */
export type Write = (tx: Transaction) => Promise<void>;

/** What came of an attempt: what to write, and after how long the next one is due; null: there is none. */
export interface Attempt {
  readonly write: Write;
  readonly retryMs: number | null;
}

interface AttemptOptions {
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** An effect that has failed so often becomes a dead letter. */
  readonly maxAttempts: number;
}

/** Tries to perform an effect. Never rejects: whatever goes wrong is a failed attempt. Source: detector-engine.md, 11.10. */
export async function attempt(sink: Sink, waiting: WaitingEffect, options: AttemptOptions): Promise<Attempt> {
  const { sequence, source, effect } = waiting;
  const delivery = await deliver(sink, waiting);
  if (delivery.ok) return { write: (tx) => tx.deleteEffect(sequence), retryMs: null };
  const { scheduler, log, maxAttempts } = options;
  const { reason, isFinal, retryAfterMs } = delivery;
  const attempts = waiting.attempts + 1;
  const { actionExecutionId, type, target } = effect;
  const place = { source, actionExecutionId, action: type, target, attempts, reason };
  if (isFinal || attempts >= maxAttempts) {
    log.error(place, 'action given up: it is among the dead letters');
    return { write: (tx) => tx.buryEffect(sequence, attempts, reason, scheduler.nowMs()), retryMs: null };
  }
  const askedMs = Math.min(retryAfterMs ?? 0, longestRetryAfterMs);
  const retryMs = Math.max(backOffMs(attempts, scheduler.random()), askedMs);
  log.error({ ...place, retryMs }, 'action failed'); // [ASSUMED A41c]
  return { write: (tx) => tx.putEffectAttempts(sequence, attempts), retryMs };
}

/** The effects of rows. A row that is damaged is none: what is to be written about it is added to `writes`. */
export function readEffects(
  rows: readonly EffectRow[],
  writes: Write[],
  { scheduler, log }: AttemptOptions,
): readonly WaitingEffect[] {
  return rows.flatMap((row): WaitingEffect | [] => {
    try {
      return { ...row, effect: JSON.parse(row.effect) as Effect };
    } catch (err) {
      const { sequence, source, attempts } = row;
      log.error({ err, source, sequence }, 'action not read: it is among the dead letters');
      writes.push((tx) => tx.buryEffect(sequence, attempts, 'damaged', scheduler.nowMs()));
      return [];
    }
  });
}

async function deliver(sink: Sink, outgoing: OutgoingEffect): Promise<Delivery> {
  try {
    return await sink.deliver(outgoing);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason, isFinal: false, retryAfterMs: null };
  }
}

/** Twice as long after each attempt, between half and the whole of it, so that those who failed together part. */
function backOffMs(attempts: number, random: number): number {
  return Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs) * (0.5 + random / 2);
}
