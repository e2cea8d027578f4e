import { type Effect } from '../engine/action/effect.ts';
import { type ConditionEvaluation } from '../engine/detector/cycle.ts';
import { formatJson, isJsonObject } from '../engine/json.ts';
import { type Mismatch } from './compare.ts';
import { membersText, nameText, operationText } from './operation-text.ts';
import { type FileResult, hasExpectations } from './run-file.ts';
import { type Observed, type StepResult } from './run-scenario.ts';
import { type CycleRecord } from './world.ts';

/** How a text is coloured: `style('red', text)`. */
type Style = (format: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

/** `trace`: with every condition that was evaluated, and payloads whole. */
export interface DescribeOptions {
  readonly trace: boolean;
  readonly style: Style;
}

/** Longer payloads are cut, unless traced. */
const payloadExcerptLength = 160;

/** What happened in a file, step by step, for people: lines that end with a newline. */
export function describeFile(result: FileResult, options: DescribeOptions): string {
  const { style } = options;
  const lines = [style('bold', result.file) + (result.kind === 'unreadable' ? '' : `  ${result.content.name}`)];
  switch (result.kind) {
    case 'unreadable':
      lines.push(
        ...result.issues.map(
          ({ path, message }) => `  ${style('red', '✗')} ${path === '' ? '' : `${path}: `}${message}`,
        ),
      );
      break;
    case 'scenario':
      lines.push(...result.steps.flatMap((step, index) => stepLines(step, index + 1, result.content.source, options)));
      break;
    case 'expressions':
      for (const [index, { row, mismatches }] of result.rows.entries()) {
        lines.push(`  ${mark(mismatches, style)} ${index + 1}  ${row.text}  ${style('dim', formatJson(row.result))}`);
        lines.push(...mismatchLines(mismatches, row.why, result.content.source, style));
      }
      break;
    case 'validation':
      for (const [index, { row, issues, mismatches }] of result.rows.entries()) {
        lines.push(`  ${mark(mismatches, style)} ${index + 1}  ${row.name}`);
        lines.push(...issues.map(({ path, message }) => `       ${style('dim', `${path}: ${message}`)}`));
        lines.push(...mismatchLines(mismatches, row.why, result.content.source, style));
      }
      break;
  }
  return `${lines.join('\n')}\n`;
}

function stepLines(result: StepResult, number: number, source: string | null, options: DescribeOptions): string[] {
  const { style } = options;
  const { step, error, notices, observed, cycles, mismatches } = result;
  const checked = hasExpectations(result) ? mark(mismatches, style) : style('dim', '·');
  const clock = step.operation.kind === 'advanceSeconds' ? style('dim', `  to ${timeText(result.nowMs)}`) : '';
  return [
    `  ${checked} ${number}  ${operationText(step.operation)}${clock}`,
    ...observed.flatMap((one) => detectorLines(one, cycles.filter(isOf(one)), options)),
    ...(error === null ? [] : [`       ${style('yellow', error)}`]),
    ...notices.map((notice) => `       ${style('yellow', notice)}`),
    ...mismatchLines(mismatches, step.why, source, style),
  ];
}

function detectorLines(observed: Observed, cycles: readonly CycleRecord[], options: DescribeOptions): string[] {
  const { style } = options;
  const states = [cycles[0]?.stateBefore ?? 'new', ...cycles.map(({ stateAfter }) => stateAfter)];
  const path = states.filter((state, index) => state !== states[index - 1]);
  const { variables, timers, ruleEvaluation } = observed;
  const facts = [
    membersText(variables),
    ...Object.entries(timers).map(([name, seconds]) => `timer ${name}: ${formatJson(seconds)} s left`),
    isJsonObject(ruleEvaluation) ? `rule: ${ruleText(ruleEvaluation as Rule)}` : '',
  ];
  return [
    `       ${nameText(observed)}  ${style('bold', cycles.length === 0 ? observed.stateName : path.join(' → '))}`,
    ...facts.filter((fact) => fact !== '').map((fact) => `         ${fact}`),
    ...cycles.flatMap((cycle) => cycleLines(cycle, options)),
  ];
}

/** The `simpleRuleEvaluation` of DescribeAlarm. */
type Rule = Readonly<Record<'inputPropertyValue' | 'operator' | 'thresholdValue', string>>;

function ruleText({ inputPropertyValue, operator, thresholdValue }: Rule): string {
  return `${inputPropertyValue} ${operator} ${thresholdValue}`;
}

function cycleLines({ trigger, conditions, effects, problems }: CycleRecord, options: DescribeOptions): string[] {
  const { style, trace } = options;
  return [
    ...(trace && conditions.length > 0 ? [`         ${style('dim', trigger)}`] : []),
    ...(trace ? conditions.flatMap((condition) => conditionLines(condition, style)) : []),
    ...effects.flatMap((effect) => effectLines(effect, trace, style)),
    ...problems.map(
      ({ path, message, isWarning }) =>
        `         ${style('yellow', isWarning ? 'warning' : 'failed')}  ${message} ${style('dim', `(${path})`)}`,
    ),
  ];
}

function conditionLines(evaluation: ConditionEvaluation, style: Style): string[] {
  const { result, eventName, state, lifeCycle, hasTransition, condition, resultDetails } = evaluation;
  const shown = result === 'True' ? style('green', result) : style('dim', result);
  const padding = ' '.repeat('Skipped'.length - result.length);
  const event = `${lifeCycle} of ${state}, ${hasTransition ? 'transition' : 'event'} ${eventName}`;
  return [
    `           ${shown}${padding}  ${event}${condition === null ? '' : `: ${condition}`}`,
    ...(resultDetails === undefined ? [] : [`                    ${style('dim', resultDetails)}`]),
  ];
}

function effectLines({ type, target, eventName, payload }: Effect, trace: boolean, style: Style): string[] {
  const isCut = !trace && payload.length > payloadExcerptLength;
  return [
    `         action ${type} ${target}${eventName === null ? '' : style('dim', `  by ${eventName}`)}`,
    `           ${style('dim', isCut ? `${payload.slice(0, payloadExcerptLength)}…` : payload)}`,
  ];
}

function mismatchLines(
  mismatches: readonly (Mismatch & Partial<Pick<Observed, 'keyValue'>> & { readonly modelName?: string | null })[],
  why: string | null,
  source: string | null,
  style: Style,
): string[] {
  if (mismatches.length === 0) return [];
  return [
    ...mismatches.flatMap(({ path, expected, got, modelName, keyValue = null }) => [
      `       ${style('red', path)}${modelName == null ? '' : ` of ${nameText({ modelName, keyValue })}`}`,
      `         ${style('green', `expected  ${expected}`)}`,
      `         ${style('red', `got       ${got}`)}`,
    ]),
    ...(why === null ? [] : [`       why     ${why}`]),
    ...(source === null ? [] : [`       source  ${source}`]),
  ];
}

function mark(mismatches: readonly Mismatch[], style: Style): string {
  return mismatches.length === 0 ? style('green', '✓') : style('red', '✗');
}

function isOf({ modelName, keyValue }: Observed): (cycle: CycleRecord) => boolean {
  return (cycle) => cycle.modelName === modelName && cycle.keyValue === keyValue;
}

/** `2026-01-01T00:05:00Z`. */
function timeText(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
