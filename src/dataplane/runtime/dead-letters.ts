import { type Effect } from '../../engine/action/effect.ts';
import { type DeadLetterRow } from '../store/store.ts';
import { type Transact } from './transact.ts';

// So many are taken back in one transaction.
const batchSize = 500;

/** An effect that was given up; `id` is its own, `reason` that of the last attempt. */
export interface DeadLetter extends Omit<DeadLetterRow, 'sequence' | 'effect'> {
  readonly id: number;
  /** As text where it is damaged. */
  readonly effect: Effect | string;
}

/** Makes the operations on dead letters. */
export function createDeadLetters({ transact }: { readonly transact: Transact }) {
  /** Takes letters back to the effects, where they are as new; answers how many. */
  const revive = (ids: readonly number[]): Promise<number> =>
    transact(async (tx, aftermath) => {
      let revived = 0;
      for (const id of ids) {
        const source = await tx.reviveDeadLetter(id);
        if (source === null) continue;
        revived += 1;
        aftermath.sources.add(source);
      }
      return revived;
    });
  const listRows = (afterId: number, limit: number) => transact((tx) => tx.listDeadLetters(afterId, limit));

  return {
    /** Those after `afterId`, the oldest first, at most `limit`. */
    async listDeadLetters(afterId: number, limit: number): Promise<readonly DeadLetter[]> {
      const rows = await listRows(afterId, limit);
      return rows.map(({ sequence: id, effect, ...row }) => ({ id, ...row, effect: parse(effect) }));
    },
    /** Has them performed again, those with these ids or all; answers how many there were. */
    async retryDeadLetters(ids: readonly number[] | 'all'): Promise<number> {
      if (ids !== 'all') return revive(ids);
      let revived = 0;
      let rows: readonly DeadLetterRow[];
      let afterId = 0;
      // One that fails again comes back with a higher id, so the walk would meet it again: it ends with what there is now.
      const lastId = await transact((tx) => tx.getLastDeadLetter());
      do {
        rows = (await listRows(afterId, batchSize)).filter(({ sequence }) => sequence <= lastId);
        revived += await revive(rows.map(({ sequence }) => sequence));
        afterId = rows.at(-1)?.sequence ?? lastId;
      } while (rows.length === batchSize);
      return revived;
    },
  };
}

function parse(effect: string): Effect | string {
  try {
    return JSON.parse(effect) as Effect;
  } catch {
    return effect;
  }
}
