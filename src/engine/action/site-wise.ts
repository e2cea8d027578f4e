import { type Json, type Scalar, formatJson, formatScalar } from '../json.ts';
import { ParameterFailure, type Parameters, choiceOf, textOf } from './parameters.ts';

/** The property that is written: its alias, or `<asset id>/<property id>`; null if the parameters name none. */
export function siteWiseTarget(parameters: Parameters): string | null {
  const alias = textOf(parameters, 'propertyAlias');
  if (alias !== null) return alias;
  const assetId = textOf(parameters, 'assetId');
  const propertyId = textOf(parameters, 'propertyId');
  return assetId === null || propertyId === null ? null : `${assetId}/${propertyId}`;
}

/** The BatchPutAssetPropertyValue request of the action as JSON text. Source: detector-engine.md, 11.9. */
export function formatSiteWiseRequest(
  parameters: Parameters,
  actionExecutionId: string,
  nowMs: number,
): string | ParameterFailure {
  const value = readValue(parameters);
  if (value instanceof ParameterFailure) return value;
  const timestamp = readTimestamp(parameters, nowMs);
  if (timestamp instanceof ParameterFailure) return timestamp;
  const quality = choiceOf(parameters, 'propertyValue.quality', ['GOOD', 'BAD', 'UNCERTAIN']);
  if (quality instanceof ParameterFailure) return quality;
  const entry: Record<string, Json> = { entryId: textOf(parameters, 'entryId') ?? actionExecutionId };
  for (const name of ['assetId', 'propertyId', 'propertyAlias']) {
    const text = textOf(parameters, name);
    if (text !== null) entry[name] = text;
  }
  const isQualityGiven = parameters.has('propertyValue.quality');
  entry['propertyValues'] = [{ value, timestamp, ...(isQualityGiven && { quality }) }];
  return formatJson({ entries: [entry] });
}

/** How each typed member converts what its expression gives; undefined where it cannot. */
const conversions: Record<string, (value: Scalar) => Scalar | undefined> = {
  stringValue: formatScalar,
  integerValue(value) {
    if (typeof value === 'bigint') return value;
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && /^[+-]?\d{1,18}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
  },
  doubleValue(value) {
    if (typeof value === 'boolean' || value === '') return undefined;
    const decimal = Number(value);
    return Number.isFinite(decimal) ? decimal : undefined;
  },
  booleanValue(value) {
    if (typeof value === 'boolean') return value;
    const isWord = typeof value === 'string' && /^(?:true|false)$/i.test(value);
    return isWord ? value.toLowerCase() === 'true' : undefined;
  },
};

function readValue(parameters: Parameters): Json | ParameterFailure {
  const given = Object.entries(conversions).filter(([type]) => parameters.has(`propertyValue.value.${type}`));
  const [only] = given;
  if (only === undefined || given.length > 1) {
    const types = Object.keys(conversions).join(', ');
    return new ParameterFailure('propertyValue.value', `Expected one of ${types}, got ${given.length}`);
  }
  const [type, convert] = only;
  const name = `propertyValue.value.${type}`;
  const value = convert(parameters.get(name) ?? '');
  return value === undefined
    ? new ParameterFailure(name, `Expected a value that converts to ${type}, got another`)
    : { [type]: value };
}

function readTimestamp(parameters: Parameters, nowMs: number): Json | ParameterFailure {
  const name = 'propertyValue.timestamp';
  const seconds = readWhole(parameters, `${name}.timeInSeconds`);
  if (seconds instanceof ParameterFailure) return seconds;
  const nanos = readWhole(parameters, `${name}.offsetInNanos`);
  if (nanos instanceof ParameterFailure) return nanos;
  if (seconds !== null) return { timeInSeconds: seconds, ...(nanos !== null && { offsetInNanos: nanos }) };
  return { timeInSeconds: BigInt(Math.floor(nowMs / 1000)), offsetInNanos: BigInt(nowMs % 1000) * 1_000_000n };
}

function readWhole(parameters: Parameters, name: string): bigint | null | ParameterFailure {
  const text = textOf(parameters, name);
  if (text === null) return null;
  return /^\d{1,18}$/.test(text)
    ? BigInt(text)
    : new ParameterFailure(name, 'Expected a whole number, got another value');
}
