/** What the delivery of events comes to, counted since the start. */
export interface DeliveryCounters {
  /** Those that are open now. */
  subscriptions: number;
  /** Events that were executed, each for however many subscribers. */
  executions: number;
  /** Events that were given to a subscriber. */
  events: number;
}

/** Counters at zero. */
export function createDeliveryCounters(): DeliveryCounters {
  return { subscriptions: 0, executions: 0, events: 0 };
}
