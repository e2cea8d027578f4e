/** How a call upstream failed, as clients see it in `extensions.code`. The table is in the README, "Errors". */
export type UpstreamErrorCode =
  | 'UPSTREAM_THROTTLED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_FAILURE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_FORBIDDEN'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'NOT_FOUND'
  | 'NOT_CONFIGURED';

/** AWS's names of the two data planes, and of the two control planes behind them, which may be missing. */
export type UpstreamService = 'sagemaker-edge' | 'iotevents-data' | 'sagemaker' | 'iotevents';

/** Which call failed; `requestId` is null where upstream gave none. */
export interface UpstreamCallInfo {
  readonly service: UpstreamService;
  readonly operation: string;
  readonly requestId: string | null;
  readonly retryable: boolean;
}

/**
 * A call upstream that failed. `message` is safe to show: no stack, address, credential or raw response.
 * `applied` tells whether a mutation may have taken effect: 'no' (refused, throttled, never sent) or 'unknown'.
 * `retryAfterMs` is upstream's own hint, null if it gave none.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;
  readonly upstream: UpstreamCallInfo;
  readonly applied: 'no' | 'unknown';
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    details: {
      readonly code: UpstreamErrorCode;
      readonly upstream: UpstreamCallInfo;
      readonly applied: 'no' | 'unknown';
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.upstream = details.upstream;
    this.applied = details.applied;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** The answer of a call, or null if it fails with that code. Rejects as the call does for any other. */
export function nullIf<Answer>(code: UpstreamErrorCode, answer: Promise<Answer>): Promise<Answer | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof UpstreamError && error.code === code) return null;
    throw error;
  });
}
