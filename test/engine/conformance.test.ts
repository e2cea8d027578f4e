import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../src/engine/json.ts';
import { readCaseFile } from '../../src/test-model/case-file.ts';
import { type ExpressionTable, runExpressions } from '../../src/test-model/run-expressions.ts';
import { runScenario } from '../../src/test-model/run-scenario.ts';
import { type ValidationTable, runValidation } from '../../src/test-model/run-validation.ts';
import { type Scenario } from '../../src/test-model/scenario.ts';
import { expectRead, formatIssues } from './expect-read.ts';

const root = join(import.meta.dirname, '..', '..');

describe('our own cases', () => {
  defineCases(join(root, 'test', 'cases'));
});

const shared = join(root, '..', 'shared', 'cases');

describe.skipIf(!existsSync(shared))('the conformance cases (their folder may be absent)', () => {
  if (existsSync(shared)) defineCases(shared);
});

function defineCases(folder: string): void {
  for (const fileName of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const file = expectRead(readCaseFile(readFileSync(join(folder, fileName), 'utf8')));
    describe(`${fileName}: ${file.name}`, () => {
      if (file.kind === 'expressions') defineExpressions(file);
      else if (file.kind === 'validation') defineValidations(file);
      else defineScenario(file);
    });
  }
}

function defineExpressions(table: ExpressionTable): void {
  for (const [index, { row, mismatches }] of runExpressions(table).entries()) {
    it(`row ${index}: ${row.text} gives ${formatJson(row.result)}`, () => {
      expect(mismatches).toEqual([]);
    });
  }
}

function defineValidations(table: ValidationTable): void {
  for (const { row, issues, isMessageFound, mismatches } of runValidation(table)) {
    it(`${row.name}: ${row.error === null ? 'accepted' : 'refused'}`, () => {
      expect(mismatches).toEqual([]);
      expect(isMessageFound, `${formatIssues(issues)} does not contain ${row.messageContains}`).toBe(true);
    });
  }
}

function defineScenario(scenario: Scenario): void {
  it(`holds for ${scenario.steps.length} steps`, () => {
    for (const [index, { step, mismatches }] of runScenario(scenario).entries()) {
      expect(mismatches, `step ${index + 1}: ${step.why}`).toEqual([]);
    }
  });
}
