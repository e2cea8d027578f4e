import { resolveKey } from '../../src/engine/detector/key.ts';
import { type DetectorModelDefinition } from '../../src/engine/detector/definition.ts';
import { readDetectorModel } from '../../src/engine/detector/read-definition.ts';
import { type DetectorSnapshot, formatSnapshot, parseSnapshot } from '../../src/engine/detector/snapshot.ts';
import { transition } from '../../src/engine/detector/transition.ts';
import { updateDetector } from '../../src/engine/detector/update.ts';
import { type InputDefinition, projectMessage, readInput } from '../../src/engine/input.ts';
import { type Json, type JsonObject } from '../../src/engine/json.ts';
import { type Issue, type Reading } from '../../src/engine/reading.ts';
import { asList, asObject, asText } from './case-file.ts';

interface Model {
  readonly request: JsonObject;
  readonly definition: DetectorModelDefinition;
  readonly detectorModelVersion: number;
  /** By key value; every snapshot goes through its stored text after each cycle. */
  readonly detectors: Map<string | null, DetectorSnapshot>;
}

/** Models and their detectors in memory, driven like the data plane drives the engine. */
export interface Rig {
  readonly models: ReadonlyMap<string, Model>;
  /** Throws on an unknown input. */
  put(message: JsonObject): void;
  /** The error code of the entry, null on success. */
  update(entry: JsonObject): string | null;
  delete(entry: JsonObject): string | null;
  updateModel(request: JsonObject): void;
}

const nowMs = Date.parse('2026-01-01T00:00:00Z');

/** A rig with the inputs and models of the requests. Throws with every issue if one of them is refused. */
export function createRig(inputRequests: readonly Json[], modelRequests: readonly Json[]): Rig {
  const inputs = new Map(
    inputRequests.map((request) => expectRead(readInput(request))).map((input) => [input.inputName, input]),
  );
  const models = new Map<string, Model>();
  const seen = new Set<string>();
  let messageCount = 0;

  function addModel(request: JsonObject, detectorModelVersion: number): void {
    const definition = expectRead(readDetectorModel(request, new Set(inputs.keys())));
    models.set(definition.detectorModelName, { request, definition, detectorModelVersion, detectors: new Map() });
  }
  for (const request of modelRequests) addModel(asObject(request), 1);

  function modelOf(entry: JsonObject): Model {
    const [first] = models.values();
    const name = entry['detectorModelName'];
    const model = name === undefined ? first : models.get(asText(name));
    if (model === undefined) throw new Error('Expected a detector model in the case, got none');
    return model;
  }

  return {
    models,
    put(message) {
      messageCount += 1;
      const inputName = asText(message['inputName']);
      const messageId = asText(message['messageId'] ?? `rig-${messageCount}`);
      const input = inputs.get(inputName);
      if (input === undefined) throw new Error(`Expected an input of the case, got ${inputName}`);
      if (seen.has(`${inputName} ${messageId}`)) return;
      seen.add(`${inputName} ${messageId}`);
      for (const model of models.values()) deliver(model, input, messageId, asObject(message['payload']));
    },
    update(entry) {
      const { definition, detectors } = modelOf(entry);
      const keyValue = keyOf(entry['keyValue']);
      if (!detectors.has(keyValue)) return 'ResourceNotFoundException';
      const state = asObject(entry['state']);
      const updated = updateDetector(definition, readState(state), nowMs, { maxVariables: 50 });
      if (!updated.ok) return 'InvalidRequestException';
      detectors.set(keyValue, updated.snapshot);
      return null;
    },
    delete(entry) {
      return modelOf(entry).detectors.delete(keyOf(entry['keyValue'])) ? null : 'ResourceNotFoundException';
    },
    updateModel(request) {
      const old = modelOf(request);
      // The key is no member of the update and stays.
      const key = old.request['key'];
      addModel(key === undefined ? request : { ...request, key }, old.detectorModelVersion + 1);
    },
  };
}

/** The value of a successful reading; throws with every issue otherwise. */
export function expectRead<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value;
  throw new Error(`Expected a valid request, got\n${formatIssues(reading.issues)}`);
}

export function formatIssues(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => `${path}: ${message}`).join('\n');
}

function deliver(model: Model, input: InputDefinition, messageId: string, payload: JsonObject): void {
  const { definition, detectors } = model;
  if (!definition.inputNames.has(input.inputName)) return;
  const key = resolveKey(definition, payload);
  if (!key.ok) return;
  const cause = {
    kind: 'Message',
    inputName: input.inputName,
    messageId,
    payload: projectMessage(input, payload),
  } as const;
  const { snapshot } = transition(definition, detectors.get(key.keyValue) ?? null, cause, nowMs);
  detectors.set(key.keyValue, parseSnapshot(formatSnapshot(snapshot)));
}

function keyOf(keyValue: Json | undefined): string | null {
  return keyValue === undefined || keyValue === null ? null : asText(keyValue);
}

function readState(state: JsonObject) {
  return {
    stateName: asText(state['stateName']),
    variables: asList(state['variables'])
      .map(asObject)
      .map(({ name, value }) => ({ name: asText(name), value: asText(value) })),
    timers: asList(state['timers'])
      .map(asObject)
      .map(({ name, seconds }) => ({ name: asText(name), seconds: Number(seconds) })),
  };
}
