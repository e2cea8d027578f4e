import { type DatabaseSync } from 'node:sqlite';
import { type Part, toKeyColumn, withKeyValue } from './sqlite-row.ts';
import { type DueTimerRow } from './store.ts';

/** The statements on the timers of detectors and alarms, answered by the partial indexes on nextTimerMs. */
export function prepareTimers(database: DatabaseSync): Part<'getNextTimerMs' | 'listDueTimers' | 'putNextTimer'> {
  const next = database.prepare(`
    SELECT min(nextTimerMs) AS nextTimerMs FROM (
      SELECT min(nextTimerMs) AS nextTimerMs FROM detectors WHERE nextTimerMs IS NOT NULL
      UNION ALL SELECT min(nextTimerMs) FROM alarms WHERE nextTimerMs IS NOT NULL)`);
  const listDue = database.prepare(`
    SELECT 'detector' AS kind, detectorModelName AS modelName, keyValue, nextTimerMs FROM detectors WHERE nextTimerMs <= ?1
    UNION ALL
    SELECT 'alarm', alarmModelName, keyValue, nextTimerMs FROM alarms WHERE nextTimerMs <= ?1
    ORDER BY nextTimerMs, modelName, keyValue LIMIT ?2`);
  const put = {
    detector: database.prepare('UPDATE detectors SET nextTimerMs = ? WHERE detectorModelName = ? AND keyValue = ?'),
    alarm: database.prepare('UPDATE alarms SET nextTimerMs = ? WHERE alarmModelName = ? AND keyValue = ?'),
  };
  return {
    getNextTimerMs: () => Promise.resolve((next.get()?.['nextTimerMs'] ?? null) as number | null),
    listDueTimers: (untilMs, limit) =>
      Promise.resolve(listDue.all(untilMs, limit).map(withKeyValue) as unknown as DueTimerRow[]),
    putNextTimer({ kind, modelName, keyValue, nextTimerMs }) {
      put[kind].run(nextTimerMs, modelName, toKeyColumn(keyValue));
      return Promise.resolve();
    },
  };
}
