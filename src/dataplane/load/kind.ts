import { isDeepStrictEqual } from 'node:util';
import { type Issue } from '../../engine/reading.ts';
import { type JsonDocument, type Path, readShape, type Shape, violationText } from '../protocol/shape.ts';
import { type ResourceRow, type ResourceTag } from '../store/store.ts';
import { type FileEntry, type LoadContext, type Outcome, type ReportLine } from './resource-file.ts';

/** A kind of request that files hold. */
export interface Kind {
  /** Reads a request that stands at `path`. */
  read(path: string, json: JsonDocument): FileEntry;
}

interface KindDefinition<T> {
  readonly rank: number;
  readonly shape: Shape<T>;
  namesOf(request: T): readonly string[];
  apply(context: LoadContext, request: T, json: JsonDocument): Promise<readonly ReportLine[]>;
}

/** A kind whose requests have the shape that the control plane asks for. */
export function defineKind<T>(definition: KindDefinition<T>): Kind {
  return {
    read(path, json) {
      const result = readShape(definition.shape, json);
      if (!result.ok) {
        const issues = result.violations.map((violation) => ({
          path: joinPath(path, violation.path),
          message: violationText(violation),
        }));
        return { resource: null, issues };
      }
      const { value } = result;
      const { rank } = definition;
      const names = definition.namesOf(value);
      return {
        resource: { path, rank, names, apply: (context) => definition.apply(context, value, json) },
        issues: [],
      };
    },
  };
}

/** Whether the store has a resource as a request asks for it; `tags` null: the request says nothing of them. */
export function isStored(row: ResourceRow, document: object, tags: readonly ResourceTag[] | null): boolean {
  const asMap = (list: readonly ResourceTag[]) => new Map(list.map(({ key, value }) => [key, value]));
  const hasTags = tags === null || isDeepStrictEqual(asMap(tags), asMap(row.tags));
  return hasTags && isDeepStrictEqual(JSON.parse(row.request), document);
}

/** One line of the report. */
export function line(part: Outcome, text: string): readonly ReportLine[] {
  return [{ part, text }];
}

/** Notes once each, with the first place that they are about: a model says the same of many actions. */
export function noteLines(name: string, notes: readonly Issue[]): readonly ReportLine[] {
  const first = new Map(notes.toReversed().map(({ path, message }) => [message, path]));
  return Array.from(first, ([message, path]) => ({ part: 'notes' as const, text: `${name}: ${message} (${path})` }));
}

/** `[2].Devices[0].DeviceName` out of `[2]` and the rest. */
function joinPath(start: string, path: Path): string {
  return path.reduce<string>((joined, part) => {
    if (typeof part === 'number') return `${joined}[${part}]`;
    return joined === '' ? part : `${joined}.${part}`;
  }, start);
}
