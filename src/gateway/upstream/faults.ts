import { UpstreamError, type UpstreamErrorCode, type UpstreamService } from './errors.ts';
import { type Exchange, type HttpAnswer } from './exchange.ts';
import { AnswerCutError, AnswerTooLargeError } from './http-handler.ts';

/** Which operation of which service a call is. `reads` operations are safe to repeat. */
export interface Operation {
  readonly service: UpstreamService;
  readonly name: string;
  readonly reads: boolean;
  /** For how long upstream itself says that an answer holds; absent: it does not say. */
  readonly keepMs?: (answer: unknown) => number;
}

interface Fault {
  readonly code: UpstreamErrorCode;
  /** Whether a mutation may have taken effect. */
  readonly applied: 'no' | 'unknown';
  /** Whether the same call can succeed later. */
  readonly retryable: boolean;
}

/**
 * What an answer or a failure means: one table for all operations. A status below 500 says that upstream refused, so nothing
 * was applied; from 500 on, and when the connection failed after it stood, it may have been. Source: wire.md, section 3.
 */
const FAULTS = {
  // 429, or a type Throttling... with any status
  throttled: { code: 'UPSTREAM_THROTTLED', applied: 'no', retryable: true },
  // 401, 403, a type that tells of credentials with any status, or no credentials to be found
  forbidden: { code: 'UPSTREAM_FORBIDDEN', applied: 'no', retryable: false },
  // ResourceNotFoundException, or from sagemaker ResourceNotFound
  notFound: { code: 'NOT_FOUND', applied: 'no', retryable: false },
  // 400 and every other 4xx
  rejected: { code: 'UPSTREAM_REJECTED', applied: 'no', retryable: false },
  // 3xx, or 404 without an AWS error type: something else than the service stands at the address
  notTheService: { code: 'UPSTREAM_BAD_RESPONSE', applied: 'no', retryable: false },
  // of a control plane: no endpoint is given, or what stands there knows no such operation
  notConfigured: { code: 'NOT_CONFIGURED', applied: 'no', retryable: false },
  // 503: the service itself, or a load balancer that lost the service while it worked
  unavailable: { code: 'UPSTREAM_UNAVAILABLE', applied: 'unknown', retryable: true },
  // 500 and every other 5xx
  failure: { code: 'UPSTREAM_FAILURE', applied: 'unknown', retryable: true },
  // refused, no route, no such host, TLS not agreed: no request was sent
  notConnected: { code: 'UPSTREAM_UNAVAILABLE', applied: 'no', retryable: true },
  // reset or closed after the connection stood, before an answer
  connectionLost: { code: 'UPSTREAM_UNAVAILABLE', applied: 'unknown', retryable: true },
  // no region, or anything else that keeps the SDK from making a request
  notSendable: { code: 'UPSTREAM_UNAVAILABLE', applied: 'no', retryable: false },
  // the deadline, or the operation's end: after the connection stood, or while there was none
  timeout: { code: 'UPSTREAM_TIMEOUT', applied: 'unknown', retryable: true },
  timeoutConnecting: { code: 'UPSTREAM_TIMEOUT', applied: 'no', retryable: true },
  // 2xx that broke off
  cut: { code: 'UPSTREAM_BAD_RESPONSE', applied: 'unknown', retryable: true },
  // 2xx that is not what the operation answers
  unreadable: { code: 'UPSTREAM_BAD_RESPONSE', applied: 'unknown', retryable: false },
} as const satisfies Record<string, Fault>;

const CREDENTIAL_TYPES = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
// AWS's texts about the request help whoever made it. Those about credentials quote them, those of faults may quote a stack.
const TYPES_WITH_TEXT = new Set([
  'InvalidRequestException',
  'ResourceNotFound',
  'ResourceNotFoundException',
  'SerializationException',
  'ThrottlingException',
  'UnknownOperationException',
  'ValidationException',
]);
const TEXT_LIMIT = 500;
const CONTROL_PLANES: ReadonlySet<UpstreamService> = new Set(['sagemaker', 'iotevents']);

/** An UpstreamError for `operation`, of one of the kinds of fault. `message` must be safe to show. */
export function upstreamError(
  operation: Operation,
  fault: keyof typeof FAULTS,
  message: string,
  details: {
    readonly answer?: HttpAnswer | null;
    readonly retryAfterMs?: number | null;
    readonly cause?: unknown;
  } = {},
): UpstreamError {
  const { code, applied, retryable } = FAULTS[fault];
  const { service, name } = operation;
  const doubt = !operation.reads && applied === 'unknown' ? '. It may have been applied' : '';
  return new UpstreamError(`${name}: ${message}${doubt}`, {
    code,
    upstream: { service, operation: name, requestId: details.answer ? requestId(details.answer) : null, retryable },
    applied,
    retryAfterMs: details.retryAfterMs ?? null,
    cause: details.cause,
  });
}

