import { type DetectorModelDefinition } from '../../engine/detector/definition.ts';
import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { type InputDefinition, readInput } from '../../engine/input.ts';
import { type Reading } from '../../engine/reading.ts';
import { type DetectorModelRow, type InputRow, type Transaction } from '../store/store.ts';

/** The inputs and the current version of every detector model, ready to be run. */
export interface Catalog {
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  readonly models: ReadonlyMap<string, CurrentModel>;
  /** The models that a message of an input goes to. Source: detector-engine.md, 4.1. */
  readonly modelsByInput: ReadonlyMap<string, readonly CurrentModel[]>;
}

export interface CurrentModel {
  readonly detectorModelVersion: string;
  readonly definition: DetectorModelDefinition;
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
  const inputs = new Map((await tx.listInputs()).map((row) => [row.inputName, compileInput(row)]));
  const inputNames = new Set(inputs.keys());
  const models = new Map<string, CurrentModel>();
  for (const row of await tx.listDetectorModels()) models.set(row.detectorModelName, compileModel(row, inputNames));
  // [ASSUMED A2] a model uses an input that any of its expressions refers to.
  const modelsByInput = Map.groupBy(
    [...models.values()].flatMap((model) =>
      [...model.definition.inputNames].map((inputName) => ({ inputName, model })),
    ),
    ({ inputName }) => inputName,
  );
  return {
    inputs,
    models,
    modelsByInput: new Map(
      Array.from(modelsByInput, ([inputName, uses]) => [inputName, uses.map(({ model }) => model)]),
    ),
  };
}

function compileInput({ inputName, inputDescription, attributes }: InputRow): InputDefinition {
  const inputDefinition = { attributes: attributes.map((jsonPath) => ({ jsonPath })) };
  const request = { inputName, inputDefinition, ...(inputDescription !== null && { inputDescription }) };
  return accepted(`input ${inputName}`, readInput(request));
}

function compileModel(row: DetectorModelRow, inputNames: ReadonlySet<string>): CurrentModel {
  const name = `detector model ${row.detectorModelName}, version ${row.detectorModelVersion}`;
  const definition = accepted(name, readDetectorModel(JSON.parse(row.request), inputNames));
  return { detectorModelVersion: String(row.detectorModelVersion), definition };
}

function accepted<T>(name: string, reading: Reading<T>): T {
  if (reading.ok) return reading.value;
  const issues = reading.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new Error(`Expected ${name} in the store to be valid, got: ${issues}`);
}
