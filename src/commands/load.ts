import { loadResources, refusalLines } from '../dataplane/load/load-files.ts';
import { type FileText, readResourceFile, readTexts } from '../dataplane/load/read-files.ts';
import { type LoadReport } from '../dataplane/load/resource-file.ts';
import { type Settings } from '../settings.ts';
import { requestDataplane } from './request-dataplane.ts';
import { withControl } from './with-control.ts';

/** Loads files and directories and prints what came of it. Answers the exit code: 1 if anything was refused. */
export async function load(paths: readonly string[], settings: Settings): Promise<0 | 1> {
  const files = await readTexts(paths);
  const report =
    settings.endpoint === null
      ? await withControl(settings, (control) => loadResources(control, files.map(readResourceFile), settings))
      : await loadInto(settings.endpoint, files, settings);
  process.stdout.write(settings.json ? `${JSON.stringify(report)}\n` : describe(report, settings.dryRun));
  return report.refused.length === 0 ? 0 : 1;
}

async function loadInto(endpoint: string, files: readonly FileText[], settings: Settings): Promise<LoadReport> {
  const body = { files, dryRun: settings.dryRun };
  return (await requestDataplane(endpoint, settings, { method: 'POST', path: '/fleetgraph/load', body })) as LoadReport;
}

function describe({ created, updated, unchanged, refused, notes }: LoadReport, dryRun: boolean): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [dryRun ? 'Would create' : 'Created', created.map(indented)],
    [dryRun ? 'Would update' : 'Updated', updated.map(indented)],
    ['Unchanged', unchanged.map(indented)],
    ['Notes', notes.map(indented)],
    ['Refused', refusalLines(refused)],
  ];
  const shown = parts.filter(([, lines]) => lines.length > 0);
  return shown.map(([title, lines]) => `${title}\n${lines.join('\n')}\n`).join('') || 'Nothing to load\n';
}

function indented(line: string): string {
  return `  ${line}`;
}
