import { type Clock } from '../clock.ts';
import { type Log } from '../telemetry/log.ts';
import { type JoinSettings } from './context.ts';
import { type Upstream } from './upstream/upstream.ts';

/** What the gateway needs. Times in ms. */
export interface GatewayOptions {
  readonly host: string;
  readonly port: number;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly log: Log;
  readonly join: JoinSettings;
  readonly pollIntervalMs: number;
  /** For every operation; upstream calls within it end with it. */
  readonly deadlineMs: number;
  readonly drainTimeoutMs: number;
  readonly introspection: boolean;
  readonly landingPage: boolean;
  /** With it a response's `extensions.upstreamCalls` tells how many upstream calls the operation made. */
  readonly debugExtensions: boolean;
  readonly limits: GatewayLimits;
}

/** What one client may ask for. */
export interface GatewayLimits {
  readonly bodyLimitBytes: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxTokens: number;
  readonly maxDirectives: number;
  readonly maxBatchEntries: number;
  readonly maxSubscriptionsPerConnection: number;
  readonly connectionInitTimeoutMs: number;
}

/** A listening gateway. `close` drains: answers in flight finish, sockets close with a code that clients retry. */
export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}
