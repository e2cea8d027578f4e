import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';
import { describeControlStore } from '../../contract/store-control.ts';
import { describeRuntimeStore } from '../../contract/store-runtime.ts';
import { type StorePlace } from '../../contract/store-place.ts';
import { describeStore } from '../../contract/store.ts';

async function createPlace(): Promise<StorePlace> {
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-store-'));
  return {
    open: () => Promise.resolve(createSqliteStore({ directory })),
    remove: () => rm(directory, { recursive: true }),
  };
}

describeStore('sqlite', createPlace);
describeRuntimeStore('sqlite', createPlace);
describeControlStore('sqlite', createPlace);
