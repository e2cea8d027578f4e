/** Whose cycles are summarised in the log: names of detector models, each with the keys that were asked for; null: all of its detectors. */
export type DebugTargets = ReadonlyMap<string, ReadonlySet<string> | null>;

interface LoggingOptions {
  readonly level: 'ERROR' | 'INFO' | 'DEBUG';
  readonly enabled: boolean;
  readonly detectorDebugOptions?: readonly { readonly detectorModelName: string; readonly keyValue?: string }[];
}

/** Whom logging options, as JSON text, ask for: nobody, unless they are enabled with level DEBUG. Source: detector-engine.md, 15.1. */
export function readDebugTargets(loggingOptions: string): DebugTargets {
  const { level, enabled, detectorDebugOptions = [] } = JSON.parse(loggingOptions) as LoggingOptions;
  const targets = new Map<string, Set<string> | null>();
  if (!enabled || level !== 'DEBUG') return targets;
  for (const { detectorModelName, keyValue } of detectorDebugOptions) {
    const keys = targets.get(detectorModelName);
    if (keyValue === undefined) targets.set(detectorModelName, null);
    else if (keys === undefined) targets.set(detectorModelName, new Set([keyValue]));
    else keys?.add(keyValue);
  }
  return targets;
}

/** Whether a detector is one of them. keyValue null: the model has no key. */
export function isDebugTarget(targets: DebugTargets, detectorModelName: string, keyValue: string | null): boolean {
  const keys = targets.get(detectorModelName);
  return keys === null || (keys !== undefined && keyValue !== null && keys.has(keyValue));
}
