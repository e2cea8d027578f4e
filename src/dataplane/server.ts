import { type Clock } from '../clock.ts';
import { type Log } from '../telemetry/log.ts';
import { type Store } from './store/store.ts';

/** What the data plane needs. Sizes in bytes, times in ms. */
export interface DataplaneOptions {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly region: string;
  readonly accountId: string;
  readonly bodyLimitBytes: number;
  readonly messagePayloadLimitBytes: number;
}

/** A listening data plane. `close` lets requests in flight finish. */
export interface Dataplane {
  readonly url: string;
  close(): Promise<void>;
}
