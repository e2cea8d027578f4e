import { type Clock } from '../../clock.ts';
import { type Delivery, type Sink } from '../runtime/delivery.ts';
import { cloudEventHeaders } from './cloud-event.ts';
import { signatureHeaders } from './webhook-signature.ts';

/** Where and how webhooks are sent; `secret` null: they are not signed. */
export interface WebhookOptions {
  readonly url: string;
  readonly secret: string | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Aborts what is under way, when the program stops. */
  readonly closing: AbortSignal;
}

const concurrency = 64;

/** Answers of 4xx that are no judgement on the request itself: Request Timeout, Too Early, Too Many Requests. */
const passing = new Set([408, 425, 429]);

/**
 * Makes the sink that posts actions to a URL, as CloudEvents signed per Standard Webhooks. 2xx: done. Other answers below 500
 * are final, as the same request would be refused again, 410 (Gone) above all; everything else is tried again.
 */
export function createWebhookSink({ url, secret, timeoutMs, clock, closing }: WebhookOptions): Sink {
  return {
    concurrency,
    async deliver(outgoing) {
      const { actionExecutionId, payload } = outgoing.effect;
      const nowMs = clock.nowMs();
      const signature = secret === null ? {} : signatureHeaders(secret, actionExecutionId, nowMs, payload);
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { ...cloudEventHeaders(outgoing), ...signature, 'user-agent': 'fleetgraph' },
          body: payload,
          redirect: 'manual',
          signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
        });
        // Only the status counts; the body is dropped, so that the connection is free again.
        await response.body?.cancel();
        return judge(response, nowMs);
      } catch (error) {
        return { ok: false, reason: reasonOf(error, timeoutMs), isFinal: false, retryAfterMs: null };
      }
    },
  };
}

function judge({ ok, status, headers }: Response, nowMs: number): Delivery {
  if (ok) return { ok: true };
  const isFinal = status < 500 && !passing.has(status);
  return {
    ok: false,
    reason: `HTTP ${status}`,
    isFinal,
    retryAfterMs: readRetryAfter(headers.get('retry-after'), nowMs),
  };
}

/** Seconds, or a date. Source: RFC 9110, 10.2.3. */
function readRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  // fetch says "fetch failed", and its cause says why.
  return error.cause instanceof Error ? error.cause.message : error.message;
}
