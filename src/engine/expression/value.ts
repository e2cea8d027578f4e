import { type Json, type JsonObject, type Scalar } from '../json.ts';
import { type EngineOptions } from '../options.ts';

/** What an expression evaluates to: a value, undefined where data is missing, or a failure. Source: detector-engine.md, 7.5 to 7.7. */
export type Evaluated = Value | Failure;

/** A value, or undefined where data is missing. */
export type Value = Json | undefined;

/** An evaluation error; the whole expression it is part of is invalid. Told apart from data by its class. */
export class Failure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What an expression can see. Variables and inputs not in the maps are undefined. */
export interface EvaluationContext {
  readonly variables: ReadonlyMap<string, Scalar>;
  /** The last message of each input. */
  readonly inputs: ReadonlyMap<string, JsonObject>;
  readonly triggerType: 'Message' | 'Timer';
  /** The input whose message is the trigger; null on timers. */
  readonly currentInputName: string | null;
  readonly options: EngineOptions;
  /** Whether the timer has elapsed; asking uses the timeout up. */
  timeout(timerName: string): boolean;
}

/** Integer, Decimal, String or Boolean. */
export function isScalar(value: Evaluated): value is Scalar {
  return value !== undefined && typeof value !== 'object';
}

export function isNumeric(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}
