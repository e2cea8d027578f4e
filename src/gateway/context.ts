import { type Clock } from '../clock.ts';
import { alarmLoaders, type AlarmLoaders } from './alarm/loaders.ts';
import { detectorLoaders, type DetectorLoaders } from './detector/loaders.ts';
import { deviceLoaders, type DeviceLoaders } from './device/loaders.ts';
import { lazily } from './lazily.ts';
import { type Reading } from './read-loader.ts';
import { type Upstream, type UpstreamCall } from './upstream/upstream.ts';
import { type Watches } from './watch/watches.ts';

/** How devices are joined with detectors and alarms, from the settings. */
export interface JoinSettings {
  /** Gives the keyValue of a device's detectors and alarms, for example `{deviceName}`. */
  readonly keyTemplate: string;
  readonly detectorModelNames: readonly string[];
  readonly alarmModelNames: readonly string[];
}

/** All loaders of one operation: a key is fetched once however often it is asked for. */
type Loaders = DeviceLoaders & DetectorLoaders & AlarmLoaders;

/** What the contexts of all operations share. */
export interface ContextShared {
  /** For mutations; reads go through the loaders. */
  readonly upstream: Upstream;
  /** What subscriptions follow. */
  readonly watches: Watches;
  readonly join: JoinSettings;
  readonly clock: Clock;
  /** How often devices are to send heartbeats. */
  readonly heartbeatIntervalMs: number;
  /** The most entries a batch mutation takes. */
  readonly maxBatchEntries: number;
}

/** What every resolver of one operation shares. A subscription makes a new one, with fresh loaders, for each event. */
export interface Context extends ContextShared {
  readonly requestId: string;
  /** When the operation began: all it tells of ages goes by this one moment. */
  readonly nowMs: number;
  readonly loaders: Loaders;
  /** Aborts when the client has gone or the operation's deadline has passed. */
  readonly call: UpstreamCall;
}

/** A context and its lifetime. */
export interface OperationContext {
  readonly context: Context;
  /** How many requests upstream got so far, repeated ones included. */
  readonly upstreamCalls: () => number;
  /** How old the oldest is that was not asked for anew; 0: all was. */
  readonly dataAgeMs: () => number;
  /** Ends what is still under way: the answer is there, or the client has gone. Must be called. */
  readonly end: () => void;
}

/** Made once: an exception of its own for each operation takes a twentieth of a small query's time. */
const OPERATION_HAS_ENDED = new DOMException('The operation has ended', 'AbortError');

/** A context for one operation, which ends by itself after `deadlineMs`. With `takesKept` its reads may be answered from before. */
export function createOperationContext(
  shared: ContextShared,
  requestId: string,
  deadlineMs: number,
  takesKept = false,
): OperationContext {
  let upstreamCalls = 0;
  let dataAgeMs = 0;
  const aborter = new AbortController();
  const deadline = setTimeout(() => {
    aborter.abort(new DOMException(`The operation's deadline of ${deadlineMs} ms has passed`, 'TimeoutError'));
  }, deadlineMs).unref();
  const call: UpstreamCall = {
    signal: aborter.signal,
    onRequest() {
      upstreamCalls += 1;
    },
    ...(takesKept && {
      onKept(ageMs: number) {
        dataAgeMs = Math.max(dataAgeMs, ageMs);
      },
    }),
  };
  return {
    context: {
      ...shared,
      requestId,
      nowMs: shared.clock.nowMs(),
      loaders: createLoaders({ upstream: shared.upstream, call }),
      call,
    },
    upstreamCalls: () => upstreamCalls,
    dataAgeMs: () => dataAgeMs,
    end() {
      clearTimeout(deadline);
      aborter.abort(OPERATION_HAS_ENDED);
    },
  };
}

/**
 * Gives the contexts for events of subscriptions. What is loaded for one polled object is loaded once for all its subscribers, so
 * it ends by its deadline alone, whoever leaves. `subject` is that object; null: the event has none.
 */
export function createEventContexts(
  shared: ContextShared,
  deadlineMs: number,
): (requestId: string, subject: object | null) => Context {
  const known = new WeakMap<object, { readonly context: Context; readonly sharedUntilMs: number }>();
  return (requestId, subject) => {
    const nowMs = performance.now();
    const same = subject && known.get(subject);
    if (same && nowMs < same.sharedUntilMs) return { ...same.context, requestId };
    // Twice, so that the last who shares it still has a whole deadline.
    const { context } = createOperationContext(
      { ...shared, upstream: shared.watches.upstream },
      requestId,
      deadlineMs * 2,
    );
    if (subject) known.set(subject, { context, sharedUntilMs: nowMs + deadlineMs });
    return context;
  };
}

const createLoaders = lazily<Reading, Loaders>({ ...deviceLoaders, ...detectorLoaders, ...alarmLoaders });
