import { systemClock } from '../../src/clock.ts';

/** What has really become of each detector. Its versions count up from 0; in some of them it is not there. */
export interface Truth {
  readonly keyValues: readonly string[];
  /** Brings a detector to its next version. */
  change(keyValue: string): void;
  /** The newest version of a detector. */
  versionOf(keyValue: string): number;
  /** When a version began; undefined: there is none such. */
  changedAtMs(keyValue: string, version: number): number | undefined;
}

/** Every so many versions a detector is deleted, and made anew by the next. */
const ABSENT_EVERY = 25;

/** Makes the truth of so many detectors, all at version 0. */
export function createTruth(detectors: number): Truth {
  const startedAtMs = systemClock.nowMs();
  const changes = new Map(Array.from({ length: detectors }, (_, index) => [`d${index}`, [startedAtMs]]));
  const of = (keyValue: string) => changes.get(keyValue) ?? [];
  return {
    keyValues: [...changes.keys()],
    change(keyValue) {
      const times = of(keyValue);
      // No two versions have the same time.
      times.push(Math.max(systemClock.nowMs(), (times.at(-1) ?? 0) + 1));
    },
    versionOf: (keyValue) => of(keyValue).length - 1,
    changedAtMs: (keyValue, version) => of(keyValue)[version],
  };
}

/** The state that a detector has in a version; null: it is not there. */
export function stateNameOf(version: number): string | null {
  return version > 0 && version % ABSENT_EVERY === 0 ? null : `S${version}`;
}
