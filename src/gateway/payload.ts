import { type ExecutionResult } from 'graphql';
import { formatError, formatResult } from './format-error.ts';

/** A result as it is sent: its JSON, in one line, and the `extensions.code` of its errors. */
export interface Payload {
  readonly text: string;
  readonly codes: readonly unknown[];
}

/** Makes a result ready to be sent, however often. */
export function createPayload(result: ExecutionResult, extensions?: object): Payload {
  const codes = (result.errors ?? []).map((error) => formatError(error).extensions?.['code']);
  return { text: JSON.stringify({ ...formatResult(result), ...(extensions && { extensions }) }), codes };
}
