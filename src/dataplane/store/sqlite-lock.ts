import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { primaryCode, reasonOf } from './sqlite-fault.ts';
import { StoreError } from './store.ts';

const lockFile = 'fleetgraph.lock';

// Source: SQLite, "Result and Error Codes".
const sqliteBusy = 5;

/** Where a data directory has its store. */
export function databasePath(directory: string): string {
  return join(directory, 'fleetgraph.sqlite');
}

/**
 * Makes this process the only one on the store in `directory`, which is created where absent, until the answer is closed: an open
 * exclusive transaction on a database of its own, which the operating system drops with the process, kill -9 included. Throws a
 * StoreError, IN_USE if another one has it.
 */
export function lockDirectory(directory: string): { close(): void } {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, lockFile);
    // SQLite opens what cannot be written for reading, without a word and without a lock.
    for (const path of [directory, file, databasePath(directory)]) {
      if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
    }
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (primaryCode(cause) !== sqliteBusy) throw unusableDirectory(directory, cause);
    throw new StoreError(
      `Expected to be alone on the store in ${directory}, got one that is in use by another process`,
      { code: 'IN_USE', cause },
    );
  }
}

/** The refusal of a directory that cannot be read or written. */
export function unusableDirectory(directory: string, cause: unknown): StoreError {
  return new StoreError(
    `Expected a directory for the store that can be written, got ${directory}: ${reasonOf(cause)}`,
    { cause },
  );
}
