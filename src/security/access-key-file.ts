import { readFileSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Log } from '../telemetry/log.ts';
import { type AccessKey, readAccessKeys, writeAccessKeys } from './access-keys.ts';

/** Where a data directory has its access keys. */
export function accessKeyPath(dataDirectory: string): string {
  return join(dataDirectory, 'access-keys.json');
}

/** The access keys of a running service, always as their file has them now. */
export interface AccessKeys {
  /** Whether there are keys, or have been since the start: without any, nobody can sign. */
  areSet(): boolean;
  find(accessKeyId: string): AccessKey | undefined;
}

/** What a request may be too early for. A command that changes the file takes longer to end. */
const CHECK_INTERVAL_MS = 10;
/** For a file that cannot be read: the log is not to be flooded. */
const RETRY_MS = 1000;

/**
 * Opens the keys in a file, which need not be there. Throws an Error if it cannot be read now; if it is broken later, the log says
 * so and the keys stay as they were. A file that is deleted leaves no key, and nobody gets in without.
 */
export function openAccessKeys(path: string, log: Log): AccessKeys {
  let keys: ReadonlyMap<string, AccessKey> | null = null;
  let version = '';
  let checkedAtMs = -Infinity;

  function read(): void {
    const file = statSync(path, { throwIfNoEntry: false });
    // Every change is a new file.
    const found = file === undefined ? '' : `${file.ino} ${file.mtimeMs} ${file.size}`;
    if (found === version) return;
    const list = file === undefined ? [] : readAccessKeys(readFileSync(path, 'utf8'));
    keys = new Map(list.map((key) => [key.accessKeyId, key]));
    version = found;
  }

  function current(): ReadonlyMap<string, AccessKey> | null {
    const nowMs = performance.now();
    if (nowMs - checkedAtMs < CHECK_INTERVAL_MS) return keys;
    checkedAtMs = nowMs;
    try {
      read();
    } catch (error) {
      checkedAtMs = nowMs + RETRY_MS;
      log.error({ path, err: error }, 'the access keys cannot be read: they stay as they were');
    }
    return keys;
  }

  try {
    read();
  } catch (cause) {
    throw new Error(`Expected access keys in ${path}, got: ${(cause as Error).message}`, { cause });
  }
  return { areSet: () => current() !== null, find: (accessKeyId) => current()?.get(accessKeyId) };
}

/** The keys in a file; none if there is no file. */
export async function listAccessKeys(path: string): Promise<readonly AccessKey[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? [] : readAccessKeys(text);
}

/** Replaces the keys in a file, which only its owner may read, at once and durably. Rejects if another command is about to. */
export async function changeAccessKeys(
  path: string,
  change: (keys: readonly AccessKey[]) => readonly AccessKey[],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const newPath = `${path}.new`;
  const { uid, gid } = await stat(dirname(path));
  const file = await open(newPath, 'wx', 0o600).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new Error(`Expected no ${newPath}: another command writes it, or was stopped while it did`, { cause });
  });
  try {
    // An administrator's command is not to take the file from the service's user.
    if (process.getuid?.() === 0) await file.chown(uid, gid);
    await file.writeFile(writeAccessKeys(change(await listAccessKeys(path))));
    await file.sync();
    await rename(newPath, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  await directory.sync();
  await directory.close();
}
