import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { describeStore } from '../../contract/store.ts';

describeStore('sqlite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-store-'));
  return {
    open: () => Promise.resolve(createSqliteStore({ directory })),
    remove: () => rm(directory, { recursive: true }),
  };
});
