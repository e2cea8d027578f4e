import { parseExpression } from '../expression/parse.ts';
import { type Scalar } from '../json.ts';
import { type DetectorModelDefinition } from './definition.ts';
import { type DetectorSnapshot } from './snapshot.ts';
import { startTimer } from './timer.ts';

/** The state of a BatchUpdateDetector request. */
export interface DetectorStateUpdate {
  readonly stateName: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly timers: readonly { readonly name: string; readonly seconds: number }[];
}

export type UpdatedDetector =
  | { readonly ok: true; readonly snapshot: DetectorSnapshot }
  | { readonly ok: false; readonly reason: 'unknown-state' | 'too-many-variables'; readonly message: string };

/**
 * The snapshot of a detector that is put into a known state; what the update does not list is cleared.
 * [ASSUMED A33, A38b] nothing is evaluated or performed. [ASSUMED A34] remembered inputs are cleared as well.
 * Source: detector-engine.md, 14.1.
 */
export function updateDetector(
  definition: DetectorModelDefinition,
  state: DetectorStateUpdate,
  nowMs: number,
  limits: { readonly maxVariables: number },
): UpdatedDetector {
  const { stateName } = state;
  if (!definition.states.has(stateName)) {
    const message = `Expected a state of detector model ${definition.detectorModelName}, got '${stateName}'`;
    return { ok: false, reason: 'unknown-state', message };
  }
  const variables = new Map(state.variables.map(({ name, value }) => [name, readVariableText(value)]));
  if (variables.size > limits.maxVariables) {
    const message = `Number of variables in the detector exceeds the limit ${limits.maxVariables}`;
    return { ok: false, reason: 'too-many-variables', message };
  }
  const timers = new Map(state.timers.map(({ name, seconds }) => [name, startTimer(seconds, nowMs)]));
  return { ok: true, snapshot: { stateName, variables, timers, inputs: new Map() } };
}

// [ASSUMED A35] a literal in the text form of section 10.4; any other text is taken as it is.
function readVariableText(text: string): Scalar {
  const parsed = parseExpression(text);
  return parsed.ok && parsed.expression.kind === 'literal' ? parsed.expression.value : text;
}
