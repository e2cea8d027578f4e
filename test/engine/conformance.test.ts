import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DetectorModelDefinition, type Event } from '../../src/engine/detector/definition.ts';
import { readDetectorModel } from '../../src/engine/detector/read-definition.ts';
import { evaluate } from '../../src/engine/expression/evaluate.ts';
import { parseExpression } from '../../src/engine/expression/parse.ts';
import { Failure } from '../../src/engine/expression/value.ts';
import { type Json, type JsonObject, type Scalar, formatJson } from '../../src/engine/json.ts';
import { type CaseFile, asList, asObject, asText, readCaseFiles } from './case-file.ts';
import { type Rig, createRig, formatIssues } from './detector-rig.ts';

const root = join(import.meta.dirname, '..', '..');
const timerActions = ['setTimer', 'resetTimer', 'clearTimer'];

describe('our own cases', () => {
  defineCases(readCaseFiles(join(root, 'test', 'cases')));
});

describe('the conformance cases', () => {
  const files = readCaseFiles(join(root, '..', 'shared', 'cases'));
  if (files.length === 0) it.skip('all: their folder is absent');
  defineCases(files);
});

function defineCases(files: readonly CaseFile[]): void {
  for (const file of files) {
    describe(`${file.fileName}: ${file.name}`, () => {
      if (file.kind === 'expressions') defineExpressions(file.content);
      else if (file.kind === 'validation') defineValidations(file.content);
      else if (file.content['alarmModel'] !== undefined) it.skip('all steps: alarms are not performed yet');
      else defineScenario(file.content);
    });
  }
}

function defineExpressions(table: JsonObject): void {
  const defaultTrigger = asObject(table['defaultTrigger']);
  for (const [index, row] of asList(table['table']).map(asObject).entries()) {
    it(`row ${index}: ${asText(row['expr'])} gives ${formatJson(row['result'] ?? null)}`, () => {
      expectClose(
        evaluateRow(table, asText(row['expr']), asObject(row['trigger'] ?? defaultTrigger)),
        asObject(row['result']),
      );
    });
  }
}

function evaluateRow(table: JsonObject, text: string, trigger: JsonObject): JsonObject {
  const parsed = parseExpression(text);
  if (!parsed.ok) return { parseError: true };
  const value = evaluate(parsed.expression, {
    inputs: new Map(Object.entries(table['inputs'] ?? {}) as [string, JsonObject][]),
    variables: new Map(Object.entries(table['variables'] ?? {}) as [string, Scalar][]),
    triggerType: trigger['triggerType'] === 'Timer' ? 'Timer' : 'Message',
    currentInputName: trigger['inputName'] === undefined ? null : asText(trigger['inputName']),
    timeout: () => false,
  });
  if (value instanceof Failure) return { invalid: true };
  if (value === undefined) return { undefined: true };
  return value === null ? { null: true } : { value };
}

function defineValidations(table: JsonObject): void {
  const inputNames = new Set(asList(table['inputs']).map((input) => asText(asObject(input)['inputName'])));
  for (const row of asList(table['table']).map(asObject)) {
    it(`${asText(row['name'])}: ${row['error'] === null ? 'accepted' : 'refused'}`, () => {
      const reading = readDetectorModel(row['request'], inputNames);
      if (row['error'] === null) expect(reading).toMatchObject({ ok: true });
      else
        expect(reading.ok ? 'accepted' : formatIssues(reading.issues)).toContain(
          asText(row['messageContains'] ?? ': '),
        );
    });
  }
}

