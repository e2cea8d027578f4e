/** An HTTP answer, whole. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * One HTTP exchange: given to the SDK client's `send` as its options, which it hands on to the request handler. Who carries it out notes
 * in it how far it came, so that a failure tells whether upstream can have acted. In place of an AbortSignal, which costs more than all
 * the rest of a call's bookkeeping.
 */
export interface Exchange {
  /** Never there: it makes this a type of options to the SDK. */
  readonly abortSignal?: never;
  /** Whether the SDK got as far as to ask for a request to be sent. */
  requested: boolean;
  /** Whether a connection was there to send on. Before that nothing can have been applied. */
  connected: boolean;
  answer: HttpAnswer | null;
  /** Why nobody waits for it any more; null while somebody does. */
  abandonedBy: Error | null;
  /**
   * What can be ended, once it is under way. No function that is written where it is assigned: V8 makes those as long-lived, and then
   * all that they refer to outlives the exchange until the next full collection.
   */
  underWay: { abort(reason: Error): void } | null;
}

/** An exchange that has yet to begin. */
export function createExchange(): Exchange {
  return { requested: false, connected: false, answer: null, abandonedBy: null, underWay: null };
}

/** Ends an exchange that nobody waits for any more, whatever it is at. */
export function abandon(exchange: Exchange, reason: Error): void {
  exchange.abandonedBy = reason;
  exchange.underWay?.abort(reason);
}