/** What an answer that is not 2xx means. */
export function faultOfAnswer(operation: Operation, answer: HttpAnswer): UpstreamError {
  const { type, text } = awsError(answer);
  if (lacksOperation(operation, answer.status, type)) {
    const message = `Upstream has no ${operation.service} control plane, or one without this operation`;
    return upstreamError(operation, 'notConfigured', message, { answer });
  }
  const fault = faultOfStatus(answer.status, type);
  const said = type !== null && text !== null && TYPES_WITH_TEXT.has(type) ? `: ${text}` : '';
  const message =
    fault === 'notTheService'
      ? `Expected an answer of ${operation.service}, got status ${answer.status} without an AWS error type`
      : `Upstream answered ${answer.status}${type === null ? '' : ` ${type}`}${said}`;
  return upstreamError(operation, fault, message, { answer, retryAfterMs: retryAfterMs(answer) });
}

/** Whether a server says that it has no such control plane. Source: wire.md, section 3 (W3). */
function lacksOperation({ service }: Operation, status: number, type: string | null): boolean {
  return CONTROL_PLANES.has(service) && (type === 'UnknownOperationException' || (status === 404 && type === null));
}

function faultOfStatus(status: number, type: string | null): keyof typeof FAULTS {
  if (status === 429 || type?.startsWith('Throttling')) return 'throttled';
  if (status >= 500) return status === 503 ? 'unavailable' : 'failure';
  if (status === 401 || status === 403 || (type !== null && CREDENTIAL_TYPES.has(type))) return 'forbidden';
  if (status < 400 || (status === 404 && type === null)) return 'notTheService';
  // sagemaker's has status 400 [ASSUMED W2].
  if (type === 'ResourceNotFound' || (status === 404 && type === 'ResourceNotFoundException')) return 'notFound';
  return 'rejected';
}

/** What it means that an exchange ended without a whole answer. `error` is whatever the SDK or Node threw. */
export function faultOfFailure(operation: Operation, exchange: Exchange, error: unknown): UpstreamError {
  const cause = error;
  if (!(error instanceof Error)) return upstreamError(operation, 'notSendable', 'The request failed', { cause });
  const nodeCode = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  if (error instanceof AnswerCutError) return upstreamError(operation, 'cut', error.message, { cause });
  if (error instanceof AnswerTooLargeError) return upstreamError(operation, 'unreadable', error.message, { cause });
  if (nodeCode.startsWith(' (HPE_')) {
    return upstreamError(operation, 'unreadable', 'Expected an HTTP answer, got something else', { cause });
  }
  if (exchange.connected) {
    return upstreamError(operation, 'connectionLost', `The connection was lost before an answer${nodeCode}`, { cause });
  }
  if (error.name === 'CredentialsProviderError') {
    const message = 'Expected AWS credentials (environment, profile, container or instance role), got none';
    return upstreamError(operation, 'forbidden', message, { cause });
  }
  if (exchange.requested) {
    return upstreamError(operation, 'notConnected', `No connection to ${operation.service}${nodeCode}`, { cause });
  }
  return upstreamError(operation, 'notSendable', `The request to ${operation.service} could not be made`, { cause });
}

/** The type and text of an AWS error, wherever they stand; null where they do not. Source: wire.md, section 3. */
function awsError(answer: HttpAnswer): { type: string | null; text: string | null } {
  const body = errorBody(answer);
  const type = [answer.headers['x-amzn-errortype'], body['__type'], body['code']].find(
    (value) => typeof value === 'string',
  );
  const text = [body['message'], body['Message']].find((value) => typeof value === 'string');
  const name = typeof type === 'string' ? /^(?:[^#]*#)?([A-Za-z]\w{0,99})(?::.*)?$/.exec(type)?.[1] : undefined;
  return { type: name ?? null, text: typeof text === 'string' ? singleLine(text) : null };
}

function errorBody(answer: HttpAnswer): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(answer.body.toString());
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    // A proxy's page in place of an AWS error: the status says what there is to say.
    return {};
  }
}

/** Text of upstream made safe to show: one line, no control characters, bounded. */
export function singleLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= TEXT_LIMIT ? line : `${line.slice(0, TEXT_LIMIT)}...`;
}

function requestId(answer: HttpAnswer): string | null {
  const id = answer.headers['x-amzn-requestid'] ?? answer.headers['x-amz-request-id'];
  return id !== undefined && /^[\w.:=+/-]{1,128}$/.test(id) ? id : null;
}

// Seconds only: AWS sends no dates here.
function retryAfterMs(answer: HttpAnswer): number | null {
  const seconds = answer.headers['retry-after'];
  return seconds !== undefined && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}
