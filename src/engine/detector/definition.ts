import { type Expression } from '../expression/ast.ts';

/** A detector model that has been read and checked: plain data, expressions parsed. Source: detector-engine.md, 5. */
export interface DetectorModelDefinition {
  readonly detectorModelName: string;
  readonly detectorModelDescription: string | null;
  readonly roleArn: string;
  /** The json path whose value selects the detector; null: the model has one detector. */
  readonly key: string | null;
  /** The names that `key` goes through. */
  readonly keyPath: readonly string[] | null;
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
  readonly actions: readonly Action[];
}

export interface TransitionEvent extends Event {
  readonly nextState: string;
}

/** `path` is where the action stands in the request, for problems at run time. */
export type Action = { readonly path: string } & (
  | { readonly type: 'setVariable'; readonly variableName: string; readonly value: Expression }
  | { readonly type: 'setTimer'; readonly timerName: string; readonly duration: Expression }
  | { readonly type: 'resetTimer' | 'clearTimer'; readonly timerName: string }
  | ExternalAction
);

/** An action on something outside. `parameters`, plain texts as literals, by their member names, nested ones dotted (`propertyValue.quality`). */
export interface ExternalAction {
  readonly type: ExternalActionType;
  readonly parameters: ReadonlyMap<string, Expression>;
  readonly payload: Payload | null;
}

export type ExternalActionType =
  'sns' | 'iotTopicPublish' | 'lambda' | 'iotEvents' | 'sqs' | 'firehose' | 'dynamoDB' | 'dynamoDBv2' | 'iotSiteWise';

/** A custom payload. Source: detector-engine.md, 11.3. */
export interface Payload {
  readonly contentExpression: Expression;
  readonly type: 'STRING' | 'JSON';
}
