import { type ExternalAction } from '../action/external-action.ts';
import { type Expression } from '../expression/ast.ts';
import { type KeyedModel } from './key.ts';

/** A detector model that has been read and checked: plain data, expressions parsed. Source: detector-engine.md, 5. */
export interface DetectorModelDefinition extends KeyedModel {
  readonly detectorModelName: string;
  readonly detectorModelDescription: string | null;
  readonly roleArn: string;
  readonly evaluationMethod: EvaluationMethod;
  readonly initialStateName: string;
  readonly states: ReadonlyMap<string, State>;
  /** The inputs that any expression refers to: their messages are the model's. */
  readonly inputNames: ReadonlySet<string>;
}

type EvaluationMethod = 'BATCH' | 'SERIAL';

export interface State {
  readonly stateName: string;
  readonly onEnter: readonly Event[];
  readonly onInput: readonly Event[];
  readonly transitionEvents: readonly TransitionEvent[];
  readonly onExit: readonly Event[];
}

/** `condition` null: it always holds. */
export interface Event {
  readonly eventName: string;
  readonly condition: Expression | null;
  /** As the request has it, for whoever follows an evaluation. */
  readonly conditionText: string | null;
  readonly actions: readonly Action[];
}

export interface TransitionEvent extends Event {
  readonly nextState: string;
}

/** `path` is where the action stands in the request, for problems at run time. */
export type Action =
  | { readonly type: 'setVariable'; readonly path: string; readonly variableName: string; readonly value: Expression }
  | { readonly type: 'setTimer'; readonly path: string; readonly timerName: string; readonly duration: Expression }
  | { readonly type: 'resetTimer' | 'clearTimer'; readonly path: string; readonly timerName: string }
  | ExternalAction;
