import { type AlarmLoaders } from './alarm/loaders.ts';
import { type DetectorLoaders } from './detector/loaders.ts';
import { type DeviceLoaders } from './device/loaders.ts';
import { type Upstream, type UpstreamCall } from './upstream/upstream.ts';

/** How devices are joined with detectors and alarms, from the settings. */
export interface JoinSettings {
  /** Gives the keyValue of a device's detectors and alarms, for example `{deviceName}`. */
  readonly keyTemplate: string;
  readonly detectorModelNames: readonly string[];
  readonly alarmModelNames: readonly string[];
}

/** All loaders of one operation: a key is fetched once however often it is asked for. */
export type Loaders = DeviceLoaders & DetectorLoaders & AlarmLoaders;

/** What every resolver of one operation shares. A subscription makes a new one, with fresh loaders, for each event. */
export interface Context {
  readonly requestId: string;
  readonly loaders: Loaders;
  /** For mutations; reads go through the loaders. */
  readonly upstream: Upstream;
  /** Aborts when the client has gone or the operation's deadline has passed. */
  readonly call: UpstreamCall;
  readonly join: JoinSettings;
}
