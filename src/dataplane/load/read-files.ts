import { type Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { isScalar, parseAllDocuments, visit } from 'yaml';
import { type FileEntry, type ResourceFile } from './resource-file.ts';
import { readResources } from './read-resources.ts';

/** A file that is read; `text` null: it is no UTF-8. */
export interface FileText {
  readonly file: string;
  readonly text: string | null;
}

const extensions = ['.json', '.yaml', '.yml', '.template'];

/**
 * The requests in files, and in all JSON and YAML files in directories and below them, in the order of their paths, hidden
 * folders excepted. What is wrong with a file is among its issues. Rejects if a path cannot be read.
 */
export async function readResourceFiles(paths: readonly string[]): Promise<readonly ResourceFile[]> {
  return (await readTexts(paths)).map(readResourceFile);
}

/** The files of readResourceFiles as they are. */
export async function readTexts(paths: readonly string[]): Promise<readonly FileText[]> {
  const files = await Promise.all(paths.map((path) => listFiles(path, extensions)));
  return Promise.all([...new Set(files.flat())].map(async (file) => ({ file, text: decode(await readFile(file)) })));
}

function decode(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

/**
 * The file at the path, or those with one of the extensions in the directory and below it, in the order of their paths, hidden
 * folders excepted. Rejects if the path cannot be read.
 */
export async function listFiles(path: string, withExtensions: readonly string[]): Promise<readonly string[]> {
  let entries: Dirent[];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    entries = await readdir(path, { recursive: true, withFileTypes: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Expected a file or directory to read, got ${path}: ${reason}`, { cause });
  }
  // Symbolic links count as files: that is how Kubernetes mounts a ConfigMap, with the real files in a hidden folder.
  return entries
    .filter((entry) => withExtensions.includes(extname(entry.name)) && (entry.isFile() || entry.isSymbolicLink()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(path, file).split(sep).some(isSkipped))
    .sort();
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** The requests in the text of a file; what is wrong with it is among its issues. */
export function readResourceFile({ file, text }: FileText): ResourceFile {
  try {
    if (text === null) throw new Error('bytes that are no UTF-8');
    const documents = extname(file) === '.json' ? [JSON.parse(text) as unknown] : parseYaml(text);
    const readings = documents.map(readResources);
    return {
      file,
      entries: readings.flatMap(({ entries }) => entries),
      notes: readings.flatMap(({ notes }) => notes).map((note) => `${file}: ${note}`),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const entry: FileEntry = {
      resource: null,
      issues: [{ path: '', message: `Expected JSON or YAML, got: ${reason}` }],
    };
    return { file, entries: [entry], notes: [] };
  }
}

/** The documents of a YAML text; the short forms of CloudFormation's functions become the long ones, `!Ref` and `!Sub` alike. */
function parseYaml(text: string): readonly unknown[] {
  // By itself yaml would warn on standard error, in the words of whoever sent the text.
  return parseAllDocuments(text, { logLevel: 'error' }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    visit(document, {
      Node(_key, node) {
        const tag = /^!(\w+)$/.exec(node.tag ?? '')?.[1];
        if (tag === undefined) return undefined;
        const value = isScalar(node) ? String(node.value) : tag;
        return document.createNode({ [tag === 'Ref' ? 'Ref' : `Fn::${tag}`]: value });
      },
    });
    return document.toJS() as unknown;
  });
}
