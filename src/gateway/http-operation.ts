import { type IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { UnreadableBodyError } from './http-body.ts';
import { type OperationRequest } from './operation-request.ts';

const requestSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * The GraphQL request in the body of a POST, or in the query string of a GET. Throws an UnreadableBodyError.
 * Source: GraphQL over HTTP, draft, section 5.
 */
export function readOperationRequest(method: string, search: string, body: unknown): OperationRequest {
  const { success, data, error } = requestSchema.safeParse(method === 'GET' ? parametersOf(search) : body);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') || 'a GraphQL request';
  throw new UnreadableBodyError(400, `Expected ${place} of the right type, got another or none`, error);
}

function parametersOf(search: string): object {
  const { variables, ...rest } = Object.fromEntries(new URLSearchParams(search));
  if (variables === undefined) return rest;
  try {
    return { ...rest, variables: JSON.parse(variables) as unknown };
  } catch (error) {
    throw new UnreadableBodyError(400, 'Expected variables of JSON, got something else', error);
  }
}

/** What a page may send to another origin without asking first. Source: Fetch, section 2.2.2, CORS-safelisted request-header. */
const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const PREFLIGHTED_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'];

/** Whether a browser asked the gateway first, if it is a page of another origin that sends this: the rule of Apollo Server. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !SIMPLE_TYPES.includes(type)) return true;
  return PREFLIGHTED_HEADERS.some((name) => Boolean(headers[name]));
}
