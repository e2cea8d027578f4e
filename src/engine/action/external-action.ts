import { type Expression } from '../expression/ast.ts';

/** An action on something outside. `parameters`, plain texts as literals, by their member names, nested ones dotted (`propertyValue.quality`). */
export interface ExternalAction {
  /** Where the action stands in the request, for problems at run time. */
  readonly path: string;
  readonly type: ExternalActionType;
  readonly parameters: ReadonlyMap<string, Expression>;
  readonly payload: Payload | null;
}

export type ExternalActionType =
  'sns' | 'iotTopicPublish' | 'lambda' | 'iotEvents' | 'sqs' | 'firehose' | 'dynamoDB' | 'dynamoDBv2' | 'iotSiteWise';

/** A custom payload; `text` is that of the content expression. Source: detector-engine.md, 11.3. */
export interface Payload {
  readonly contentExpression: Expression;
  readonly text: string;
  readonly type: 'STRING' | 'JSON';
}
