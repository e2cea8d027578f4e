import { AwsError } from './errors.ts';
import { type Operation } from './operation.ts';

/** An operation, and the members that its path carries. */
interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the operation for a method and a path of decoded segments. Throws AwsError 404 for an unknown route, and 405
 * for a wrong method. Source: wire.md, section 2 and section 9 item 8.
 */
export function createRouter(operations: readonly Operation[]): (method: string, segments: readonly string[]) => Match {
  const routes = operations.map((operation) => ({ operation, template: operation.path.split('/').slice(1) }));
  return (method, segments) => {
    for (const { operation, template } of routes) {
      if (operation.method !== method) continue;
      const params = matchSegments(template, segments);
      if (params !== null) return { operation, params };
    }
    const path = `/${segments.join('/')}`;
    // Only a path without parameters is surely known: POST /alarms/x is an unknown action, not a wrong way to list model x.
    const allowed = operations.filter((operation) => operation.path === path).map((operation) => operation.method);
    if (allowed.length > 0) {
      const message = `Expected ${allowed.join(' or ')} for this path, got ${method}`;
      throw new AwsError('MethodNotAllowedException', message, { allow: allowed.join(', ') });
    }
    throw new AwsError(
      'UnknownOperationException',
      `Expected the path of an operation that takes ${method}, got an unknown one`,
    );
  };
}

function matchSegments(template: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (template.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}
