import { type RequestListener } from 'node:http';

const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // Queries by GET have their variables in the address.
  'Referrer-Policy': 'strict-origin',
  // For requests without CORS: pages of the allowed origins ask with it.
  'Cross-Origin-Resource-Policy': 'same-origin',
  // What a page may load it says itself; this is what a page cannot say, or ought not to.
  'Content-Security-Policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
  // Whatever may be kept says so.
  'Cache-Control': 'no-store',
};
const TLS_HEADERS = { ...HEADERS, 'Strict-Transport-Security': 'max-age=31536000' };

/**
 * A listener whose answers carry what browsers need to be told, unless it sets a header itself. HSTS under TLS alone, as browsers
 * heed it nowhere else. Source: OWASP HTTP Headers Cheat Sheet; OWASP REST Security Cheat Sheet, "Security Headers".
 */
export function withResponseHeaders(listener: RequestListener, isTls: boolean): RequestListener {
  const headers = Object.entries(isTls ? TLS_HEADERS : HEADERS);
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    listener(request, response);
  };
}
