import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../src/dataplane/store/sqlite-migrate.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-migrate-'));
  file = join(directory, 'store');
});
afterEach(() => rm(directory, { recursive: true }));

const first = 'CREATE TABLE words (word TEXT) STRICT';
const second = 'ALTER TABLE words ADD COLUMN length INTEGER';

function withDatabase<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function contentOf(path: string): unknown {
  return withDatabase(path, (database) => ({
    ...database.prepare('PRAGMA user_version').get(),
    words: database.prepare('SELECT * FROM words').all(),
  }));
}

test('a new store has the newest version at once, and no copy', async () => {
  withDatabase(file, (database) => {
    migrate(database, file, [first, second]);
  });
  expect(contentOf(file)).toEqual({ user_version: 2, words: [] });
  expect(await readdir(directory)).toEqual(['store']);
});

test('an older store is copied beside it, then brought to the newest version', () => {
  withDatabase(file, (database) => {
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database, file, [first]);
    database.exec("INSERT INTO words VALUES ('kept')");
    migrate(database, file, [first, second]);
  });
  expect(contentOf(file)).toEqual({ user_version: 2, words: [{ word: 'kept', length: null }] });
  expect(contentOf(`${file}.version-1`)).toEqual({ user_version: 1, words: [{ word: 'kept' }] });
});

test('a step that fails takes the steps before it back, and the next start tries again', () => {
  withDatabase(file, (database) => {
    migrate(database, file, [first]);
    database.exec("INSERT INTO words VALUES ('kept')");
    expect(() => {
      migrate(database, file, [first, second, 'CREATE TABLE words (word TEXT)']);
    }).toThrow('table words already exists');
    expect(contentOf(file)).toEqual({ user_version: 1, words: [{ word: 'kept' }] });
    migrate(database, file, [first, second]);
  });
  expect(contentOf(file)).toEqual({ user_version: 2, words: [{ word: 'kept', length: null }] });
});

test('a store of a newer version is refused with both versions, and left as it was', async () => {
  withDatabase(file, (database) => {
    migrate(database, file, [first, second]);
    expect(() => {
      migrate(database, file, [first]);
    }).toThrow(/to have version 1 or older, got 2: it was written by a newer version/);
  });
  expect(contentOf(file)).toEqual({ user_version: 2, words: [] });
  expect(await readdir(directory)).toEqual(['store']);
});
