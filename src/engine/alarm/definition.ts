import { type ExternalAction } from '../action/external-action.ts';
import { type KeyedModel } from '../detector/key.ts';
import { type Expression } from '../expression/ast.ts';
import { type Json } from '../json.ts';

/** An alarm model that has been read and checked: plain data, expressions parsed. Source: detector-engine.md, 16.1. */
export interface AlarmModelDefinition extends KeyedModel {
  readonly alarmModelName: string;
  readonly alarmModelDescription: string | null;
  readonly roleArn: string;
  readonly severity: number | null;
  readonly rule: SimpleRule;
  /** Run on every state change. */
  readonly alarmActions: readonly ExternalAction[];
  /** Run on every state change, after the actions. */
  readonly notifications: readonly Notification[];
  readonly isDisabledOnInitialization: boolean;
  readonly isAcknowledgeFlowEnabled: boolean;
  /** The inputs that any expression refers to: their messages are the model's. */
  readonly inputNames: ReadonlySet<string>;
}

/** The alarm is active while `inputProperty` compares so with `threshold`. */
export interface SimpleRule {
  readonly inputProperty: Expression;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: Expression;
}

/** The comparisons and how expressions write them. */
export const comparisonSymbols = {
  GREATER: '>',
  GREATER_OR_EQUAL: '>=',
  LESS: '<',
  LESS_OR_EQUAL: '<=',
  EQUAL: '==',
  NOT_EQUAL: '!=',
} as const;

export type ComparisonOperator = keyof typeof comparisonSymbols;

/** A Lambda function that sends e-mail and SMS, and what it is told about recipients. Source: detector-engine.md, 16.6. */
export interface Notification {
  readonly action: ExternalAction;
  readonly recipients: {
    readonly emailConfigurations?: Json;
    readonly smsConfigurations?: Json;
  };
}
