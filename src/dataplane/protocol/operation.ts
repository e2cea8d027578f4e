import { AwsError, type AwsErrorType } from './errors.ts';
import { parseJson, readShape, type Shape, violationsText } from './shape.ts';

/** What the operations of one AWS service have in common. */
export interface Service {
  readonly name: string;
  /** What its requests are signed for, and what its actions in policies and the ARNs of its resources begin with. */
  readonly signingName: string;
  readonly actionPrefix: 'iotevents' | 'sagemaker' | 'fleetgraph';
  /** The error of a request that breaks the model, and that of a fault of ours. */
  readonly validationError: AwsErrorType;
  readonly fault: AwsErrorType;
  /** Errors carry the text as `Message` too. */
  readonly hasUpperCaseMessage: boolean;
  /** Of its answers. */
  readonly contentType: 'application/json' | 'application/x-amz-json-1.1';
}

/** One operation as the server sees it: where it is found, and what answers it. */
export interface Operation {
  readonly service: Service;
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A template such as `/detectors/{detectorModelName}`, without a trailing slash. */
  readonly path: string;
  /** What X-Amz-Target has to be, `SageMaker.ListDevices`, in the json 1.1 protocol; undefined in rest-json. */
  readonly target?: string;
  readonly status: number;
  /** The answer's JSON, null for an empty body. Throws AwsError; anything else that is thrown is a fault. */
  invoke(request: OperationRequest): Promise<object | null>;
}

/** The parts of a request that members are bound to; everything is decoded. `body` is the text of the whole body. */
interface OperationRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
  /** Throws AwsError 403 unless the caller may do this on all of these resources, as `resources` of the definition has them. */
  readonly authorize: (resources: readonly string[]) => void;
}

/** Where members are in the query: the name there is that of the member unless `name` says otherwise. */
type QueryMember = 'text' | 'integer' | 'list' | { readonly name: string };

interface Definition<T> extends Omit<Operation, 'invoke'> {
  /** The members that come from the query. */
  readonly query?: Readonly<Record<string, QueryMember>>;
  /** All members: those of the path, the query and the body together. */
  readonly input: Shape<T>;
  /**
   * What a policy has to allow the operation on: ARNs, of which what follows the account will do (`input/Motor`), or ANY.
   * Source: Service Authorization Reference, "Actions defined by AWS IoT Events" and "... by Amazon SageMaker".
   */
  readonly resources: (input: NoInfer<T>) => readonly string[];
  handle(input: T, body: string): Promise<object | null>;
}

/** The resources of an operation on none in particular: a policy has to allow it on `*`. */
export const ANY: readonly string[] = ['*'];

/** An operation that binds and validates its request, and has it authorized, before `handle` sees it. */
export function defineOperation<T>(definition: Definition<T>): Operation {
  const { query = {}, input, resources, ...operation } = definition;
  return {
    ...operation,
    async invoke(request) {
      const members = readRequest(operation.service, input, bindMembers(query, request));
      request.authorize(resources(members));
      return definition.handle(members, request.body);
    },
  };
}

/** A request as `shape`. Throws the AwsError of a request that breaks the model, with every violation. */
function readRequest<T>(service: Service, shape: Shape<T>, request: unknown): T {
  const result = readShape(shape, request);
  if (result.ok) return result.value;
  const isMisread = result.violations.some(({ kind }) => kind === 'type');
  throw new AwsError(isMisread ? 'SerializationException' : service.validationError, violationsText(result.violations));
}

function bindMembers(query: Readonly<Record<string, QueryMember>>, request: OperationRequest): unknown {
  const body = parseBody(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const members: Record<string, unknown> = { ...body, ...request.params };
  for (const [name, kind] of Object.entries(query)) {
    const values = request.query.get(typeof kind === 'string' ? name : kind.name);
    members[name] = kind === 'list' ? values : queryValue(kind, values?.[0]);
  }
  return members;
}

function queryValue(kind: QueryMember, text: string | undefined): string | number | undefined {
  return kind === 'integer' && text !== undefined && /^-?\d+$/.test(text) ? Number(text) : text;
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
