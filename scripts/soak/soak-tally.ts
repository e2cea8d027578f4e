import { type ToldChange } from './client-log.ts';

/** What a soak did and saw. */
export interface SoakFigures {
  /** Subscriptions of those who come and go, and how many of them were told something. */
  readonly cycles: number;
  readonly cyclesTold: number;
  readonly events: Readonly<Record<string, number>>;
  /** Subscriptions that ended by themselves, by why. */
  readonly endings: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** Counts it. */
export interface SoakTally {
  cycle(wasTold: boolean): void;
  told(change: ToldChange): void;
  ended(why: string): void;
  readonly fault: (name: string) => void;
  violated(text: string): void;
  figures(): SoakFigures;
}

/** Faults may end a subscription so; everything else is a violation. */
const EXPECTED_ENDINGS = /^(UPSTREAM_\w+|OVERLOADED|no connection|closed with (1005|1006|1012))$/;

/** Makes a SoakTally of nothing. */
export function createSoakTally(): SoakTally {
  const events = new Map<string, number>();
  const endings = new Map<string, number>();
  const faults = new Map<string, number>();
  const violations: string[] = [];
  let cycles = 0;
  let cyclesTold = 0;

  return {
    cycle(wasTold) {
      cycles += 1;
      if (wasTold) cyclesTold += 1;
    },
    told({ kind, conflated }) {
      count(events, conflated ? `${kind}, conflated` : kind);
    },
    ended(why) {
      count(endings, why);
      if (!EXPECTED_ENDINGS.test(why)) violations.push(`Expected no subscription to end so, got ${why}`);
    },
    fault(name) {
      count(faults, name);
    },
    violated: (text) => void violations.push(text),
    figures: () => ({
      cycles,
      cyclesTold,
      events: Object.fromEntries(events),
      endings: Object.fromEntries(endings),
      faults: Object.fromEntries(faults),
      violations,
    }),
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
