import { evaluate } from '../engine/expression/evaluate.ts';
import { parseExpression } from '../engine/expression/parse.ts';
import { type EvaluationContext, Failure } from '../engine/expression/value.ts';
import { type Json, type JsonObject, type Scalar } from '../engine/json.ts';
import { type EngineOptions, defaultOptions } from '../engine/options.ts';
import { type Issue, type Reading } from '../engine/reading.ts';
import { entries, member, optionalChoice, optionalText, requireObject, requiredText, root } from '../engine/request.ts';
import { type Mismatch, compareExactly } from './compare.ts';

/** Expressions and what each must give, over the same data. */
export interface ExpressionTable {
  readonly kind: 'expressions';
  readonly name: string;
  readonly source: string | null;
  readonly inputs: ReadonlyMap<string, JsonObject>;
  readonly variables: ReadonlyMap<string, Scalar>;
  readonly rows: readonly ExpressionRow[];
}

interface ExpressionRow {
  readonly text: string;
  readonly trigger: Pick<EvaluationContext, 'triggerType' | 'currentInputName'>;
  /** `{value}`, or one of undefined, null, invalid and parseError as `{null: true}`. */
  readonly result: JsonObject;
  readonly why: string | null;
}

/** What came of one row. */
export interface ExpressionResult {
  readonly row: ExpressionRow;
  readonly mismatches: readonly Mismatch[];
}

/** Reads a table of expressions. `content` is what parseJson gives. */
export function readExpressionTable(content: unknown): Reading<ExpressionTable> {
  const issues: Issue[] = [];
  const whole = root(content, issues);
  const defaultTrigger = member(whole, 'defaultTrigger');
  const rows = entries(member(whole, 'table')).map((place): ExpressionRow => {
    const result = member(place, 'result');
    requireObject(result);
    const trigger = member(place, 'trigger').value === undefined ? defaultTrigger : member(place, 'trigger');
    return {
      text: requiredText(member(place, 'expr'), { min: 0 }),
      trigger: {
        triggerType: optionalChoice(member(trigger, 'triggerType'), ['Message', 'Timer']) ?? 'Message',
        currentInputName: optionalText(member(trigger, 'inputName'), {}),
      },
      result: result.value as JsonObject,
      why: optionalText(member(place, 'why'), { min: 0 }),
    };
  });
  const name = optionalText(member(whole, 'name'), { min: 0 }) ?? '';
  const source = optionalText(member(whole, 'source'), { min: 0 });
  const inputs = new Map(Object.entries((member(whole, 'inputs').value ?? {}) as Record<string, JsonObject>));
  const variables = new Map(Object.entries((member(whole, 'variables').value ?? {}) as Record<string, Scalar>));
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: { kind: 'expressions', name, source, inputs, variables, rows }, notes: [] };
}

/** Evaluates every row. */
export function runExpressions(
  { inputs, variables, rows }: ExpressionTable,
  options: EngineOptions = defaultOptions,
): readonly ExpressionResult[] {
  return rows.map((row) => {
    const context = { inputs, variables, options, ...row.trigger, timeout: () => false };
    return { row, mismatches: compareExactly(row.result, evaluateText(row.text, context), 'result') };
  });
}

function evaluateText(text: string, context: EvaluationContext): Json {
  const parsed = parseExpression(text);
  if (!parsed.ok) return { parseError: true };
  const value = evaluate(parsed.expression, context);
  if (value instanceof Failure) return { invalid: true };
  if (value === undefined) return { undefined: true };
  return value === null ? { null: true } : { value };
}
