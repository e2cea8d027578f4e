import { type Quotas } from './dataplane/runtime/quotas.ts';
import { type DefinitionLimits } from './engine/detector/findings.ts';
import { defaultOptions, type EngineOptions } from './engine/options.ts';
import { type Settings } from './settings.ts';

/** What the settings make of the engine's options. */
export function engineOptions({ quotas, ...settings }: Settings): EngineOptions {
  return {
    ...defaultOptions,
    exposesUndeclaredAttributes: settings.exposeUndeclaredAttributes,
    equalityWithUndefined: settings.equalityWithUndefined,
    integerDivision: settings.integerDivision,
    minTimerSeconds: settings.minTimerSeconds,
    maxTimersPerDetector: quotas.timers,
  };
}

/** What the settings allow one detector model at most. */
export function definitionLimits({ quotas, minTimerSeconds }: Settings): DefinitionLimits {
  return {
    maxStates: quotas.states,
    maxEventsPerState: quotas.eventsPerState,
    maxTransitionEventsPerState: quotas.transitionEventsPerState,
    maxActionsPerEvent: quotas.actionsPerEvent,
    maxVariables: quotas.variables,
    minTimerSeconds,
  };
}

/** What the settings let the control planes make at most. */
export function quotasOf(settings: Settings): Quotas {
  const { quotas } = settings;
  return {
    maxInputs: quotas.inputs,
    maxDetectorModels: quotas.detectorModels,
    maxDetectorModelsPerInput: quotas.detectorModelsPerInput,
    maxVersionsPerModel: quotas.versionsPerModel,
    maxDefinitionBytes: quotas.definitionBytes,
    maxTagsPerResource: quotas.tagsPerResource,
    definition: definitionLimits(settings),
  };
}
