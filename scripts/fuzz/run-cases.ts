import { fuzzExecution } from './execution/fuzz-execution.ts';
import { fuzzExpression } from './expressions.ts';
import { fuzzAlarmModel, fuzzDetectorModel, fuzzTransition } from './models.ts';
import { fuzzPayload } from './payloads.ts';
import { createRandom, type Random } from './random.ts';

/** What is fuzzed; of eleven cases so many. */
const targets: readonly (readonly [string, number, (random: Random) => void | Promise<void>])[] = [
  ['expression', 4, fuzzExpression],
  ['payload', 2, fuzzPayload],
  ['detector model', 2, fuzzDetectorModel],
  ['alarm model', 1, fuzzAlarmModel],
  ['transition', 1, fuzzTransition],
  ['execution', 1, fuzzExecution],
];
const wheel = targets.flatMap(([name, share, fuzz]) => Array.from({ length: share }, () => ({ name, fuzz })));

/** A case that failed: that it threw, or took too long. */
interface Failure {
  readonly caseNumber: number;
  readonly target: string;
  readonly reason: string;
}

export interface CasesResult {
  readonly failures: readonly Failure[];
  readonly slowest: { readonly caseNumber: number; readonly target: string; readonly ms: number };
}

/** Runs the cases from `first` to before `end`, each made from `seed` and its number alone. `onCase` is told of each before it runs. */
export async function runCases(
  { seed, first, end, maxCaseMs }: { seed: number; first: number; end: number; maxCaseMs: number },
  onCase: (caseNumber: number) => void = () => undefined,
): Promise<CasesResult> {
  const failures: Failure[] = [];
  let slowest = { caseNumber: first, target: '', ms: 0 };
  for (let caseNumber = first; caseNumber < end; caseNumber += 1) {
    onCase(caseNumber);
    const { name: target, fuzz } = wheel[caseNumber % wheel.length] as (typeof wheel)[number];
    const startedAt = performance.now();
    try {
      await fuzz(createRandom(seed, caseNumber));
    } catch (error) {
      failures.push({
        caseNumber,
        target,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    const ms = performance.now() - startedAt;
    if (ms > maxCaseMs) failures.push({ caseNumber, target, reason: `took ${ms.toFixed(0)} ms` });
    if (ms > slowest.ms) slowest = { caseNumber, target, ms };
  }
  return { failures, slowest };
}
