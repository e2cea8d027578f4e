import { AwsError, type AwsErrorType } from './errors.ts';
import { parseJson, readShape, type Shape, violationsText } from './shape.ts';

/** What the operations of one AWS service have in common. */
export interface Service {
  readonly name: string;
  /** The error of a request that breaks the model, and that of a fault of ours. */
  readonly validationError: AwsErrorType;
  readonly fault: AwsErrorType;
  /** Errors carry the text as `Message` too. */
  readonly hasUpperCaseMessage: boolean;
}

/** One operation as the server sees it: where it is found, and what answers it. */
export interface Operation {
  readonly service: Service;
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** A template such as `/detectors/{detectorModelName}`, without a trailing slash. */
  readonly path: string;
  readonly status: number;
  /** The answer's JSON, null for an empty body. Throws AwsError; anything else that is thrown is a fault. */
  invoke(request: OperationRequest): Promise<object | null>;
}

/** The parts of a request that members are bound to; everything is decoded. `body` is the text of the whole body. */
interface OperationRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Definition<T> extends Omit<Operation, 'invoke'> {
  /** The members that come from the query. */
  readonly query?: Readonly<Record<string, 'text' | 'integer'>>;
  /** All members: those of the path, the query and the body together. */
  readonly input: Shape<T>;
  handle(input: T, body: string): Promise<object | null>;
}

/** An operation that binds and validates its request before `handle` sees it. */
export function defineOperation<T>(definition: Definition<T>): Operation {
  const { service, input } = definition;
  return {
    service,
    name: definition.name,
    method: definition.method,
    path: definition.path,
    status: definition.status,
    async invoke(request) {
      const result = readShape(input, bindMembers(definition.query ?? {}, request));
      if (result.ok) return definition.handle(result.value, request.body);
      const isMisread = result.violations.some(({ kind }) => kind === 'type');
      const type = isMisread ? 'SerializationException' : service.validationError;
      throw new AwsError(type, violationsText(result.violations));
    },
  };
}

function bindMembers(query: Readonly<Record<string, 'text' | 'integer'>>, request: OperationRequest): unknown {
  const body = parseBody(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const members: Record<string, unknown> = { ...body, ...request.params };
  for (const [name, kind] of Object.entries(query)) {
    const text = request.query.get(name);
    members[name] = kind === 'integer' && text !== undefined && /^-?\d+$/.test(text) ? Number(text) : text;
  }
  return members;
}

function parseBody(text: string): unknown {
  if (text === '') return {};
  try {
    return parseJson(text);
  } catch {
    // The parser's own words repeat what the client sent.
    throw new AwsError('SerializationException', 'Expected the body to be JSON, got another text');
  }
}
