import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './sqlite-migrations.ts';
import { StoreError } from './store.ts';

const databaseFile = 'fleetgraph.sqlite';
const lockFile = 'fleetgraph.lock';

// Source: SQLite, "Result and Error Codes". node:sqlite gives the extended code; the primary one is its low byte.
const sqliteBusy = 5;
const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

// How long a statement waits for a tool that reads or backs up the database beside us.
const busyTimeoutMs = 5000;
const cacheSizeKib = 65_536;
// The write-ahead log is cut back to this after a burst.
const walSizeLimitBytes = 64 * 1024 * 1024;

/**
 * The database in `directory`, created where absent, at the newest schema version, owned by this process alone until
 * `close`. Throws a StoreError for a directory that cannot be written, a store that another process owns, a damaged file,
 * and a store that a newer program has written.
 */
export function openDatabase(directory: string): { readonly database: DatabaseSync; close(): void } {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw unusable(directory, cause);
  }
  const lock = lockDirectory(directory);
  const file = join(directory, databaseFile);
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(file, { timeout: busyTimeoutMs });
    database = opened;
    configure(opened);
    migrate(opened, file);
    return {
      database: opened,
      close() {
        opened.close();
        lock.close();
      },
    };
  } catch (cause) {
    database?.close();
    lock.close();
    if (cause instanceof StoreError) throw cause;
    const code = primaryCode(cause);
    if (code === sqliteNotADatabase || code === sqliteCorrupt) {
      throw new StoreError(`Expected a SQLite database in ${file}, got a damaged file or one of another kind`, {
        cause,
      });
    }
    throw unusable(directory, cause);
  }
}

/** An open exclusive transaction on a database of its own: the operating system drops it with the process, kill -9 included. */
function lockDirectory(directory: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(directory, lockFile), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (primaryCode(cause) !== sqliteBusy) throw unusable(directory, cause);
    throw new StoreError(
      `Expected to be alone on the store in ${directory}, got one that is in use by another process`,
      { code: 'IN_USE', cause },
    );
  }
}

function configure(database: DatabaseSync): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON; -- macOS: fsync alone leaves data in the drive's cache
    PRAGMA cache_size = -${cacheSizeKib};
    PRAGMA journal_size_limit = ${walSizeLimitBytes};
  `);
}

function migrate(database: DatabaseSync, file: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > migrations.length) {
      throw new StoreError(
        `Expected the store in ${file} to have version ${migrations.length} or older, got ${version}: ` +
          'it was written by a newer version of this program',
      );
    }
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function unusable(directory: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(`Expected a directory for the store that can be written, got ${directory}: ${reason}`, {
    cause,
  });
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
