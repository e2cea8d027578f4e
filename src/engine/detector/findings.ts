import { type Expression } from '../expression/ast.ts';
import { type Issue } from '../reading.ts';
import { type Place } from '../request.ts';

/** The quotas that a definition must keep. Source: detector-engine.md, 9.2, 12. */
export interface DefinitionLimits {
  readonly maxStates: number;
  readonly maxEventsPerState: number;
  readonly maxTransitionEventsPerState: number;
  readonly maxActionsPerEvent: number;
  readonly maxVariables: number;
  readonly minTimerSeconds: number;
}

/** What is gathered while the expressions and actions of a definition are read. */
export interface ExpressionFindings {
  readonly notes: Issue[];
  readonly expressions: { readonly place: Place; readonly expression: Expression; readonly isCondition: boolean }[];
}

/** What is gathered while a detector model is read, for the checks that need all of it. */
export interface Findings extends ExpressionFindings {
  readonly limits: DefinitionLimits;
  readonly transitions: { readonly place: Place; readonly eventName: string; readonly nextState: string }[];
  readonly variablesSet: Set<string>;
  readonly timersSet: Set<string>;
  /** Some condition does not parse, so that nobody knows what it refers to. */
  hasUnreadCondition: boolean;
}

/** Nothing found yet. */
export function createFindings(limits: DefinitionLimits): Findings {
  return {
    limits,
    notes: [],
    expressions: [],
    transitions: [],
    variablesSet: new Set(),
    timersSet: new Set(),
    hasUnreadCondition: false,
  };
}

/** Adds what the writer of the definition should know although it is no error. */
export function note(findings: ExpressionFindings, place: Place, message: string): void {
  findings.notes.push({ path: place.path, message });
}