/** Runs up to the first step that needs what is not performed yet, and says what it left out. */
function defineScenario(scenario: JsonObject): void {
  const models =
    scenario['detectorModel'] === undefined ? asList(scenario['detectorModels']) : [scenario['detectorModel']];
  const inputs = asList(scenario['inputs']);
  const types = new Set(
    [...createRig(inputs, models).models.values()].flatMap(({ definition }) => actionTypes(definition)),
  );
  const usesTimers = timerActions.some((type) => types.has(type));
  const usesOutside = [...types].some((type) => type !== 'setVariable' && !timerActions.includes(type));
  const steps = asList(scenario['steps']).map(asObject);
  const firstAdvance = steps.findIndex((step) => step['advanceSeconds'] !== undefined);
  const count = types.has('iotEvents') ? 0 : firstAdvance === -1 ? steps.length : firstAdvance;

  if (types.has('iotEvents')) it.skip('all steps: the action iotEvents is not performed yet');
  else if (count < steps.length) it.skip(`steps ${count + 1} to ${steps.length}: timers are not performed yet`);
  if (usesTimers) it.skip('expected timers: timers are not performed yet');
  if (usesOutside) it.skip('expected actions: external actions are not performed yet');
  it.skipIf(count === 0)(`holds for ${count} of ${steps.length} steps`, () => {
    const rig = createRig(inputs, models);
    for (const [index, step] of steps.slice(0, count).entries()) {
      const error = runStep(rig, step);
      const expected = step['expect'] ?? [];
      for (const one of Array.isArray(expected) ? (expected as readonly Json[]) : [expected]) {
        const why = `step ${index + 1}: ${asText(step['why'] ?? '')}`;
        if (asObject(one)['error'] !== undefined) expect(error, why).toBe(asObject(one)['error']);
        else expectDetector(rig, asObject(one), usesTimers, why);
      }
    }
  });
}

function actionTypes(definition: DetectorModelDefinition): string[] {
  return [...definition.states.values()].flatMap((state) => {
    const events: readonly Event[] = [...state.onEnter, ...state.onInput, ...state.transitionEvents, ...state.onExit];
    return events.flatMap(({ actions }) => actions.map(({ type }) => type));
  });
}

function runStep(rig: Rig, step: JsonObject): string | null {
  if (step['put'] !== undefined) rig.put(asObject(step['put']));
  else if (step['update'] !== undefined) return rig.update(asObject(step['update']));
  else if (step['delete'] !== undefined) return rig.delete(asObject(step['delete']));
  else if (step['updateModel'] !== undefined) rig.updateModel(asObject(step['updateModel']));
  else throw new Error(`Expected an operation, got a step with ${Object.keys(step).join(', ')}`);
  return null;
}

function expectDetector(rig: Rig, expected: JsonObject, usesTimers: boolean, why: string): void {
  const [first] = rig.models.values();
  const model = expected['model'] === undefined ? first : rig.models.get(asText(expected['model']));
  const key = expected['key'] ?? null;
  const detector = model?.detectors.get(key === null ? null : asText(key));
  expect(detector !== undefined, `${why} (exists)`).toBe(expected['exists'] ?? true);
  if (model === undefined || detector === undefined) return;
  if (expected['stateName'] !== undefined) expect(detector.stateName, why).toBe(expected['stateName']);
  for (const [name, value] of Object.entries(expected['variables'] ?? {})) {
    expectClose(detector.variables.get(name) ?? null, value as Json, `${why} (variable ${name})`);
  }
  for (const name of asList(expected['undefinedVariables'] ?? [])) {
    expect(detector.variables.has(asText(name)), `${why} (variable ${asText(name)})`).toBe(false);
  }
  if (expected['detectorModelVersion'] !== undefined) {
    expect(String(model.detectorModelVersion), why).toBe(expected['detectorModelVersion']);
  }
  if (expected['timers'] !== undefined && !usesTimers)
    expect([...detector.timers.keys()], why).toEqual(expected['timers']);
}

/** Equal in kind and value; Decimals with a relative tolerance of 1e-9. */
function expectClose(actual: Json, expected: Json, why?: string): void {
  const wanted = typeof expected === 'object' && expected !== null ? asObject(expected)['value'] : expected;
  const got = typeof actual === 'object' && actual !== null ? asObject(actual)['value'] : actual;
  if (typeof got === 'number' && typeof wanted === 'number') {
    expect(Math.abs(got - wanted), why).toBeLessThanOrEqual(1e-9 * Math.abs(wanted));
  } else expect(actual, why).toEqual(expected);
}
