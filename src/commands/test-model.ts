import { watch } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { styleText } from 'node:util';
import { UsageError } from '../command-line.ts';
import { listFiles } from '../dataplane/load/read-files.ts';
import { formatJson } from '../engine/json.ts';
import { definitionLimits, engineOptions } from '../engine-options.ts';
import { loadAll } from '../local-dataplane.ts';
import { type Settings } from '../settings.ts';
import { describeFile } from '../test-model/describe-file.ts';
import { reportFiles, sumUp } from '../test-model/report-files.ts';
import { type FileResult, runFile } from '../test-model/run-file.ts';
import { type Models } from '../test-model/scenario.ts';
import { withControl } from './with-control.ts';

/** Editors write a file in several steps: what follows within this is the same change. */
const SAME_CHANGE_MS = 100;

/**
 * Runs files, and of directories all `.json` files below, and prints what happened. Answers the exit code: 1 if anything was
 * not as expected or could not be read. With `watch` it only ends when the process does.
 */
export async function testModel(paths: readonly string[], settings: Settings): Promise<0 | 1> {
  if (!settings.watch) return runOnce(paths, settings);
  if (settings.json) throw new UsageError('--json prints one document: expected no --watch with it');
  let wake: () => void = () => undefined;
  await watchPaths([...paths, ...settings.load], () => {
    wake();
  });
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    try {
      await runOnce(paths, settings);
    } catch (error) {
      // A file may be gone for a moment while it is written.
      process.stdout.write(`${styleText('red', (error as Error).message)}\n`);
    }
    process.stdout.write(`${styleText('dim', 'Waiting for a change; Ctrl-C ends it.')}\n`);
    await changed;
    process.stdout.write('\n');
  }
}

async function runOnce(paths: readonly string[], settings: Settings): Promise<0 | 1> {
  const files = (await Promise.all(paths.map(listScenarios))).flat();
  const models = await loadModels(settings);
  const results: FileResult[] = [];
  for (const file of files) {
    const result = await runOne(file, models, settings);
    results.push(result);
    if (!settings.json) process.stdout.write(`${describeFile(result, { trace: settings.trace, style: styleText })}\n`);
  }
  const { passed, failed } = sumUp(results);
  if (settings.json) process.stdout.write(`${formatJson(reportFiles(results))}\n`);
  else process.stdout.write(summary(results, passed, failed));
  return failed === 0n ? 0 : 1;
}

async function runOne(file: string, models: Models, settings: Settings): Promise<FileResult> {
  const text = await readFile(file, 'utf8');
  return runFile(file, text, models, engineOptions(settings), definitionLimits(settings));
}

function summary(results: readonly FileResult[], passed: bigint, failed: bigint): string {
  const failing = results
    .filter((result) => result.failed > 0)
    .map(({ file }) => `  ${styleText('red', '✗')} ${file}\n`);
  const counts = `${passed} passed, ${failed} failed`;
  return `${failing.join('')}${styleText(failed === 0n ? 'green' : 'red', counts)}\n`;
}

async function listScenarios(path: string): Promise<readonly string[]> {
  const files = await listFiles(path, ['.json']).catch((error: unknown) => {
    throw new UsageError((error as Error).message);
  });
  if (files.length === 0) throw new UsageError(`Expected *.json files in ${path}, got none`);
  return files;
}

/** The models that `load` would bring into an empty data plane from the files of --load. */
async function loadModels(settings: Settings): Promise<Models> {
  if (settings.load.length === 0) return { inputs: [], detectorModels: [], alarmModels: [] };
  const directory = await mkdtemp(join(tmpdir(), 'fleetgraph-test-model-'));
  try {
    return await withControl({ ...settings, data: directory }, async (control) => {
      await loadAll(control, settings.load);
      const { inputs, models, alarmModels } = await control.transact(({ catalog }) => Promise.resolve(catalog.current));
      return {
        inputs: [...inputs.values()],
        detectorModels: Array.from(models.values(), ({ definition }) => definition),
        alarmModels: Array.from(alarmModels.values(), ({ definition }) => definition),
      };
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Tells `onChange` of every change of a file in `paths` or of what is below a directory, once for changes close together. */
async function watchPaths(paths: readonly string[], onChange: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const onEvent = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SAME_CHANGE_MS);
  };
  for (const path of paths) {
    const isDirectory = (await stat(path)).isDirectory();
    // Of a file its directory: editors replace files, and the watch of one that was replaced sees nothing more.
    watch(isDirectory ? path : dirname(path), { recursive: isDirectory }, onEvent);
  }
}
