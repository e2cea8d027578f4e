/** The HTTP status of every error type that the data plane answers. Source: wire.md, section 3 and section 9 item 8. */
const STATUS = {
  InvalidRequestException: 400,
  SerializationException: 400, // [ASSUMED W3], like ValidationException and UnknownOperationException
  ValidationException: 400,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  MethodNotAllowedException: 405,
  RequestEntityTooLargeException: 413,
  InternalFailureException: 500,
  InternalServiceException: 500, // [ASSUMED W1]
} as const;

/** The name of an error on the wire. */
export type AwsErrorType = keyof typeof STATUS;

/** An answer that is an error: thrown by whatever handles a request, written by the server. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly type: AwsErrorType;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: AwsErrorType, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.type = type;
    this.status = STATUS[type];
    this.headers = headers;
  }
}
