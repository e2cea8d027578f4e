import { type OutgoingEffect } from '../runtime/delivery.ts';

// The parameter of each action that says where to, in AWS's words; of iotSiteWise the payload says it.
const targetNames = {
  sns: 'targetArn',
  iotTopicPublish: 'mqttTopic',
  lambda: 'functionArn',
  iotEvents: 'inputName',
  sqs: 'queueUrl',
  firehose: 'deliveryStreamName',
  dynamoDB: 'tableName',
  dynamoDBv2: 'tableName',
  iotSiteWise: 'property',
} as const;

/**
 * The headers of an action as a CloudEvent in binary mode, so that the body is AWS's payload, unchanged. The action's own
 * parameters are extension attributes, their names in lower case. Source: CloudEvents 1.0.2, "HTTP Protocol Binding", 3.1.
 */
export function cloudEventHeaders({ source, effect }: OutgoingEffect): Readonly<Record<string, string>> {
  const { actionExecutionId, type, target, parameters, eventName, stateName, eventTimeMs, payload } = effect;
  const attributes: Record<string, string | null> = {
    specversion: '1.0',
    id: actionExecutionId,
    source,
    type: `fleetgraph.action.${type}`,
    time: new Date(eventTimeMs).toISOString(),
    statename: stateName,
    eventname: eventName,
    [targetNames[type]]: target,
    ...parameters,
  };
  const headers: Record<string, string> = {
    'content-type': isJson(payload) ? 'application/json' : 'text/plain; charset=utf-8',
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) headers[`ce-${name.toLowerCase()}`] = encodeValue(value);
  }
  return headers;
}

/** Percent-encodes what a header cannot hold. Source: CloudEvents, "HTTP Protocol Binding", 3.1.3.2. */
function encodeValue(value: string): string {
  return value.replace(/[^\x21\x23\x24\x26-\x7e]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function isJson(payload: string): boolean {
  try {
    JSON.parse(payload);
    return true;
  } catch {
    return false;
  }
}
