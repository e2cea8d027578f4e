import { ParameterFailure, type Parameters, choiceOf, textOf } from './parameters.ts';

/**
 * How the row is written: operation, keys, and the column of the payload, which is `<payloadField>_raw` and binary where the
 * payload is no JSON. Source: detector-engine.md, 11.8.
 */
export function readDynamoDbParameters(
  parameters: Parameters,
  isJson: boolean,
): Readonly<Record<string, string>> | ParameterFailure {
  const operation = choiceOf(parameters, 'operation', ['INSERT', 'UPDATE', 'DELETE']);
  if (operation instanceof ParameterFailure) return operation;
  const hashKey = readKey(parameters, 'hashKey');
  if (hashKey instanceof ParameterFailure) return hashKey;
  const rangeKey = parameters.has('rangeKeyField') ? readKey(parameters, 'rangeKey') : {};
  if (rangeKey instanceof ParameterFailure) return rangeKey;
  const payloadField = textOf(parameters, 'payloadField') ?? 'payload';
  return { operation, ...hashKey, ...rangeKey, payloadField: isJson ? payloadField : `${payloadField}_raw` };
}

function readKey(parameters: Parameters, key: 'hashKey' | 'rangeKey'): Record<string, string> | ParameterFailure {
  const type = choiceOf(parameters, `${key}Type`, ['STRING', 'NUMBER']);
  if (type instanceof ParameterFailure) return type;
  const value = textOf(parameters, `${key}Value`);
  if (value === null) return new ParameterFailure(`${key}Value`, `Expected a value for the ${key}Field, got none`);
  if (type === 'NUMBER' && (value.trim() === '' || !Number.isFinite(Number(value)))) {
    return new ParameterFailure(`${key}Value`, 'Expected a number, got another text');
  }
  return { [`${key}Field`]: textOf(parameters, `${key}Field`) ?? '', [`${key}Type`]: type, [`${key}Value`]: value };
}
