/** What the sources leave open and real models may depend on, and the quotas at run time. */
export interface EngineOptions {
  /** Whether expressions see the members of a payload that its input does not declare. [ASSUMED A5] */
  readonly exposesUndeclaredAttributes: boolean;
  /** Whether an undefined or null side makes `==` false and `!=` true, or both undefined. [ASSUMED A17] */
  readonly equalityWithUndefined: 'unequal' | 'undefined';
  /** Whether a quotient of two Integers goes to the nearest Integer, ties away from zero, or towards zero. [ASSUMED A20] */
  readonly integerDivision: 'nearest' | 'truncate';
  /** Source: detector-engine.md, 9.2. */
  readonly minTimerSeconds: number;
  /** Timers that run at a time. Source: detector-engine.md, 9.8. */
  readonly maxTimersPerDetector: number;
  /** The UTF-8 length of an evaluated content expression. Source: detector-engine.md, 11.3. */
  readonly maxContentBytes: number;
}

/** The assumed choices and AWS's quotas. */
export const defaultOptions: EngineOptions = Object.freeze({
  exposesUndeclaredAttributes: false,
  equalityWithUndefined: 'unequal',
  integerDivision: 'nearest',
  minTimerSeconds: 60,
  maxTimersPerDetector: 5,
  maxContentBytes: 1024,
});
