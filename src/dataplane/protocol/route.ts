import { AwsError } from './errors.ts';
import { type Operation } from './operation.ts';

/** An operation, and the members that its path carries. */
interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the operation for a method, a path of decoded segments and, in the json 1.1 protocol, an X-Amz-Target. Throws
 * AwsError 404 for an unknown route, and 405 for a wrong method. Source: wire.md, sections 1, 2 and 8, 9 item 8.
 */
export function createRouter(
  operations: readonly Operation[],
): (method: string, segments: readonly string[], target?: string) => Match {
  const routes = operations.map((operation) => ({ operation, template: operation.path.split('/').slice(1) }));
  return (method, segments, target) => {
    for (const { operation, template } of routes) {
      if (operation.method !== method || (operation.target !== undefined && operation.target !== target)) continue;
      const params = matchSegments(template, segments);
      if (params !== null) return { operation, params };
    }
    // Only a path without parameters is surely known: POST /alarms/x is an unknown action, not a wrong way to list model x.
    const isKnown = (template: readonly string[]) =>
      template.length === segments.length && template.every((part, index) => part === segments[index]);
    const allowed = new Set(
      routes.filter(({ template }) => isKnown(template)).map(({ operation }) => operation.method),
    );
    if (allowed.size > 0 && !allowed.has(method as Operation['method'])) {
      const message = `Expected ${[...allowed].join(' or ')} for this path, got ${method}`;
      throw new AwsError('MethodNotAllowedException', message, { headers: { allow: [...allowed].join(', ') } });
    }
    const expected =
      allowed.size > 0 ? 'an operation in X-Amz-Target' : `the path of an operation that takes ${method}`;
    throw new AwsError('UnknownOperationException', `Expected ${expected}, got an unknown one`);
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
