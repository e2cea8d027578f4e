import { type DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { type ResourceRow, type Transaction } from './store.ts';

type Resources = Pick<
  Transaction,
  'putResource' | 'getResource' | 'listResources' | 'listResourceVersions' | 'deleteResource' | 'forgetResources'
>;

/** The statements on the resources of the control planes. */
export function prepareResources(database: DatabaseSync): Resources {
  const put = database.prepare('INSERT OR REPLACE INTO resources VALUES (?, ?, ?, ?, ?, ?, ?)');
  const get = database.prepare('SELECT * FROM resources WHERE kind = ? AND name = ? AND version = ?');
  const getHighest = database.prepare(
    'SELECT * FROM resources WHERE kind = ? AND name = ? ORDER BY version DESC LIMIT 1',
  );
  // Beside max() the other columns are those of the row that has it (SQLite, "Bare columns in an aggregate query").
  const list = database.prepare(`
    SELECT kind, name, max(version) AS version, request, tags, creationTimeMs, lastUpdateTimeMs
    FROM resources WHERE kind = ? GROUP BY name ORDER BY name`);
  const listVersions = database.prepare('SELECT * FROM resources WHERE kind = ? AND name = ? ORDER BY version');
  const deleteAll = database.prepare('DELETE FROM resources WHERE kind = ? AND name = ?');
  const forget = database.prepare('DELETE FROM resources WHERE kind = ? AND creationTimeMs < ?');
  return {
    putResource({ kind, name, version, request, tags, creationTimeMs, lastUpdateTimeMs }) {
      put.run(kind, name, version, request, JSON.stringify(tags), creationTimeMs, lastUpdateTimeMs);
      return Promise.resolve();
    },
    getResource(kind, name, version) {
      const row = version === null ? getHighest.get(kind, name) : get.get(kind, name, version);
      return Promise.resolve(row === undefined ? null : toResource(row));
    },
    listResources: (kind) => Promise.resolve(list.all(kind).map(toResource)),
    listResourceVersions: (kind, name) => Promise.resolve(listVersions.all(kind, name).map(toResource)),
    deleteResource: (kind, name) => Promise.resolve(deleteAll.run(kind, name).changes !== 0),
    forgetResources(kind, beforeMs) {
      forget.run(kind, beforeMs);
      return Promise.resolve();
    },
  };
}

function toResource(row: Record<string, SQLOutputValue>): ResourceRow {
  return { ...row, tags: JSON.parse(row['tags'] as string) as ResourceRow['tags'] } as unknown as ResourceRow;
}
