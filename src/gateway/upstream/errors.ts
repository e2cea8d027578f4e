/** How a call upstream failed, as clients see it in `extensions.code`. The table is in the README, "Errors". */
export type UpstreamErrorCode =
  | 'UPSTREAM_THROTTLED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_FAILURE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_FORBIDDEN'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'NOT_FOUND';

/** Which call failed. `service` is AWS's endpoint prefix name, `requestId` null where upstream gave none. */
export interface UpstreamCallInfo {
  readonly service: 'sagemaker-edge' | 'iotevents-data';
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
