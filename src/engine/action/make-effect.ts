import { type EvaluationContext, Failure } from '../expression/value.ts';
import { type Content, evaluateContent } from './content.ts';
import { readDynamoDbParameters } from './dynamo-db.ts';
import { type Effect, type Problem } from './effect.ts';
import { type ExternalAction, type ExternalActionType } from './external-action.ts';
import { ParameterFailure, type Parameters, evaluateParameters, textOf } from './parameters.ts';
import { formatSiteWiseRequest, siteWiseTarget } from './site-wise.ts';

/** The run of an action that an effect tells of. */
export interface ActionRun extends Pick<Effect, 'actionExecutionId' | 'eventName' | 'stateName' | 'eventTimeMs'> {
  /** The JSON that is sent where the action has no payload of its own. */
  defaultPayload(): string;
}

/** What comes of an action that reaches outside: an effect, a problem, or with a warning both. Source: detector-engine.md, 11. */
export function makeEffect(
  action: ExternalAction,
  context: EvaluationContext,
  run: ActionRun,
): { readonly effect: Effect | null; readonly problem: Problem | null } {
  const made = make(action, context, run);
  const path = `${action.path}.${action.type}`;
  if (made instanceof ParameterFailure) {
    const { member, message } = made;
    return { effect: null, problem: { path: member === '' ? path : `${path}.${member}`, message } };
  }
  const { warning, target, parameters, payload } = made;
  const { actionExecutionId, eventName, stateName, eventTimeMs } = run;
  return {
    effect: { actionExecutionId, type: action.type, target, parameters, payload, eventName, stateName, eventTimeMs },
    problem: warning === null ? null : { path: `${path}.payload.contentExpression`, message: warning, isWarning: true },
  };
}

type Sent = Pick<Effect, 'target' | 'parameters' | 'payload'> & { readonly warning: string | null };

/** The parameter that says where to. */
const targetMember: Record<Exclude<ExternalActionType, 'iotSiteWise'>, string> = {
  sns: 'targetArn',
  iotTopicPublish: 'mqttTopic',
  lambda: 'functionArn',
  iotEvents: 'inputName',
  sqs: 'queueUrl',
  firehose: 'deliveryStreamName',
  dynamoDB: 'tableName',
  dynamoDBv2: 'tableName',
};

function make(action: ExternalAction, context: EvaluationContext, run: ActionRun): Sent | ParameterFailure {
  const parameters = evaluateParameters(action.parameters, context);
  if (parameters instanceof ParameterFailure) return parameters;
  return action.type === 'iotSiteWise'
    ? makeSiteWise(parameters, run)
    : makeWithContent(action, action.type, parameters, context, run);
}

function makeSiteWise(parameters: Parameters, run: ActionRun): Sent | ParameterFailure {
  const target = siteWiseTarget(parameters);
  if (target === null)
    return new ParameterFailure('', 'Expected propertyAlias, or assetId and propertyId, got neither');
  const payload = formatSiteWiseRequest(parameters, run.actionExecutionId, run.eventTimeMs);
  return payload instanceof ParameterFailure ? payload : { target, parameters: {}, payload, warning: null };
}

function makeWithContent(
  action: ExternalAction,
  type: keyof typeof targetMember,
  parameters: Parameters,
  context: EvaluationContext,
  run: ActionRun,
): Sent | ParameterFailure {
  const target = textOf(parameters, targetMember[type]) ?? '';
  if (target === '') return new ParameterFailure(targetMember[type], 'Expected a text, got an empty one');
  const content = contentOf(action, context, run);
  if (content instanceof Failure) return new ParameterFailure('payload.contentExpression', content.message);
  const columns = type === 'dynamoDB' ? readDynamoDbParameters(parameters, content.isJson) : {};
  if (columns instanceof ParameterFailure) return columns;
  return { target, parameters: columns, payload: encode(type, parameters, content.text), warning: content.warning };
}

function contentOf({ payload }: ExternalAction, context: EvaluationContext, run: ActionRun): Content | Failure {
  return payload === null
    ? { text: run.defaultPayload(), isJson: true, warning: null }
    : evaluateContent(payload, context);
}

/** Source: detector-engine.md, 11.5, 11.6. */
function encode(type: ExternalActionType, parameters: Parameters, text: string): string {
  if (type === 'sqs' && parameters.get('useBase64') === true) {
    return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
  }
  return type === 'firehose' ? text + (textOf(parameters, 'separator') ?? '') : text;
}
