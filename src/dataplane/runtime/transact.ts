import { type Problem } from '../../engine/action/effect.ts';
import { type Log } from '../../telemetry/log.ts';
import { type Store, type Transaction } from '../store/store.ts';
import { type WaitingEffect } from './attempt.ts';

/** What the steps of one transaction leave to be done once it is committed, and only then. */
export interface Aftermath {
  /** New effects, in the order in which they were added. */
  readonly effects: WaitingEffect[];
  /** Sources whose effects in the store are to be performed. */
  readonly sources: Set<string>;
  /** When the first of the timers that were set fires, epoch ms; null if none was. */
  nextTimerMs: number | null;
  /** For the log: actions that failed, and steps that could not be taken, with their place. */
  readonly problems: { readonly place: object; readonly problem: Problem }[];
  /** For the log: the cycles of detectors that are debug targets. */
  readonly summaries: object[];
}

/** As the store's transact; what `work` leaves in its aftermath is done after COMMIT. */
export type Transact = <T>(work: (tx: Transaction, aftermath: Aftermath) => Promise<T>) => Promise<T>;

/** Makes transactions whose aftermath is logged and then handed to `afterCommit`. */
export function createTransact(store: Store, log: Log, afterCommit: (aftermath: Aftermath) => void): Transact {
  return async (work) => {
    const aftermath: Aftermath = { effects: [], sources: new Set(), nextTimerMs: null, problems: [], summaries: [] };
    const result = await store.transact((tx) => work(tx, aftermath));
    for (const { place, problem } of aftermath.problems) {
      const { message, isWarning, ...where } = problem;
      log[isWarning === true ? 'warn' : 'error']({ ...place, ...where }, message);
    }
    // Those who ask for them in the logging options see them without another log level.
    for (const summary of aftermath.summaries) log.info(summary);
    afterCommit(aftermath);
    return result;
  };
}
