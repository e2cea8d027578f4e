import { createHmac } from 'node:crypto';

/**
 * The headers that sign a webhook: id, time of the attempt and HMAC-SHA256 over both and the body. `secret` is
 * `whsec_` and a key in base64.
 * Source: Standard Webhooks, "Webhook headers" and "Symmetric signature".
 */
export function signatureHeaders(
  secret: string,
  id: string,
  nowMs: number,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
