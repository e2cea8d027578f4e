import { type JsonObject } from '../engine/json.ts';
import { operationText } from './operation-text.ts';
import { type FileResult, hasExpectations } from './run-file.ts';
import { type StepResult } from './run-scenario.ts';
import { type CycleRecord } from './world.ts';

/** The results of all files as one JSON document, in which Integers and Decimals of models keep their kind. */
export function reportFiles(results: readonly FileResult[]): JsonObject {
  return { ...sumUp(results), files: results.map(reportFile) };
}

/** How many checks passed and failed in all files. */
export function sumUp(results: readonly FileResult[]): { readonly passed: bigint; readonly failed: bigint } {
  const sum = (counts: readonly number[]) => BigInt(counts.reduce((total, count) => total + count, 0));
  return { passed: sum(results.map(({ passed }) => passed)), failed: sum(results.map(({ failed }) => failed)) };
}

function reportFile(result: FileResult): JsonObject {
  const { file, kind } = result;
  const head = { file, kind, ...sumUp([result]) };
  if (result.kind === 'unreadable') return { ...head, issues: result.issues.map(copy) };
  const { name, source } = result.content;
  const about = { ...head, name, source };
  switch (result.kind) {
    case 'scenario':
      return { ...about, steps: result.steps.map(reportStep) };
    case 'expressions':
      return {
        ...about,
        rows: result.rows.map(({ row, mismatches }) => ({
          expression: row.text,
          result: row.result,
          why: row.why,
          mismatches: mismatches.map(copy),
        })),
      };
    case 'validation':
      return {
        ...about,
        rows: result.rows.map(({ row, issues, mismatches }) => ({
          name: row.name,
          error: row.error,
          issues: issues.map(copy),
          why: row.why,
          mismatches: mismatches.map(copy),
        })),
      };
  }
}

function reportStep(result: StepResult): JsonObject {
  const { step, nowMs, error, cycles, notices, observed, mismatches } = result;
  return {
    operation: operationText(step.operation),
    time: new Date(nowMs).toISOString(),
    isChecked: hasExpectations(result),
    why: step.why,
    error,
    notices,
    detectors: observed.map(copy),
    cycles: cycles.map(reportCycle),
    mismatches: mismatches.map(copy),
  };
}

function reportCycle({ effects, problems, conditions, ...cycle }: CycleRecord): JsonObject {
  return {
    ...cycle,
    conditions: conditions.map(copy),
    actions: effects.map(({ eventTimeMs, parameters, ...effect }) => ({
      ...effect,
      parameters: { ...parameters },
      eventTimeMs: BigInt(eventTimeMs),
    })),
    problems: problems.map(copy),
  };
}

/** An interface as a JSON object: only an object type of its own has the index signature. */
function copy<T extends object>(value: T): { [Name in keyof T]: T[Name] } {
  return { ...value };
}
