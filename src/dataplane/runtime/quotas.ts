import { type DefinitionLimits } from '../../engine/detector/findings.ts';
import { awsLimits } from '../../engine/detector/read-definition.ts';
import { type EngineOptions } from '../../engine/options.ts';

/** What the control planes allow at most. Source: detector-engine.md, section 12. */
export interface Quotas {
  readonly maxInputs: number;
  readonly maxDetectorModels: number;
  readonly maxDetectorModelsPerInput: number;
  readonly maxVersionsPerModel: number;
  readonly maxDefinitionBytes: number;
  readonly maxTagsPerResource: number;
  readonly definition: DefinitionLimits;
}

/** The quotas of an AWS account that never asked for more. */
export const awsQuotas: Quotas = {
  maxInputs: 50,
  maxDetectorModels: 50,
  maxDetectorModelsPerInput: 10,
  maxVersionsPerModel: 500,
  maxDefinitionBytes: 512 * 1024,
  maxTagsPerResource: 50,
  definition: awsLimits,
};

/** The quotas with what the engine will perform: nothing else may be published. */
export function quotasOf({ minTimerSeconds }: EngineOptions, quotas: Quotas = awsQuotas): Quotas {
  return { ...quotas, definition: { ...quotas.definition, minTimerSeconds } };
}
