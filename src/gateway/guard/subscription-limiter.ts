import { GraphQLError } from 'graphql';

/** How many subscriptions there may be at a time, over all connections. */
export interface SubscriptionLimits {
  readonly maxSubscriptionsPerPrincipal: number;
  readonly maxSubscriptions: number;
}

/**
 * Takes the place of one subscription; the returned function gives it back. Throws RATE_LIMITED if this principal has as many as one
 * may have, OVERLOADED if all together have.
 */
export type TakeSubscription = (principal: string) => () => void;

/** Makes what counts the subscriptions of a gateway, by principal. Replicas could share the counts: this is the one place where a share is taken. */
export function createSubscriptionLimiter(limits: SubscriptionLimits): TakeSubscription {
  const { maxSubscriptionsPerPrincipal, maxSubscriptions } = limits;
  const counts = new Map<string, number>();
  let total = 0;

  function change(principal: string, by: 1 | -1): void {
    const count = (counts.get(principal) ?? 0) + by;
    total += by;
    if (count === 0) counts.delete(principal);
    else counts.set(principal, count);
  }

  return (principal) => {
    if ((counts.get(principal) ?? 0) >= maxSubscriptionsPerPrincipal) {
      throw refusal(
        `Expected at most ${maxSubscriptionsPerPrincipal} subscriptions of one principal, got one more`,
        'RATE_LIMITED',
      );
    }
    if (total >= maxSubscriptions) throw refusal('The gateway has as many subscriptions as it takes', 'OVERLOADED');
    change(principal, 1);
    return () => {
      change(principal, -1);
    };
  };
}

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
