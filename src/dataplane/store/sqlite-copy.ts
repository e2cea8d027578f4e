import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { damagedFile } from './sqlite-fault.ts';

/**
 * Copies all that is committed in a database, as it is at one moment, to `file`, which is replaced: checked, on disk, and under its
 * name only once it is whole. Others may write meanwhile. Throws what SQLite or the file system says, and leaves nothing.
 */
export function copyDatabase(database: DatabaseSync, file: string): void {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  try {
    // Not sqlite3_backup: it begins again whenever another process writes.
    database.prepare('VACUUM INTO ?').run(partial);
    const copy = new DatabaseSync(partial, { readOnly: true });
    try {
      checkDatabase(copy, partial);
    } finally {
      copy.close();
    }
    syncFile(partial);
    replaceFile(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Reads all pages of a database. Throws a StoreError that names `file` if something in it does not fit. */
export function checkDatabase(database: DatabaseSync, file: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw damagedFile(file, String(found));
}

/** Renames, durably. */
export function replaceFile(from: string, to: string): void {
  renameSync(from, to);
  syncFile(dirname(to));
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
