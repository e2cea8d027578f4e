import { type DatabaseSync } from 'node:sqlite';
import { type Part, toKeyColumn, withKeyValue } from './sqlite-row.ts';
import { type AlarmRow, type AlarmSummaryRow } from './store.ts';

/** The statements on alarms. */
export function prepareAlarms(
  database: DatabaseSync,
): Part<'getAlarm' | 'putAlarm' | 'deleteAlarm' | 'deleteAlarms' | 'listAlarms'> {
  const summary = 'alarmModelName, keyValue, alarmModelVersion, stateName, creationTimeMs, lastUpdateTimeMs';
  const get = database.prepare('SELECT * FROM alarms WHERE alarmModelName = ? AND keyValue = ?');
  const put = database.prepare(`
    INSERT INTO alarms (${summary}, nextTimerMs, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET alarmModelVersion = excluded.alarmModelVersion, stateName = excluded.stateName,
      creationTimeMs = excluded.creationTimeMs, lastUpdateTimeMs = excluded.lastUpdateTimeMs,
      nextTimerMs = excluded.nextTimerMs, snapshot = excluded.snapshot`);
  const deleteOne = database.prepare('DELETE FROM alarms WHERE alarmModelName = ? AND keyValue = ?');
  const deleteAll = database.prepare('DELETE FROM alarms WHERE alarmModelName = ?');
  const list = database.prepare(`
    SELECT ${summary} FROM alarms WHERE alarmModelName = ? AND keyValue >= ? AND keyValue IS NOT ?
    ORDER BY keyValue LIMIT ?`);
  return {
    getAlarm(alarmModelName, keyValue) {
      const row = get.get(alarmModelName, toKeyColumn(keyValue));
      return Promise.resolve(row === undefined ? null : (withKeyValue(row) as unknown as AlarmRow));
    },
    putAlarm(alarm) {
      const { alarmModelName, keyValue, alarmModelVersion, stateName, snapshot } = alarm;
      const times = [alarm.creationTimeMs, alarm.lastUpdateTimeMs, alarm.nextTimerMs] as const;
      put.run(alarmModelName, toKeyColumn(keyValue), alarmModelVersion, stateName, ...times, snapshot);
      return Promise.resolve();
    },
    deleteAlarm(alarmModelName, keyValue) {
      deleteOne.run(alarmModelName, toKeyColumn(keyValue));
      return Promise.resolve();
    },
    deleteAlarms: (alarmModelName) => Promise.resolve(Number(deleteAll.run(alarmModelName).changes)),
    listAlarms({ alarmModelName, afterKeyValue, limit }) {
      const rows = list.all(alarmModelName, toKeyColumn(afterKeyValue), afterKeyValue, limit);
      return Promise.resolve(rows.map(withKeyValue) as unknown as AlarmSummaryRow[]);
    },
  };
}
