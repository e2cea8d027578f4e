import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, type JsonObject, isJsonObject, parseJson } from '../../src/engine/json.ts';

/** A conformance case: steps on detectors, a table of expressions, or a table of models to accept or refuse. */
export interface CaseFile {
  readonly fileName: string;
  readonly name: string;
  readonly kind: string;
  readonly content: JsonObject;
}

/** The cases of a folder in the order of their names; none if the folder is absent. */
export function readCaseFiles(folder: string): readonly CaseFile[] {
  if (!existsSync(folder)) return [];
  const fileNames = readdirSync(folder).filter((fileName) => fileName.endsWith('.json'));
  return fileNames.sort().map((fileName) => {
    const content = asObject(parseJson(readFileSync(join(folder, fileName), 'utf8')));
    return { fileName, name: asText(content['name']), kind: asText(content['kind'] ?? 'scenario'), content };
  });
}

export function asObject(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new TypeError(`Expected an object in a case, got ${typeof value}`);
  return value;
}

export function asList(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw new TypeError(`Expected a list in a case, got ${typeof value}`);
  return value as readonly Json[];
}

export function asText(value: Json | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`Expected a text in a case, got ${typeof value}`);
  return value;
}
