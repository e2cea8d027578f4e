import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { copyDatabase, replaceFile } from './sqlite-copy.ts';
import { damagedFile, isDamage, reasonOf } from './sqlite-fault.ts';
import { databasePath, lockDirectory } from './sqlite-lock.ts';
import { newerVersion, versionOf } from './sqlite-migrate.ts';
import { migrations } from './sqlite-migrations.ts';
import { StoreError } from './store.ts';

/**
 * Copies the store in `directory` as it is at one moment to a new file, also while another process runs on it. Throws a StoreError
 * if there is no store, it is damaged, or `file` is there already.
 */
export function backUpSqliteStore(directory: string, file: string): void {
  if (existsSync(file)) throw new StoreError(`Expected a file that is not there yet, got ${file}`);
  copyStore(databasePath(directory), file);
}

/**
 * Puts the backup in `file` in place of the store in `directory`, at once and durably, and keeps the old one beside it: answers
 * where, null if there was none. Throws a StoreError if a process is on the store, or `file` holds no store, a damaged one or a
 * newer one; then the old one is as it was.
 */
export function restoreSqliteStore(file: string, directory: string, nowMs: number): string | null {
  const lock = lockDirectory(directory);
  const store = databasePath(directory);
  const copy = `${store}.restored`;
  try {
    copyStore(file, copy);
    const kept = existsSync(store) ? `${store}.before-${new Date(nowMs).toISOString().replaceAll(':', '')}` : null;
    if (kept !== null) keep(store, kept);
    replaceFile(copy, store);
    return kept;
  } finally {
    rmSync(copy, { force: true });
    lock.close();
  }
}

function copyStore(from: string, to: string): void {
  if (!existsSync(from)) throw new StoreError(`Expected a store in ${from}, got no file`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(from, { readOnly: true });
    const version = versionOf(database);
    const isStore = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'acceptedMessages'").get() !== undefined;
    if (version === 0 || !isStore) throw new StoreError(`Expected a store in ${from}, got a database of another kind`);
    if (version > migrations.length) throw newerVersion(from, version, migrations.length);
    copyDatabase(database, to);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    if (isDamage(cause)) throw damagedFile(from, reasonOf(cause), cause);
    throw new StoreError(`Expected to copy ${from} to ${to}, got: ${reasonOf(cause)}`, { cause });
  } finally {
    database?.close();
  }
}

/** Gives the store its second name, with its log worked in. Only a damaged one keeps its log, which would be taken for the new one's. */
function keep(store: string, kept: string): void {
  try {
    const database = new DatabaseSync(store);
    try {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  } catch {
    // It is damaged, which may be why another is to take its place.
  }
  const log = `${store}-wal`;
  if (existsSync(log)) renameSync(log, `${kept}-wal`);
  rmSync(`${store}-shm`, { force: true });
  linkSync(store, kept);
}
