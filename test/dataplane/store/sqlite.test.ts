import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { StoreError } from '../../../src/dataplane/store/store.ts';
import { allKeys, detector } from './detector-rows.ts';
import { readLines, startWriter, writerFile } from './start-writer.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-sqlite-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** Opens the file beside the store, as sqlite3 would. */
function withDatabase<T>(use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(directory, 'fleetgraph.sqlite'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

describe('opening', () => {
  test('the file is in WAL mode, so that a tool can read it beside the program', async () => {
    const store = createSqliteStore({ directory });
    expect(withDatabase((database) => database.prepare('PRAGMA journal_mode').get())).toEqual({ journal_mode: 'wal' });
    await store.close();
  });

  test('a store whose directory is absent is created with it', async () => {
    const nested = join(directory, 'a', 'b');
    const store = createSqliteStore({ directory: nested });
    expect(await store.transact((tx) => tx.listResources('input'))).toEqual([]);
    await store.close();
  });

  test('a directory that cannot be written is named, with the reason', async () => {
    await writeFile(join(directory, 'file'), '');
    const open = () => createSqliteStore({ directory: join(directory, 'file', 'data') });
    expect(open).toThrow(StoreError);
    expect(open).toThrow(/^Expected a directory for the store that can be written, got .*file\/data: ENOTDIR/);
  });

  test.skipIf(spawnSync('unshare', ['-rm', 'true']).status !== 0)(
    'a store on a disk that is read-only is refused, with the reason',
    async () => {
      await createSqliteStore({ directory }).close();
      const script = 'mount --bind "$3" "$3" && mount -o remount,bind,ro "$3" && exec "$@"';
      const command = [process.execPath, writerFile, directory, 'a'];
      const { stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', ...command], { encoding: 'utf8' });
      expect(stderr).toContain(`Expected a directory for the store that can be written, got ${directory}: EROFS`);
    },
  );

  test('a store that another store of this process owns is refused, and opens once that is closed', async () => {
    const store = createSqliteStore({ directory });
    const refusal = expect.objectContaining({ name: 'StoreError', code: 'IN_USE' }) as Error;
    expect(() => createSqliteStore({ directory })).toThrow(refusal);
    await store.close();
    await createSqliteStore({ directory }).close();
  });

  test('a store that another process owns is refused, and opens once that process was killed', async () => {
    const writer = startWriter(directory, 'a');
    await once(writer.stdout, 'data');
    expect(() => createSqliteStore({ directory })).toThrow(
      `Expected to be alone on the store in ${directory}, got one that is in use by another process`,
    );
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    await createSqliteStore({ directory }).close();
  });

  test('a store that a newer program has written is refused and left as it was', async () => {
    await createSqliteStore({ directory }).close();
    withDatabase((database) => {
      database.exec('PRAGMA user_version = 99');
    });
    expect(() => createSqliteStore({ directory })).toThrow(/got 99: it was written by a newer version of this program/);
    expect(withDatabase((database) => database.prepare('PRAGMA user_version').get())).toEqual({ user_version: 99 });
  });

  test('a file that is no database is refused by its name, and not overwritten', async () => {
    const file = join(directory, 'fleetgraph.sqlite');
    const text = 'this is a text, and no database at all'.repeat(100);
    await writeFile(file, text);
    expect(() => createSqliteStore({ directory })).toThrow(`Expected a SQLite database in ${file}, got a damaged file`);
    expect(await readFile(file, 'utf8')).toBe(text);
    // The refusal gave the directory back.
    await rm(file);
    await createSqliteStore({ directory }).close();
  });
});

describe('damage', () => {
  async function fill(): Promise<Buffer> {
    const store = createSqliteStore({ directory });
    await store.transact(async (tx) => {
      for (let count = 0; count < 2000; count++) await tx.putDetector(detector(`key-${count}`));
    });
    await store.close();
    return readFile(join(directory, 'fleetgraph.sqlite'));
  }

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['overwritten in the middle', (bytes: Buffer) => bytes.fill('x', bytes.length / 2, bytes.length / 2 + 8192)],
  ])('a store whose file was %s is refused by its name, with what to do, and left as it was', async (_how, damage) => {
    const file = join(directory, 'fleetgraph.sqlite');
    const damaged = damage(await fill());
    await writeFile(file, damaged);
    expect(() => createSqliteStore({ directory })).toThrow(
      /^Expected a SQLite database in .*fleetgraph\.sqlite, got a damaged file .*: .*"fleetgraph restore FILE"$/s,
    );
    expect((await readFile(file)).equals(damaged)).toBe(true);
  });
});

describe('faults', () => {
  test('why writing fails is told once for each cause, and that it works again once', async () => {
    const told: (string | null)[] = [];
    const store = createSqliteStore({ directory, onFault: (fault) => told.push(fault && fault.message) });
    const put = (keyValue: string) => store.transact((tx) => tx.putDetector(detector(keyValue)));
    const read = () => store.transact((tx) => tx.getDetector('motor', 'any'));
    await read();
    withDatabase((database) => {
      for (const cause of ['this', 'that']) {
        database.exec(`CREATE TRIGGER ${cause} BEFORE INSERT ON detectors WHEN NEW.keyValue = '${cause}'
          BEGIN SELECT RAISE(ABORT, '${cause}'); END;`);
      }
    });
    for (const key of ['this', 'this', 'that']) await expect(put(key)).rejects.toThrow(StoreError);
    await read();
    const expected = ['this', 'that'].map((cause) => `Expected the transaction to be committed, got: ${cause}`);
    expect(told).toEqual(expected);
    for (const key of ['one', 'two']) await put(key);
    expect(told).toEqual([...expected, null]);
    await store.close();
  });

  test('a COMMIT that fails rejects every transaction of its group with the cause, and the store goes on', async () => {
    const store = createSqliteStore({ directory });
    await store.transact((tx) => tx.putDetector(detector('before')));
    // A deferred constraint is checked at COMMIT; putting a detector with the key "fatal" breaks it.
    withDatabase((database) => {
      database.exec(`
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER fatal AFTER INSERT ON detectors WHEN NEW.keyValue = 'fatal' BEGIN INSERT INTO child VALUES (1); END;`);
    });
    const outcomes = await Promise.allSettled([
      store.transact((tx) => tx.putDetector(detector('beside'))),
      store.transact((tx) => tx.putDetector(detector('fatal'))),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'StoreError', cause: { message: 'FOREIGN KEY constraint failed' } },
      });
    }
    await store.transact((tx) => tx.putDetector(detector('after')));
    expect(await allKeys(store)).toEqual(new Set(['before', 'after']));
    await store.close();
  });

  test('a write that ends the whole transaction rejects its group, and the store goes on', async () => {
    const store = createSqliteStore({ directory });
    await store.transact((tx) => tx.listResources('input'));
    withDatabase((database) => {
      database.exec(`CREATE TRIGGER fatal BEFORE INSERT ON detectors WHEN NEW.keyValue = 'fatal'
        BEGIN SELECT RAISE(ROLLBACK, 'on purpose'); END;`);
    });
    const outcomes = await Promise.allSettled(
      ['beside', 'fatal', 'later'].map((keyValue) => store.transact((tx) => tx.putDetector(detector(keyValue)))),
    );
    const reason = { name: 'StoreError', cause: { message: 'on purpose' } };
    expect(outcomes).toMatchObject(outcomes.map(() => ({ status: 'rejected', reason })));
    await store.transact((tx) => tx.putDetector(detector('after')));
    expect(await allKeys(store)).toEqual(new Set(['after']));
    await store.close();
  });

  test.skipIf(!existsSync('/usr/bin/prlimit'))(
    'a disk without room refuses writes, and they go on when there is room',
    async () => {
      // A limit on the size of files is what fills up here (prlimit comes with util-linux).
      const writer = startWriter(directory, 'a', '/usr/bin/prlimit', '--fsize=1000000:unlimited');
      const acknowledged = new Set<string>();
      let refusal: string | null = null;
      let acknowledgedAfter = 0;
      await readLines(writer, (line) => {
        if (!line.startsWith('refused: ')) {
          acknowledged.add(line);
          if (refusal !== null && ++acknowledgedAfter === 100) writer.kill('SIGKILL');
        } else if (refusal === null) {
          refusal = line;
          execFileSync('/usr/bin/prlimit', ['--pid', String(writer.pid), '--fsize=unlimited']);
        }
      });
      expect(refusal).toMatch(/^refused: StoreError: Expected the transaction to be committed, got: disk I\/O error/);
      await expectKept(acknowledged);
    },
  );

  test('kill -9 while 20 writers write loses nothing that was acknowledged', async () => {
    for (const prefix of ['a', 'b', 'c']) {
      const writer = startWriter(directory, prefix);
      const acknowledged = new Set<string>();
      await readLines(writer, (line) => {
        acknowledged.add(line);
        if (acknowledged.size === 500) writer.kill('SIGKILL');
      });
      expect(acknowledged.size).toBeGreaterThanOrEqual(500);
      await expectKept(acknowledged);
    }
  });
});

async function expectKept(acknowledged: ReadonlySet<string>): Promise<void> {
  const store = createSqliteStore({ directory });
  const kept = await allKeys(store);
  await store.close();
  expect([...acknowledged].filter((keyValue) => !kept.has(keyValue))).toEqual([]);
}
