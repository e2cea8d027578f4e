import { type DefinitionLimits } from '../engine/detector/findings.ts';
import { awsLimits } from '../engine/detector/read-definition.ts';
import { isJsonObject, kindOf, parseJson } from '../engine/json.ts';
import { type Reading } from '../engine/reading.ts';
import { readScenario } from './read-scenario.ts';
import { type ExpressionTable, readExpressionTable } from './run-expressions.ts';
import { type ValidationTable, readValidationTable } from './run-validation.ts';
import { type Models, type Scenario } from './scenario.ts';

/** What a case file holds. */
export type CaseFile = Scenario | ExpressionTable | ValidationTable;

const noModels: Models = { inputs: [], detectorModels: [], alarmModels: [] };

/** Reads the text of a case file: a scenario, or the kind of table that `kind` names. `given`: models for scenarios without. */
export function readCaseFile(
  text: string,
  given: Models = noModels,
  limits: DefinitionLimits = awsLimits,
): Reading<CaseFile> {
  let content;
  try {
    content = parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, issues: [{ path: '', message: `Expected JSON, got: ${reason}` }] };
  }
  const kind = isJsonObject(content) ? (content['kind'] ?? 'scenario') : 'scenario';
  switch (kind) {
    case 'scenario':
      return readScenario(content, given, limits);
    case 'expressions':
      return readExpressionTable(content);
    case 'validation':
      return readValidationTable(content);
    default: {
      const got = typeof kind === 'string' ? kind : kindOf(kind);
      return {
        ok: false,
        issues: [{ path: 'kind', message: `Expected scenario, expressions or validation, got ${got}` }],
      };
    }
  }
}
