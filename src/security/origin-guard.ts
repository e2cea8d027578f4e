/** Which names a service may be asked under, and by which web pages. */
export interface OriginGuard {
  /** Whether a page of this origin may ask. Clients that are no browsers send none and may. */
  readonly allowsOrigin: (origin: string | undefined, hostHeader: string | undefined) => boolean;
  /** Whether the service may be asked under this name. */
  readonly allowsHost: (hostHeader: string | undefined) => boolean;
}

/**
 * Makes the guard of an unauthenticated service that browsers can reach. On a loopback address only pages of a loopback origin
 * may ask, and only under a loopback name: else any page on the web could, the second by DNS rebinding. On other addresses only
 * pages from the service's own address may. `corsOrigins` (`https://app.example.com`, or `*`) adds to either.
 */
export function createOriginGuard(listenHost: string, corsOrigins: readonly string[]): OriginGuard {
  const allowed = new Set(corsOrigins.map((origin) => origin.toLowerCase()));
  const allowedHosts = new Set(corsOrigins.map(hostOf));
  const onLoopback = isLoopback(listenHost);
  return {
    allowsOrigin(origin, hostHeader) {
      if (origin === undefined || allowed.has('*') || allowed.has(origin.toLowerCase())) return true;
      const host = hostOf(origin);
      if (host === null) return false;
      return onLoopback ? isLoopback(hostnameOf(host)) : host === hostHeader?.toLowerCase();
    },
    allowsHost(hostHeader) {
      if (!onLoopback || allowed.has('*') || hostHeader === undefined) return true;
      return allowedHosts.has(hostHeader.toLowerCase()) || isLoopback(hostnameOf(hostHeader));
    },
  };
}

/** `host[:port]` of an origin; null for `null`, `*` and other non-addresses. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

/** Whether a listener on this address is reached from this machine only. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
}
