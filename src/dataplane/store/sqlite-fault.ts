import { StoreError } from './store.ts';

// Source: SQLite, "Result and Error Codes".
const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

/** The primary result code of an error of SQLite; null: it is none. node:sqlite gives the extended code, whose low byte it is. */
export function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Whether the error says that the file is damaged or no database. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === sqliteCorrupt || code === sqliteNotADatabase;
}

/** The refusal of a file that is damaged or no database. `reason` is what SQLite found. */
export function damagedFile(file: string, reason: string, cause?: unknown): StoreError {
  return new StoreError(
    `Expected a SQLite database in ${file}, got a damaged file or one of another kind: ${reason}. ` +
      'A backup is brought back with "fleetgraph restore FILE"',
    { cause },
  );
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
