import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { backUpSqliteStore, restoreSqliteStore } from '../../../src/dataplane/store/sqlite-backup.ts';
import { allKeys, detector } from './detector-rows.ts';
import { readLines, startWriter } from './start-writer.ts';

let directory: string;
let data: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-backup-'));
  data = join(directory, 'data');
  file = join(directory, 'backup.sqlite');
});
afterEach(() => rm(directory, { recursive: true }));

const nowMs = Date.parse('2026-11-25T10:20:30.400Z');
const keptName = 'fleetgraph.sqlite.before-2026-11-25T102030.400Z';

async function put(...keys: readonly string[]): Promise<void> {
  const store = createSqliteStore({ directory: data });
  await store.transact(async (tx) => {
    for (const key of keys) await tx.putDetector(detector(key));
  });
  await store.close();
}

async function keysIn(place: string): Promise<ReadonlySet<unknown>> {
  const store = createSqliteStore({ directory: place });
  const keys = await allKeys(store);
  await store.close();
  return keys;
}

test('a backup that is made while another process writes has all that was acknowledged before it, and restores', async () => {
  const writer = startWriter(data, 'a');
  const acknowledged: string[] = [];
  const before: string[] = [];
  await readLines(writer, (line) => {
    acknowledged.push(line);
    if (acknowledged.length < 500 || before.length > 0) return;
    before.push(...acknowledged);
    backUpSqliteStore(data, file);
    writer.kill('SIGKILL');
  });
  const other = join(directory, 'other');
  expect(restoreSqliteStore(file, other, nowMs)).toBeNull();
  const restored = await keysIn(other);
  expect(before.filter((key) => !restored.has(key))).toEqual([]);
  expect(await readdir(directory)).toEqual(['backup.sqlite', 'data', 'other']);
});

test('the store of a process that was killed is backed up whole', async () => {
  const writer = startWriter(data, 'a');
  await once(writer.stdout, 'data');
  const acknowledged: string[] = [];
  await readLines(writer, (line) => {
    acknowledged.push(line);
    if (acknowledged.length === 200) writer.kill('SIGKILL');
  });
  backUpSqliteStore(data, file);
  const other = join(directory, 'other');
  restoreSqliteStore(file, other, nowMs);
  const restored = await keysIn(other);
  expect(acknowledged.filter((key) => !restored.has(key))).toEqual([]);
});

test('a backup is never written over a file, and a directory without a store has none', async () => {
  await put('a');
  await writeFile(file, 'mine');
  expect(() => {
    backUpSqliteStore(data, file);
  }).toThrow(`Expected a file that is not there yet, got ${file}`);
  expect(await readFile(file, 'utf8')).toBe('mine');
  expect(() => {
    backUpSqliteStore(join(directory, 'empty'), join(directory, 'new'));
  }).toThrow(/^Expected a store in .*empty\/fleetgraph\.sqlite, got no file$/);
});

test('restoring keeps the store that was there, whole, under the name that it answers', async () => {
  await put('a');
  backUpSqliteStore(data, file);
  await put('b');
  const kept = restoreSqliteStore(file, data, nowMs);
  expect(kept).toBe(join(data, keptName));
  expect(await keysIn(data)).toEqual(new Set(['a']));
  restoreSqliteStore(kept ?? '', data, nowMs + 1);
  expect(await keysIn(data)).toEqual(new Set(['a', 'b']));
});

test('a store that was killed while it wrote is kept with all that it had acknowledged', async () => {
  await put('a');
  backUpSqliteStore(data, file);
  const writer = startWriter(data, 'b');
  const acknowledged: string[] = [];
  await readLines(writer, (line) => {
    acknowledged.push(line);
    if (acknowledged.length === 200) writer.kill('SIGKILL');
  });
  const kept = restoreSqliteStore(file, data, nowMs);
  expect(await keysIn(data)).toEqual(new Set(['a']));
  restoreSqliteStore(kept ?? '', data, nowMs + 1);
  const keys = await keysIn(data);
  expect(acknowledged.filter((key) => !keys.has(key))).toEqual([]);
});

test('a damaged store gives way to a backup and is kept', async () => {
  await put('a');
  backUpSqliteStore(data, file);
  const damaged = 'damaged'.repeat(1000);
  await writeFile(join(data, 'fleetgraph.sqlite'), damaged);
  await writeFile(join(data, 'fleetgraph.sqlite-wal'), 'damaged as well');
  restoreSqliteStore(file, data, nowMs);
  expect(await keysIn(data)).toEqual(new Set(['a']));
  expect((await readdir(data)).toSorted()).toEqual(['fleetgraph.lock', 'fleetgraph.sqlite', keptName]);
  expect(await readFile(join(data, keptName), 'utf8')).toBe(damaged);
});

test('restoring is refused while a process is on the store', async () => {
  await put('a');
  backUpSqliteStore(data, file);
  const store = createSqliteStore({ directory: data });
  const refusal = expect.objectContaining({ name: 'StoreError', code: 'IN_USE' }) as Error;
  expect(() => restoreSqliteStore(file, data, nowMs)).toThrow(refusal);
  await store.close();
});

test.each([
  ['is not there', () => Promise.resolve(), 'got no file'],
  ['is no database', () => writeFile(file, 'a text'.repeat(1000)), 'got a damaged file or one of another kind'],
  ['is empty', () => writeFile(file, ''), 'got a database of another kind'],
  ['is of another program', () => makeDatabase('CREATE TABLE other (x); PRAGMA user_version = 1'), 'of another kind'],
  ['is newer', () => makeDatabase('CREATE TABLE acceptedMessages (x); PRAGMA user_version = 99'), 'got 99'],
])('a backup that %s is refused, and the store stays as it was', async (_what, make, message) => {
  await put('a');
  await make();
  expect(() => restoreSqliteStore(file, data, nowMs)).toThrow(message);
  expect(await keysIn(data)).toEqual(new Set(['a']));
  expect((await readdir(data)).toSorted()).toEqual(['fleetgraph.lock', 'fleetgraph.sqlite']);
});

test('a backup with a damaged page is refused', async () => {
  await put(...Array.from({ length: 2000 }, (_, index) => `key-${index}`));
  backUpSqliteStore(data, file);
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill('x', bytes.length / 2, bytes.length / 2 + 8192));
  await mkdir(join(directory, 'other'));
  expect(() => restoreSqliteStore(file, join(directory, 'other'), nowMs)).toThrow('got a damaged file');
});

function makeDatabase(sql: string): Promise<void> {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return Promise.resolve();
}
