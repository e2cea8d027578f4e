import { readDetectorModel } from '../engine/detector/read-definition.ts';
import { type Issue, type Reading } from '../engine/reading.ts';
import { entries, member, optionalText, report, requireObject, requiredText, root } from '../engine/request.ts';
import { type Mismatch, compareExactly } from './compare.ts';

/** CreateDetectorModel requests that must be accepted or refused. */
export interface ValidationTable {
  readonly kind: 'validation';
  readonly name: string;
  readonly source: string | null;
  readonly inputNames: ReadonlySet<string>;
  readonly rows: readonly ValidationRow[];
}

interface ValidationRow {
  readonly name: string;
  readonly request: unknown;
  /** The error code; null: accepted. */
  readonly error: string | null;
  /** What a message should contain; no failure if none does. */
  readonly messageContains: string | null;
  readonly why: string | null;
}

/** What came of one request. */
export interface ValidationResult {
  readonly row: ValidationRow;
  readonly issues: readonly Issue[];
  readonly isMessageFound: boolean;
  readonly mismatches: readonly Mismatch[];
}

/** Reads a table of models. `content` is what parseJson gives. */
export function readValidationTable(content: unknown): Reading<ValidationTable> {
  const issues: Issue[] = [];
  const whole = root(content, issues);
  const inputs = entries(member(whole, 'inputs')).map((place) => requiredText(member(place, 'inputName'), {}));
  const rows = entries(member(whole, 'table')).map((place): ValidationRow => {
    if (requireObject(place) && !Object.hasOwn(place.value as object, 'error')) {
      report(place, 'Expected an error code, or null, at error, got nothing');
    }
    return {
      name: requiredText(member(place, 'name'), {}),
      request: member(place, 'request').value,
      error: optionalText(member(place, 'error'), {}),
      messageContains: optionalText(member(place, 'messageContains'), { min: 0 }),
      why: optionalText(member(place, 'source'), { min: 0 }),
    };
  });
  const name = optionalText(member(whole, 'name'), { min: 0 }) ?? '';
  const source = optionalText(member(whole, 'source'), { min: 0 });
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: { kind: 'validation', name, source, inputNames: new Set(inputs), rows }, notes: [] };
}

/** Reads every request as CreateDetectorModel does. */
export function runValidation({ inputNames, rows }: ValidationTable): readonly ValidationResult[] {
  return rows.map((row) => {
    const reading = readDetectorModel(row.request, inputNames);
    const issues = reading.ok ? [] : reading.issues;
    const { messageContains } = row;
    return {
      row,
      issues,
      isMessageFound:
        messageContains === null || issues.some(({ path, message }) => `${path}: ${message}`.includes(messageContains)),
      mismatches: compareExactly(row.error, reading.ok ? null : 'InvalidRequestException', 'error'),
    };
  });
}
