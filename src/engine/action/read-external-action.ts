import { type Expression } from '../expression/ast.ts';
import { staticType } from '../expression/static-type.ts';
import {
  type Place,
  type TextRule,
  member,
  optionalBoolean,
  optionalText,
  report,
  reportConstraint,
  requireObject,
  requiredChoice,
  requiredText,
} from '../request.ts';
import { type ExpressionFindings } from '../detector/findings.ts';
import { readExpression, readExpressionOrText } from '../detector/read-expression.ts';
import { type ExternalAction, type ExternalActionType, type Payload } from './external-action.ts';

/** How a member is read: as an expression, as one if it parses (A26), or as it is. Nested members are dotted. */
interface MemberRule {
  readonly name: string;
  readonly as: 'expression' | 'expression or text' | 'text' | 'Boolean';
  readonly isRequired?: boolean;
  readonly text?: TextRule;
}

const maxContentBytes = 1024;

const arn = { max: 2048 };
const separator = { pattern: /^([\n\t]|\r\n|,)$/ };

/** The members of each type but `payload`. Source: detector-engine.md, 11.4 to 11.9. */
const memberRules: Record<ExternalActionType, readonly MemberRule[]> = {
  sns: [{ name: 'targetArn', as: 'expression or text', isRequired: true, text: arn }],
  iotTopicPublish: [{ name: 'mqttTopic', as: 'expression or text', isRequired: true, text: { max: 128 } }],
  lambda: [{ name: 'functionArn', as: 'expression or text', isRequired: true, text: arn }],
  iotEvents: [{ name: 'inputName', as: 'expression or text', isRequired: true, text: { max: 128 } }],
  sqs: [
    { name: 'queueUrl', as: 'expression or text', isRequired: true },
    { name: 'useBase64', as: 'Boolean' },
  ],
  firehose: [
    { name: 'deliveryStreamName', as: 'expression or text', isRequired: true },
    { name: 'separator', as: 'text', text: separator },
  ],
  dynamoDB: [
    { name: 'tableName', as: 'expression', isRequired: true },
    { name: 'hashKeyField', as: 'expression', isRequired: true },
    { name: 'hashKeyValue', as: 'expression', isRequired: true },
    { name: 'hashKeyType', as: 'expression' },
    { name: 'rangeKeyField', as: 'expression' },
    { name: 'rangeKeyValue', as: 'expression' },
    { name: 'rangeKeyType', as: 'expression' },
    { name: 'operation', as: 'expression' },
    { name: 'payloadField', as: 'expression' },
  ],
  dynamoDBv2: [{ name: 'tableName', as: 'expression', isRequired: true }],
  iotSiteWise: [
    { name: 'entryId', as: 'expression' },
    { name: 'assetId', as: 'expression' },
    { name: 'propertyId', as: 'expression' },
    { name: 'propertyAlias', as: 'expression' },
    { name: 'propertyValue.value.stringValue', as: 'expression' },
    { name: 'propertyValue.value.integerValue', as: 'expression' },
    { name: 'propertyValue.value.doubleValue', as: 'expression' },
    { name: 'propertyValue.value.booleanValue', as: 'expression' },
    { name: 'propertyValue.timestamp.timeInSeconds', as: 'expression' },
    { name: 'propertyValue.timestamp.offsetInNanos', as: 'expression' },
    { name: 'propertyValue.quality', as: 'expression' },
  ],
};

/** The action types that reach outside. */
export const externalActionTypes = Object.keys(memberRules) as ExternalActionType[];

/** Reads the body of an action that reaches outside. Source: detector-engine.md, 11. */
export function readExternalAction(
  type: ExternalActionType,
  body: Place,
  findings: ExpressionFindings,
): Omit<ExternalAction, 'path'> {
  const parameters = new Map<string, Expression>();
  for (const rule of memberRules[type]) {
    const place = rule.name.split('.').reduce(member, body);
    const parameter = readParameter(place, rule, findings);
    if (parameter !== null) parameters.set(rule.name, parameter);
  }
  // SiteWise gets the property value and no payload.
  const payload = type === 'iotSiteWise' ? null : readPayload(member(body, 'payload'), findings);
  if (type === 'dynamoDBv2' && payload?.type === 'STRING') {
    report(member(member(body, 'payload'), 'type'), 'Expected the payload type JSON in dynamoDBv2, got STRING');
  }
  return { type, parameters, payload };
}

function readParameter(place: Place, rule: MemberRule, findings: ExpressionFindings): Expression | null {
  if (rule.as === 'Boolean') {
    const value = optionalBoolean(place);
    return value === null ? null : { kind: 'literal', value };
  }
  const textRule = rule.text ?? {};
  const text = rule.isRequired === true ? requiredText(place, textRule) : optionalText(place, textRule);
  if (text === null || text === '') return null;
  if (rule.as === 'text') return { kind: 'literal', value: text };
  if (rule.as === 'expression or text') return readExpressionOrText(place, text, findings);
  return readExpression(place, text, `Failed to parse expression '${text}' for ${rule.name}.`, findings);
}

/** A custom payload, null where there is none. Source: detector-engine.md, 11.3. */
function readPayload(place: Place, findings: ExpressionFindings): Payload | null {
  if (place.value === undefined || !requireObject(place)) return null;
  const contentPlace = member(place, 'contentExpression');
  const text = requiredText(contentPlace, {});
  if (new TextEncoder().encode(text).length > maxContentBytes) {
    reportConstraint(contentPlace, `Member must have length less than or equal to ${maxContentBytes}`);
  }
  const failure = `Failed to parse expression '${text}' for contentExpression.`;
  const contentExpression = readExpression(contentPlace, text, failure, findings);
  const typePlace = member(place, 'type');
  const type = requiredChoice(typePlace, ['STRING', 'JSON']);
  const yields = text === '' ? null : staticType(contentExpression);
  if (type === 'JSON' && (yields === 'number' || yields === 'Boolean')) {
    report(
      contentPlace,
      `Your payload expression {${text}} isn't valid. The defined payload type is JSON, so you must specify an expression ` +
        'that AWS IoT Events would evaluate to a string.',
    );
  }
  return { contentExpression, text, type };
}
