import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accessKeyPath, changeAccessKeys, listAccessKeys, openAccessKeys } from '../../src/security/access-key-file.ts';
import { createAccessKey } from '../../src/security/access-keys.ts';
import { decide, NAMED_POLICIES } from '../../src/security/policy.ts';
import { createTestLog } from '../test-log.ts';

const silent = pino({ level: 'silent' });
const newKey = () => createAccessKey('ReadOnlyAccess', NAMED_POLICIES.ReadOnlyAccess, Date.UTC(2026, 0, 1));

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-keys-'));
  path = accessKeyPath(join(directory, 'data'));
});
afterEach(() => rm(directory, { recursive: true }));

test('keys are read back as they were created, by their owner alone', async () => {
  const keys = [newKey(), newKey()];
  await changeAccessKeys(path, () => keys);
  expect(await listAccessKeys(path)).toEqual(keys);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'data'))).toEqual(['access-keys.json']);
  const [key] = await listAccessKeys(path);
  expect(key && decide(key.policy, 'iotevents:ListInputs', '*')).toBe('allowed');
});

test('ids and secrets have the form of AWS’s, and no two are the same', () => {
  const keys = Array.from({ length: 100 }, newKey);
  for (const { accessKeyId, secretAccessKey } of keys) {
    expect(accessKeyId).toMatch(/^FGKA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  }
  expect(new Set(keys.flatMap(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey])).size).toBe(200);
});

test('two changes at a time are refused rather than one of them lost', async () => {
  const results = await Promise.allSettled([1, 2, 3].map(() => changeAccessKeys(path, (keys) => [...keys, newKey()])));
  const done = results.filter(({ status }) => status === 'fulfilled').length;
  expect(await listAccessKeys(path)).toHaveLength(done);
  for (const result of results) {
    if (result.status === 'rejected') expect(String(result.reason)).toContain('another command writes it');
  }
});

test('a change that fails leaves the keys as they were', async () => {
  await changeAccessKeys(path, () => [newKey()]);
  const fail = () => {
    throw new Error('no such key');
  };
  await expect(changeAccessKeys(path, fail)).rejects.toThrow('no such key');
  expect(await listAccessKeys(path)).toHaveLength(1);
  await changeAccessKeys(path, () => []);
});

test('a broken file is refused at the start, in words that hold nothing of it', async () => {
  await changeAccessKeys(path, () => []);
  for (const text of ['{"secretAccessKey":"hush', '{"accessKeys":[{"accessKeyId":"hush"}]}', '[]']) {
    await writeFile(path, text);
    expect(() => openAccessKeys(path, silent)).toThrow(`Expected access keys in ${path}, got: `);
    expect(() => openAccessKeys(path, silent)).not.toThrow('hush');
  }
});

test('a file that breaks later is logged, and its keys stay', async () => {
  const key = newKey();
  await changeAccessKeys(path, () => [key]);
  const { log, logged } = createTestLog();
  const keys = openAccessKeys(path, log);
  await writeFile(path, '{"hush');
  await vi.waitFor(() => {
    expect(keys.find(key.accessKeyId)).toEqual(key);
    expect(logged('error')).toMatchObject([{ msg: 'the access keys cannot be read: they stay as they were' }]);
  });
  expect(JSON.stringify(logged('error'))).not.toContain('hush');
});
