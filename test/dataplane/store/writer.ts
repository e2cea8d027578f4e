// Writes to the store in argv[2] until it is killed. Prints the key of every write that was acknowledged, and `refused: ...`
// where one was not; keys begin with argv[3].
import { writeSync } from 'node:fs';
import { createSqliteStore } from '../../../src/dataplane/store/sqlite.ts';

const [directory = '', prefix = ''] = process.argv.slice(2);
const store = createSqliteStore({ directory });
const detector = { detectorModelName: 'motor', detectorModelVersion: '1', stateName: 'Normal', nextTimerMs: null };
const times = { creationTimeMs: 1, lastUpdateTimeMs: 2 };

async function write(writer: number): Promise<never> {
  for (let count = 0; ; count++) {
    const keyValue = `${prefix}-${writer}-${count}`;
    const snapshot = JSON.stringify({ count, text: 'x'.repeat(500) });
    await store
      .transact((tx) => tx.putDetector({ ...detector, ...times, keyValue, snapshot }))
      .then(
        () => writeSync(1, `${keyValue}\n`),
        (error: unknown) => writeSync(1, `refused: ${String(error)}\n`),
      );
  }
}

await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
