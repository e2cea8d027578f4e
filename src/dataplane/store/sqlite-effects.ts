import { type DatabaseSync } from 'node:sqlite';
import { type Part } from './sqlite-row.ts';
import { type DeadLetterRow, type EffectRow } from './store.ts';

/** The statements on effects and dead letters. */
export function prepareEffects(
  database: DatabaseSync,
): Part<
  | 'addEffect'
  | 'listEffectSources'
  | 'listEffects'
  | 'putEffectAttempts'
  | 'deleteEffect'
  | 'buryEffect'
  | 'listDeadLetters'
  | 'getLastDeadLetter'
  | 'reviveDeadLetter'
> {
  const add = database.prepare('INSERT INTO effects (source, effect, hops, attempts) VALUES (?, ?, ?, 0)');
  const listSources = database.prepare('SELECT DISTINCT source FROM effects');
  const list = database.prepare('SELECT * FROM effects WHERE source = ? ORDER BY sequence LIMIT ?');
  const putAttempts = database.prepare('UPDATE effects SET attempts = ? WHERE sequence = ?');
  const remove = database.prepare('DELETE FROM effects WHERE sequence = ?');
  const addLetter = database.prepare(`
    INSERT INTO deadLetters (sequence, source, effect, attempts, reason, diedAtMs)
    SELECT sequence, source, effect, ?, ?, ? FROM effects WHERE sequence = ?`);
  const listLetters = database.prepare('SELECT * FROM deadLetters WHERE sequence > ? ORDER BY sequence LIMIT ?');
  const lastLetter = database.prepare('SELECT max(sequence) AS sequence FROM deadLetters');
  const takeLetter = database.prepare('DELETE FROM deadLetters WHERE sequence = ? RETURNING source, effect');
  return {
    addEffect: ({ source, effect, hops }) => Promise.resolve(Number(add.run(source, effect, hops).lastInsertRowid)),
    listEffectSources: () => Promise.resolve(listSources.all().map(({ source }) => source as string)),
    listEffects: (source, limit) => Promise.resolve(list.all(source, limit) as unknown as EffectRow[]),
    putEffectAttempts(sequence, attempts) {
      putAttempts.run(attempts, sequence);
      return Promise.resolve();
    },
    deleteEffect(sequence) {
      remove.run(sequence);
      return Promise.resolve();
    },
    buryEffect(sequence, attempts, reason, diedAtMs) {
      addLetter.run(attempts, reason, diedAtMs, sequence);
      remove.run(sequence);
      return Promise.resolve();
    },
    listDeadLetters: (afterSequence, limit) =>
      Promise.resolve(listLetters.all(afterSequence, limit) as unknown as DeadLetterRow[]),
    getLastDeadLetter: () => Promise.resolve((lastLetter.get()?.['sequence'] ?? 0) as number),
    reviveDeadLetter(sequence) {
      const letter = takeLetter.get(sequence) as { readonly source: string; readonly effect: string } | undefined;
      if (letter === undefined) return Promise.resolve(null);
      // A person's decision begins a new chain of iotEvents actions.
      add.run(letter.source, letter.effect, 0);
      return Promise.resolve(letter.source);
    },
  };
}
