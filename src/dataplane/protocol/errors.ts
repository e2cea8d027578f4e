import { type Issue } from '../../engine/reading.ts';

/** The HTTP status of every error type that the data plane answers. Source: wire.md, section 3 and section 9 item 8. */
const STATUS = {
  InvalidRequestException: 400,
  SerializationException: 400, // [ASSUMED W3], like ValidationException and UnknownOperationException
  ValidationException: 400,
  ResourceInUse: 400, // [ASSUMED W2], like ResourceNotFound: names of sagemaker
  ResourceNotFound: 400,
  AccessDeniedException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403, // [ASSUMED W3], like MissingAuthenticationTokenException
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  MethodNotAllowedException: 405,
  ResourceAlreadyExistsException: 409,
  ResourceInUseException: 409,
  LimitExceededException: 410,
  RequestEntityTooLargeException: 413,
  InternalFailureException: 500,
  InternalServiceException: 500, // [ASSUMED W1]
  UnsupportedOperationException: 501,
} as const;

/** The name of an error on the wire. */
export type AwsErrorType = keyof typeof STATUS;

interface Details {
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the body beside the message. */
  readonly members?: Readonly<Record<string, string>>;
  /** Everything that is wrong with the request, where more is known than the message. */
  readonly issues?: readonly Issue[];
}

/** An answer that is an error: thrown by whatever handles a request, written by the server. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly type: AwsErrorType;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];

  constructor(type: AwsErrorType, message: string, { headers = {}, members = {}, issues }: Details = {}) {
    super(message);
    this.type = type;
    this.status = STATUS[type];
    this.headers = headers;
    this.members = members;
    this.issues = issues ?? [{ path: '', message }];
  }
}
