import { createRandom, type Random } from './random.ts';

/** Something that is fuzzed, in `share` of the cases. `fuzz` throws if a case fails. */
export interface FuzzTarget {
  readonly name: string;
  readonly share: number;
  readonly fuzz: (random: Random) => void | Promise<void>;
}

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
  targets: readonly FuzzTarget[],
  { seed, first, end, maxCaseMs }: { seed: number; first: number; end: number; maxCaseMs: number },
  onCase: (caseNumber: number) => void = () => undefined,
): Promise<CasesResult> {
  const wheel = targets.flatMap((target) => Array.from({ length: target.share }, () => target));
  const failures: Failure[] = [];
  let slowest = { caseNumber: first, target: '', ms: 0 };
  for (let caseNumber = first; caseNumber < end; caseNumber += 1) {
    onCase(caseNumber);
    const { name: target, fuzz } = wheel[caseNumber % wheel.length] as FuzzTarget;
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
