import { fuzzExecution } from './execution/fuzz-execution.ts';
import { fuzzExpression } from './expressions.ts';
import { fuzzAlarmModel, fuzzDetectorModel, fuzzTransition } from './models.ts';
import { fuzzPayload } from './payloads.ts';
import { type FuzzTarget } from './run-cases.ts';

/** What reads other people's texts within the process. */
export const engineTargets: readonly FuzzTarget[] = [
  { name: 'expression', share: 4, fuzz: fuzzExpression },
  { name: 'payload', share: 2, fuzz: fuzzPayload },
  { name: 'detector model', share: 2, fuzz: fuzzDetectorModel },
  { name: 'alarm model', share: 1, fuzz: fuzzAlarmModel },
  { name: 'transition', share: 1, fuzz: fuzzTransition },
  { name: 'execution', share: 1, fuzz: fuzzExecution },
];
