import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadResources } from '../../../src/dataplane/load/load-files.ts';
import { readResourceFiles } from '../../../src/dataplane/load/read-files.ts';
import { type LoadReport } from '../../../src/dataplane/load/resource-file.ts';
import { openRuntime, type TestRuntime } from '../runtime/open-runtime.ts';

interface ShortReport extends Omit<LoadReport, 'refused'> {
  readonly refused: readonly string[];
}

/** A runtime, and a directory of files to load into it. */
export interface TestLoader {
  readonly runtime: TestRuntime;
  readonly directory: string;
  /** Writes the files, each a JSON value or a text, and loads the directory; refusals as `file: path: message`. */
  readonly load: (
    files: Readonly<Record<string, unknown>>,
    options?: { readonly dryRun: boolean },
  ) => Promise<ShortReport>;
  close(): Promise<void>;
}

export async function openLoader(): Promise<TestLoader> {
  const runtime = await openRuntime();
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-load-'));
  return {
    runtime,
    directory,
    async load(files, options = { dryRun: false }) {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(directory, name)), { recursive: true });
        await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
      }
      const { control } = runtime.runtime;
      const report = await loadResources(control, await readResourceFiles([directory]), options);
      const refused = report.refused.map(
        ({ file, path, message }) => `${file.slice(directory.length + 1)}: ${path}: ${message}`,
      );
      return { ...report, refused };
    },
    async close() {
      await runtime.close();
      await rm(directory, { recursive: true });
    },
  };
}
