import { type SQLOutputValue } from 'node:sqlite';
import { type Transaction } from './store.ts';

/**
 * What SELECT answers. The columns are named as the members of the port's rows, and STRICT tables keep their types, so a row
 * needs a cast, not a mapping, except where a function says otherwise.
 */
export type Row = Record<string, SQLOutputValue>;

/** Some of the port's methods. */
export type Part<Method extends keyof Transaction> = Pick<Transaction, Method>;

/** The column keyValue of a model without key is '', which no real key can be. */
export function toKeyColumn(keyValue: string | null): string {
  return keyValue ?? '';
}

/** The row with keyValue as the port has it. */
export function withKeyValue(row: Row): Row {
  if (row['keyValue'] === '') row['keyValue'] = null;
  return row;
}
