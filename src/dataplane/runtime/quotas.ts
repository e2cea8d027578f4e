import { type DefinitionLimits } from '../../engine/detector/findings.ts';

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
