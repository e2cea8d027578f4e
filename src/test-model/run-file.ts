import { type DefinitionLimits } from '../engine/detector/findings.ts';
import { type EngineOptions } from '../engine/options.ts';
import { type Issue } from '../engine/reading.ts';
import { readCaseFile } from './case-file.ts';
import { type ExpressionResult, type ExpressionTable, runExpressions } from './run-expressions.ts';
import { type StepResult, runScenario } from './run-scenario.ts';
import { type ValidationResult, type ValidationTable, runValidation } from './run-validation.ts';
import { type Models, type Scenario } from './scenario.ts';

/** What came of one file. Counted are the steps with expectations and the rows; a file that cannot be read is one failure. */
export type FileResult = {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
} & (
  | { readonly kind: 'unreadable'; readonly issues: readonly Issue[] }
  | { readonly kind: 'scenario'; readonly content: Scenario; readonly steps: readonly StepResult[] }
  | { readonly kind: 'expressions'; readonly content: ExpressionTable; readonly rows: readonly ExpressionResult[] }
  | { readonly kind: 'validation'; readonly content: ValidationTable; readonly rows: readonly ValidationResult[] }
);

/** Runs the text of a file; `given` are the models of scenarios without models. */
export function runFile(
  file: string,
  text: string,
  given: Models,
  options: EngineOptions,
  limits: DefinitionLimits,
): FileResult {
  const reading = readCaseFile(text, given, limits);
  if (!reading.ok) return { file, kind: 'unreadable', issues: reading.issues, passed: 0, failed: 1 };
  const { value: content } = reading;
  switch (content.kind) {
    case 'scenario': {
      const steps = runScenario(content, options);
      return { file, kind: content.kind, content, steps, ...count(steps.filter(hasExpectations)) };
    }
    case 'expressions': {
      const rows = runExpressions(content, options);
      return { file, kind: content.kind, content, rows, ...count(rows) };
    }
    case 'validation': {
      const rows = runValidation(content);
      return { file, kind: content.kind, content, rows, ...count(rows) };
    }
  }
}

/** Whether anything is checked after the step. */
export function hasExpectations({ step }: StepResult): boolean {
  return step.expectations.length > 0;
}

function count(results: readonly { readonly mismatches: readonly unknown[] }[]) {
  const passed = results.filter(({ mismatches }) => mismatches.length === 0).length;
  return { passed, failed: results.length - passed };
}
