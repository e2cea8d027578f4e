import { type Effect } from '../../engine/action/effect.ts';

/** An effect on its way out. `source` is the detector or alarm whose cycle it came from, as a path of the data plane. */
export interface OutgoingEffect {
  /** Its place among all effects. */
  readonly sequence: number;
  readonly source: string;
  readonly effect: Effect;
  /** How many iotEvents actions led to it, one after the other. */
  readonly hops: number;
}

/** What came of one attempt. `isFinal`: another attempt would fail the same way. */
export type Delivery =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly isFinal: boolean;
      /** How long the receiver asked to be left alone; null: it did not. */
      readonly retryAfterMs: number | null;
    };

/** Performs effects of some types: the port that src/dataplane/sinks implements. */
export interface Sink {
  /** How many deliveries may be under way at once. */
  readonly concurrency: number;
  /** Resolves within a bounded time; one that rejects counts as a failed attempt. */
  deliver(outgoing: OutgoingEffect): Promise<Delivery>;
}
