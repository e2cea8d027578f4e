import { FALLBACK_REGION } from '../access-settings.ts';
import { systemClock } from '../clock.ts';
import { createSign, type UnsignedRequest } from '../security/sign.ts';
import { type Settings } from '../settings.ts';

/** A request to a data plane that runs, of its own operations; `query` has its names sorted. */
interface DataplaneRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: string;
  readonly body?: object;
}

/**
 * The answer of a running data plane to a request with a JSON body, signed if there is an access key in the settings. Rejects
 * with what it says where it refuses.
 */
export async function requestDataplane(
  endpoint: string,
  settings: Settings,
  { method, path, query = '', body }: DataplaneRequest,
): Promise<unknown> {
  const url = new URL(`${endpoint}${path}${query && `?${query}`}`);
  const text = body === undefined ? null : JSON.stringify(body);
  const headers = signedHeaders(settings, url, { method, path: url.pathname, query, body: text });
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body: text });
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Error(`Expected a data plane at ${endpoint}, got: ${reason}`, { cause });
  }
  const answer = await response.text();
  if (response.ok) return JSON.parse(answer);
  throw new Error(`Expected ${url.href} to answer, got ${response.status}: ${messageIn(answer)}`);
}

function signedHeaders(
  { accessKeyId, secretAccessKey, region }: Settings,
  { host }: URL,
  request: UnsignedRequest,
): Record<string, string> {
  if (accessKeyId === null || secretAccessKey === null) return {};
  const sign = createSign(region ?? FALLBACK_REGION, 'fleetgraph');
  return sign(request, { host }, { accessKeyId, secretAccessKey }, systemClock.nowMs());
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Not one of the data plane's own answers.
  }
  return text.slice(0, 200);
}
