import { percentile } from '../percentile.ts';
import { type Cell } from './measure.ts';

/** A figure over the rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median and extremes. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: percentile(values, 0.5), min: Math.min(...values), max: Math.max(...values) };
}

/** How many times the processor time of `under` that of `over` is: round by round, as the machine is not the same in each. */
export function cpuRatio(over: Cell, under: Cell): Spread {
  return spreadOf(over.cpuUs.map((cpuUs, round) => cpuUs / (under.cpuUs[round] ?? NaN)));
}

/** As text: the median, and the extremes in brackets. */
export function spreadText({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}..${max.toFixed(digits)})`;
}
