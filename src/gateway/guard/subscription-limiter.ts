import { GraphQLError } from 'graphql';
import { type Scheduler } from '../../clock.ts';
import { type SharedLimits } from '../../fanout/bus.ts';

/** How many subscriptions there may be at a time, over all connections and replicas. */
export interface SubscriptionLimits {
  readonly maxSubscriptionsPerPrincipal: number;
  readonly maxSubscriptions: number;
}

/**
 * Takes the place of one subscription; the returned function gives it back. Rejects with RATE_LIMITED if this principal has as many as
 * one may have, with OVERLOADED if all together have.
 */
export type TakeSubscription = (principal: string) => Promise<() => void>;

/** What has a limit, under the name that its shares have. */
interface Limited {
  readonly name: string;
  readonly limit: number;
  /** What is said to who finds no room. */
  readonly message: string;
  readonly code: string;
}

/** After this the share of a replica that is dead, or cut off, is free for others. */
const SHARE_TTL_MS = 15_000;
const RENEW_MS = SHARE_TTL_MS / 3;

/**
 * Makes what counts the subscriptions of a gateway, by principal. Each subscription asks `shares` whether those of all replicas leave
 * room; while they cannot be had, and where they are null, a replica counts its own alone.
 */
export function createSubscriptionLimiter(
  limits: SubscriptionLimits,
  shares: SharedLimits | null,
  scheduler: Scheduler,
): TakeSubscription {
  const counts = new Map<string, number>();
  /** Of which others are to hear that it takes less room. */
  const shrunk = new Set<string>();
  let isRenewing = false;

  const countOf = (name: string) => counts.get(name) ?? 0;

  function change(limited: readonly Limited[], by: 1 | -1): void {
    for (const { name } of limited) {
      const count = countOf(name) + by;
      if (count === 0) counts.delete(name);
      else counts.set(name, count);
    }
  }

  async function hold(name: string, limit: number): Promise<boolean> {
    try {
      return (await shares?.holdShare(name, countOf(name), limit, SHARE_TTL_MS)) ?? true;
    } catch {
      return true;
    }
  }

  /** What is there is there: the shares are to add up to it, also after a time in which each replica counted alone. */
  function report(names: Iterable<string>): void {
    for (const name of names) void hold(name, Number.MAX_SAFE_INTEGER);
  }

  function renew(): void {
    report(counts.keys());
    isRenewing = counts.size > 0;
    if (isRenewing) scheduler.schedule(RENEW_MS, renew);
  }

  function giveBack(limited: readonly Limited[]): void {
    change(limited, -1);
    // Once for all that end together, as those of one connection do.
    if (shrunk.size === 0) scheduler.schedule(0, reportShrunk);
    for (const { name } of limited) shrunk.add(name);
  }

  function reportShrunk(): void {
    report(shrunk);
    shrunk.clear();
  }

  return async (principal) => {
    const limited = limitsOf(principal, limits);
    const full = limited.find(({ name, limit }) => countOf(name) >= limit);
    if (full) throw refusalOf(full);
    change(limited, 1);
    if (!isRenewing) {
      isRenewing = true;
      scheduler.schedule(RENEW_MS, renew);
    }
    const hasRoom = await Promise.all(limited.map(({ name, limit }) => hold(name, limit)));
    const refusing = limited.find((_limited, index) => hasRoom[index] === false);
    if (refusing) {
      giveBack(limited);
      throw refusalOf(refusing);
    }
    return () => {
      giveBack(limited);
    };
  };
}

function limitsOf(principal: string, limits: SubscriptionLimits): readonly Limited[] {
  const { maxSubscriptionsPerPrincipal, maxSubscriptions } = limits;
  return [
    {
      name: `subscriptions of ${principal}`,
      limit: maxSubscriptionsPerPrincipal,
      message: `Expected at most ${maxSubscriptionsPerPrincipal} subscriptions of one principal, got one more`,
      code: 'RATE_LIMITED',
    },
    {
      name: 'subscriptions',
      limit: maxSubscriptions,
      message: 'The gateway has as many subscriptions as it takes',
      code: 'OVERLOADED',
    },
  ];
}

function refusalOf({ message, code }: Limited): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
