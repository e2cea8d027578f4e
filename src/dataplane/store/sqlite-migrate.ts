import { type DatabaseSync } from 'node:sqlite';
import { copyDatabase } from './sqlite-copy.ts';
import { StoreError } from './store.ts';

/**
 * Brings the database in `file` to the newest version, all steps in one transaction. One that holds an older version is copied
 * first, to `<file>.version-<n>` beside it. Throws a StoreError for a version that is newer than all of `migrations`; whatever it
 * throws, the database is as it was.
 */
export function migrate(database: DatabaseSync, file: string, migrations: readonly string[]): void {
  const version = versionOf(database);
  if (version > migrations.length) throw newerVersion(file, version, migrations.length);
  if (version === migrations.length) return;
  if (version > 0) copyDatabase(database, `${file}.version-${version}`);
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** The schema version of a database; 0: it holds no store. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** The refusal of a store that a newer program has written. */
export function newerVersion(file: string, version: number, known: number): StoreError {
  return new StoreError(
    `Expected the store in ${file} to have version ${known} or older, got ${version}: ` +
      'it was written by a newer version of this program',
  );
}
