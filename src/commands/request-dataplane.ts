/** The answer of a running data plane to a request with a JSON body. Rejects with what it says where it refuses. */
export async function requestDataplane(
  endpoint: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const url = `${endpoint}${path}`;
  let response: Response;
  try {
    response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Error(`Expected a data plane at ${endpoint}, got: ${reason}`, { cause });
  }
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`Expected ${url} to answer, got ${response.status}: ${messageIn(text)}`);
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
