import { type ExportedFile, exportResources, writeFiles } from '../dataplane/export/export-resources.ts';
import { type Settings } from '../settings.ts';
import { requestDataplane } from './request-dataplane.ts';
import { withControl } from './with-control.ts';

/** Writes all resources into a directory, as files that load again, and prints how many. Answers the exit code. */
export async function exportTo([directory = '.']: readonly string[], settings: Settings): Promise<0> {
  const files =
    settings.endpoint === null
      ? await withControl(settings, exportResources)
      : await exportFrom(settings.endpoint, settings);
  await writeFiles(files, directory);
  process.stdout.write(`Wrote ${files.length} files to ${directory}\n`);
  return 0;
}

async function exportFrom(endpoint: string, settings: Settings): Promise<readonly ExportedFile[]> {
  const { files } = (await requestDataplane(endpoint, settings, { method: 'GET', path: '/fleetgraph/export' })) as {
    readonly files: readonly ExportedFile[];
  };
  return files;
}
