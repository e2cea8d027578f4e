import { type DatabaseSync } from 'node:sqlite';
import { prepareAlarms } from './sqlite-alarms.ts';
import { prepareDevices } from './sqlite-devices.ts';
import { prepareEffects } from './sqlite-effects.ts';
import { prepareResources } from './sqlite-resources.ts';
import { type Part, toKeyColumn, withKeyValue } from './sqlite-row.ts';
import { prepareTimers } from './sqlite-timers.ts';
import { type DetectorRow, type DetectorSummaryRow, type Transaction } from './store.ts';

/** The port's statements, prepared once. They run in whatever transaction is open on the database. */
export function prepareTransaction(database: DatabaseSync): Transaction {
  return {
    ...prepareResources(database),
    ...prepareDetectors(database),
    ...prepareAlarms(database),
    ...prepareTimers(database),
    ...prepareEffects(database),
    ...prepareMessages(database),
    ...prepareDevices(database),
  };
}

function prepareDetectors(
  database: DatabaseSync,
): Part<'getDetector' | 'putDetector' | 'deleteDetector' | 'deleteDetectors' | 'listDetectors'> {
  const summary = 'detectorModelName, keyValue, detectorModelVersion, stateName, creationTimeMs, lastUpdateTimeMs';
  const get = database.prepare('SELECT * FROM detectors WHERE detectorModelName = ? AND keyValue = ?');
  // Not INSERT OR REPLACE: that would delete and insert the row and both index entries for every message.
  const put = database.prepare(`
    INSERT INTO detectors (${summary}, nextTimerMs, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET detectorModelVersion = excluded.detectorModelVersion, stateName = excluded.stateName,
      creationTimeMs = excluded.creationTimeMs, lastUpdateTimeMs = excluded.lastUpdateTimeMs,
      nextTimerMs = excluded.nextTimerMs, snapshot = excluded.snapshot`);
  const deleteOne = database.prepare('DELETE FROM detectors WHERE detectorModelName = ? AND keyValue = ?');
  const deleteAll = database.prepare('DELETE FROM detectors WHERE detectorModelName = ?');
  const page = 'AND keyValue >= ? AND keyValue IS NOT ? ORDER BY keyValue LIMIT ?';
  const list = database.prepare(`SELECT ${summary} FROM detectors WHERE detectorModelName = ? ${page}`);
  const listInState = database.prepare(
    `SELECT ${summary} FROM detectors WHERE detectorModelName = ? AND stateName = ? ${page}`,
  );
  return {
    getDetector(detectorModelName, keyValue) {
      const row = get.get(detectorModelName, toKeyColumn(keyValue));
      return Promise.resolve(row === undefined ? null : (withKeyValue(row) as unknown as DetectorRow));
    },
    putDetector(detector) {
      const { detectorModelName, keyValue, detectorModelVersion, stateName } = detector;
      const { creationTimeMs, lastUpdateTimeMs, nextTimerMs, snapshot } = detector;
      const key = toKeyColumn(keyValue);
      const times = [creationTimeMs, lastUpdateTimeMs, nextTimerMs] as const;
      put.run(detectorModelName, key, detectorModelVersion, stateName, ...times, snapshot);
      return Promise.resolve();
    },
    deleteDetector: (detectorModelName, keyValue) =>
      Promise.resolve(deleteOne.run(detectorModelName, toKeyColumn(keyValue)).changes !== 0),
    deleteDetectors: (detectorModelName) => Promise.resolve(Number(deleteAll.run(detectorModelName).changes)),
    listDetectors({ detectorModelName, stateName, afterKeyValue, limit }) {
      const from = toKeyColumn(afterKeyValue);
      const rows =
        stateName === null
          ? list.all(detectorModelName, from, afterKeyValue, limit)
          : listInState.all(detectorModelName, stateName, from, afterKeyValue, limit);
      return Promise.resolve(rows.map(withKeyValue) as unknown as DetectorSummaryRow[]);
    },
  };
}

function prepareMessages(
  database: DatabaseSync,
): Part<'acceptMessage' | 'putMissedModels' | 'listMissedModels' | 'forgetMessages'> {
  const accept = database.prepare(`
    INSERT INTO acceptedMessages VALUES (?, ?, ?, NULL)
    ON CONFLICT DO UPDATE SET acceptedAtMs = excluded.acceptedAtMs, missedModels = NULL WHERE acceptedAtMs < ?`);
  const putMissed = database.prepare(
    'UPDATE acceptedMessages SET missedModels = ? WHERE inputName = ? AND messageId = ?',
  );
  const getMissed = database.prepare('SELECT missedModels FROM acceptedMessages WHERE inputName = ? AND messageId = ?');
  const forget = database.prepare(`
    DELETE FROM acceptedMessages WHERE (inputName, messageId) IN
      (SELECT inputName, messageId FROM acceptedMessages WHERE acceptedAtMs < ? ORDER BY acceptedAtMs LIMIT ?)`);
  return {
    acceptMessage: (inputName, messageId, nowMs, sinceMs) =>
      Promise.resolve(accept.run(inputName, messageId, nowMs, sinceMs).changes !== 0),
    putMissedModels(inputName, messageId, modelNames) {
      putMissed.run(modelNames.length === 0 ? null : JSON.stringify(modelNames), inputName, messageId);
      return Promise.resolve();
    },
    listMissedModels(inputName, messageId) {
      const text = getMissed.get(inputName, messageId)?.['missedModels'];
      return Promise.resolve(typeof text === 'string' ? (JSON.parse(text) as string[]) : []);
    },
    forgetMessages: (beforeMs, limit) => Promise.resolve(Number(forget.run(beforeMs, limit).changes)),
  };
}
