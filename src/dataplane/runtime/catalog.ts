import { type AlarmModelDefinition } from '../../engine/alarm/definition.ts';
import { readAlarmModel } from '../../engine/alarm/read-definition.ts';
import { type DetectorModelDefinition } from '../../engine/detector/definition.ts';
import { type DefinitionLimits } from '../../engine/detector/findings.ts';
import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { type InputDefinition, readInput } from '../../engine/input.ts';
import { type Reading } from '../../engine/reading.ts';
import { type ResourceRow, type Transaction } from '../store/store.ts';
import { type DebugTargets, readDebugTargets } from './debug-targets.ts';

/** The inputs and the current version of every model, ready to be run, and whose cycles are summarised in the log. */
export interface Catalog {
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  readonly models: ReadonlyMap<string, CurrentModel>;
  /** The models that a message of an input goes to. Source: detector-engine.md, 4.1. */
  readonly modelsByInput: ReadonlyMap<string, readonly CurrentModel[]>;
  readonly alarmModels: ReadonlyMap<string, CurrentAlarmModel>;
  readonly alarmModelsByInput: ReadonlyMap<string, readonly CurrentAlarmModel[]>;
  readonly debugTargets: DebugTargets;
}

/** The current version of a detector model. */
export interface CurrentModel {
  readonly detectorModelVersion: string;
  readonly definition: DetectorModelDefinition;
}

/** The current version of an alarm model. */
export interface CurrentAlarmModel {
  readonly alarmModelVersion: string;
  readonly definition: AlarmModelDefinition;
}

/**
 * The catalog that transactions see. It is read and replaced only within a transaction, so that its changes keep the order
 * of the transactions.
 */
export interface CatalogReference {
  current: Catalog;
}

/** Compiles the catalog from the store. Throws if a definition in the store is none that this program accepts. */
export async function readCatalog(tx: Transaction): Promise<Catalog> {
  const inputs = new Map((await tx.listResources('input')).map((row) => [row.name, compileInput(row)]));
  const inputNames = new Set(inputs.keys());
  const models = new Map<string, CurrentModel>();
  for (const row of await tx.listResources('detectorModel')) models.set(row.name, compileModel(row, inputNames));
  const alarmModels = new Map<string, CurrentAlarmModel>();
  for (const row of await tx.listResources('alarmModel')) alarmModels.set(row.name, compileAlarmModel(row, inputNames));
  const [loggingOptions] = await tx.listResources('loggingOptions');
  return {
    inputs,
    models,
    modelsByInput: groupByInput(models.values()),
    alarmModels,
    alarmModelsByInput: groupByInput(alarmModels.values()),
    debugTargets: loggingOptions === undefined ? new Map() : readDebugTargets(loggingOptions.request),
  };
}

/** The catalog with an input added or replaced; without it, if the definition is null. */
export function withInput(catalog: Catalog, inputName: string, definition: InputDefinition | null): Catalog {
  return { ...catalog, inputs: withEntry(catalog.inputs, inputName, definition) };
}

/** The catalog with a detector model added or replaced; without it, if it is null. */
export function withModel(catalog: Catalog, detectorModelName: string, model: CurrentModel | null): Catalog {
  const models = withEntry(catalog.models, detectorModelName, model);
  return { ...catalog, models, modelsByInput: groupByInput(models.values()) };
}

/** The catalog with an alarm model added or replaced; without it, if it is null. */
export function withAlarmModel(catalog: Catalog, alarmModelName: string, model: CurrentAlarmModel | null): Catalog {
  const alarmModels = withEntry(catalog.alarmModels, alarmModelName, model);
  return { ...catalog, alarmModels, alarmModelsByInput: groupByInput(alarmModels.values()) };
}

/** The catalog with other logging options, as JSON text. */
export function withLoggingOptions(catalog: Catalog, loggingOptions: string): Catalog {
  return { ...catalog, debugTargets: readDebugTargets(loggingOptions) };
}

/** [ASSUMED A2] a model uses an input that any of its expressions refers to. */
function groupByInput<M extends { readonly definition: { readonly inputNames: ReadonlySet<string> } }>(
  models: Iterable<M>,
): ReadonlyMap<string, readonly M[]> {
  const byInput = new Map<string, M[]>();
  for (const model of models) {
    for (const inputName of model.definition.inputNames) {
      const uses = byInput.get(inputName);
      if (uses === undefined) byInput.set(inputName, [model]);
      else uses.push(model);
    }
  }
  return byInput;
}

function withEntry<V>(map: ReadonlyMap<string, V>, name: string, value: V | null): ReadonlyMap<string, V> {
  const changed = new Map(map);
  if (value === null) changed.delete(name);
  else changed.set(name, value);
  return changed;
}

function compileInput(row: ResourceRow): InputDefinition {
  return accepted(`input ${row.name}`, readInput(JSON.parse(row.request)));
}

/** What is in the store was accepted, whatever the quotas were then. */
const noLimits: DefinitionLimits = {
  maxStates: Number.POSITIVE_INFINITY,
  maxEventsPerState: Number.POSITIVE_INFINITY,
  maxTransitionEventsPerState: Number.POSITIVE_INFINITY,
  maxActionsPerEvent: Number.POSITIVE_INFINITY,
  maxVariables: Number.POSITIVE_INFINITY,
  minTimerSeconds: 1,
};

function compileModel(row: ResourceRow, inputNames: ReadonlySet<string>): CurrentModel {
  const reading = readDetectorModel(JSON.parse(row.request), inputNames, noLimits);
  const definition = accepted(`detector model ${row.name}, version ${row.version}`, reading);
  return { detectorModelVersion: String(row.version), definition };
}

function compileAlarmModel(row: ResourceRow, inputNames: ReadonlySet<string>): CurrentAlarmModel {
  const reading = readAlarmModel(JSON.parse(row.request), inputNames);
  const definition = accepted(`alarm model ${row.name}, version ${row.version}`, reading);
  return { alarmModelVersion: String(row.version), definition };
}

function accepted<T>(name: string, reading: Reading<T>): T {
  if (reading.ok) return reading.value;
  const issues = reading.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new Error(`Expected ${name} in the store to be valid, got: ${issues}`);
}
