import { type JsonDocument } from './shape.ts';

/** A JSON value without the members that are null, at any depth: they count as absent. Source: detector-engine.md, 5.1. */
export function withoutNulls(value: JsonDocument): JsonDocument {
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNullsIn(member)]));
}

function withoutNullsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullsIn);
  // No modelled member is that long: JSON text has no other way to hold it.
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null ? withoutNulls(value as JsonDocument) : value;
}
