import { DatabaseSync } from 'node:sqlite';
import { checkDatabase } from './sqlite-copy.ts';
import { damagedFile, isDamage, reasonOf } from './sqlite-fault.ts';
import { databasePath, lockDirectory, unusableDirectory } from './sqlite-lock.ts';
import { migrate } from './sqlite-migrate.ts';
import { migrations } from './sqlite-migrations.ts';
import { StoreError } from './store.ts';

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
  const lock = lockDirectory(directory);
  const file = databasePath(directory);
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(file, { timeout: busyTimeoutMs });
    database = opened;
    configure(opened);
    checkDatabase(opened, file);
    migrate(opened, file, migrations);
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
    if (isDamage(cause)) throw damagedFile(file, reasonOf(cause), cause);
    throw unusableDirectory(directory, cause);
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
