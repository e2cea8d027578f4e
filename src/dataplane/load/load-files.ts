import { type Issue } from '../../engine/reading.ts';
import { AwsError } from '../protocol/errors.ts';
import { type Control } from '../runtime/control.ts';
import { readResourceFiles } from './read-files.ts';
import {
  type FileEntry,
  type LoadContext,
  type LoadReport,
  type Refusal,
  type ReportLine,
  type ResourceFile,
} from './resource-file.ts';

/** `dryRun`: only tells what a load would do. */
export interface LoadOptions {
  readonly dryRun: boolean;
}

/**
 * Loads files and directories through the control planes: creates and updates what is not as they say. A file is applied
 * whole or not at all. Rejects, and nothing is applied, if a path cannot be read or the store fails.
 */
export async function loadFiles(control: Control, paths: readonly string[], options: LoadOptions): Promise<LoadReport> {
  return loadResources(control, await readResourceFiles(paths), options);
}

/** Loads what was read from files. A file that is refused defines nothing: one that needs it is refused as well. */
export async function loadResources(
  control: Control,
  files: readonly ResourceFile[],
  { dryRun }: LoadOptions,
): Promise<LoadReport> {
  const issues = new Map<FileEntry, readonly Issue[]>();
  const report = (entry: FileEntry, found: readonly Issue[]) => {
    if (found.length > 0) issues.set(entry, [...(issues.get(entry) ?? []), ...found]);
  };
  for (const entry of files.flatMap(({ entries }) => entries)) report(entry, entry.issues);
  for (const { entry, issue } of findRepeated(files)) report(entry, [issue]);
  const isGood = ({ entries }: ResourceFile) => !entries.some((entry) => issues.has(entry));
  // Broken files are tried with the others at first, so that all that is wrong with them is told at once.
  for (let candidates = files; ; candidates = candidates.filter(isGood)) {
    const lines = await attempt(control, candidates, report, () => !dryRun && candidates.every(isGood));
    if (!candidates.every(isGood)) continue;
    return createReport(files, issues, lines);
  }
}

/** What files were refused for, a line each. */
export function refusalLines(refused: readonly Refusal[]): readonly string[] {
  return refused.map(({ file, path, message }) => `  ${file}${path && ` at ${path}`}: ${message}`);
}

/** Thrown to roll back. */
class RolledBack extends Error {
  readonly lines: readonly ReportLine[];
  constructor(lines: readonly ReportLine[]) {
    super('Rolled back');
    this.lines = lines;
  }
}

/** Applies all resources in one transaction, which is kept if `isKept` says so in the end. */
async function attempt(
  control: Control,
  files: readonly ResourceFile[],
  report: (entry: FileEntry, issues: readonly Issue[]) => void,
  isKept: () => boolean,
): Promise<readonly ReportLine[]> {
  const rankOf = ({ resource }: FileEntry) => resource?.rank ?? 0;
  const entries = files.flatMap((file) => file.entries).sort((a, b) => rankOf(a) - rankOf(b));
  try {
    return await control.publish(async (context) => {
      const loadContext: LoadContext = { ...context, changedJobs: new Set() };
      const lines: ReportLine[] = [];
      for (const entry of entries) lines.push(...(await applyEntry(loadContext, entry, report)));
      if (isKept()) return lines;
      throw new RolledBack(lines);
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.lines;
    throw error;
  }
}

async function applyEntry(
  context: LoadContext,
  entry: FileEntry,
  report: (entry: FileEntry, issues: readonly Issue[]) => void,
): Promise<readonly ReportLine[]> {
  const { resource } = entry;
  if (resource === null) return [];
  try {
    return await resource.apply(context);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const found = error.issues.map(({ path, message }) => ({
      path: resource.path === '' || path === '' ? resource.path + path : `${resource.path}.${path}`,
      message,
    }));
    report(entry, found);
    return [];
  }
}

function findRepeated(files: readonly ResourceFile[]): readonly { entry: FileEntry; issue: Issue }[] {
  const definedIn = new Map<string, string>();
  const repeated: { entry: FileEntry; issue: Issue }[] = [];
  for (const { file, entries } of files) {
    for (const entry of entries) {
      const { path = '', names = [] } = entry.resource ?? {};
      for (const name of names) {
        const first = definedIn.get(name);
        if (first === undefined) definedIn.set(name, file);
        else repeated.push({ entry, issue: { path, message: `Expected one ${name}, got another in ${first}` } });
      }
    }
  }
  return repeated;
}

function createReport(
  files: readonly ResourceFile[],
  issues: ReadonlyMap<FileEntry, readonly Issue[]>,
  lines: readonly ReportLine[],
): LoadReport {
  const textsOf = (part: ReportLine['part']) => sumUp(lines.filter((line) => line.part === part));
  return {
    created: textsOf('created'),
    updated: textsOf('updated'),
    unchanged: textsOf('unchanged'),
    refused: files.flatMap(({ file, entries }) =>
      entries.flatMap((entry) => (issues.get(entry) ?? []).map((issue) => ({ file, ...issue }))),
    ),
    notes: [...files.flatMap(({ notes }) => notes), ...textsOf('notes')],
  };
}

function sumUp(lines: readonly ReportLine[]): readonly string[] {
  const byText = Map.groupBy(lines, ({ text }) => text);
  return Array.from(byText, ([text, same]) => {
    const count = same.reduce((sum, line) => sum + (line.count ?? 0), 0);
    return count === 0 ? text : `${count} ${text}`;
  });
}
