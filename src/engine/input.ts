import { type Json, type JsonObject, isJsonObject } from './json.ts';
import { jsonPathRule, splitJsonPath } from './json-path.ts';
import { type EngineOptions, defaultOptions } from './options.ts';
import { type Issue, type Reading } from './reading.ts';
import {
  type Place,
  entries,
  member,
  optionalText,
  reportConstraint,
  requireObject,
  requiredText,
  root,
} from './request.ts';

/** A named schema of messages. Source: detector-engine.md, 2.1. */
export interface InputDefinition {
  readonly inputName: string;
  readonly inputDescription: string | null;
  /** The declared json paths. */
  readonly attributes: readonly string[];
  readonly projection: Projection;
}

/** The declared paths as a tree; null: the value with all that is below it. */
type Projection = ReadonlyMap<string, Projection | null>;

/** Reads a CreateInput request. Source: detector-engine.md, 2.1, 2.2. */
export function readInput(request: unknown): Reading<InputDefinition> {
  const issues: Issue[] = [];
  const whole = root(request, issues);
  const inputName = requiredText(member(whole, 'inputName'), { max: 128, pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/ });
  const inputDescription = optionalText(member(whole, 'inputDescription'), { min: 0, max: 1024 });
  const attributes = readAttributes(member(whole, 'inputDefinition'));
  if (issues.length > 0) return { ok: false, issues };
  const projection = createProjection(attributes);
  return { ok: true, value: { inputName, inputDescription, attributes, projection }, notes: [] };
}

/** The part of a payload that expressions can see. [ASSUMED A5] each declared path that exists, with its whole subtree. */
export function projectMessage(
  input: InputDefinition,
  payload: JsonObject,
  { exposesUndeclaredAttributes }: EngineOptions = defaultOptions,
): JsonObject {
  return exposesUndeclaredAttributes ? payload : (project(input.projection, payload) ?? {});
}

function readAttributes(inputDefinition: Place): readonly string[] {
  if (!requireObject(inputDefinition)) return [];
  const list = member(inputDefinition, 'attributes');
  const places = entries(list);
  if (list.value === undefined) reportConstraint(list, 'Member must not be null');
  else if (places.length === 0) reportConstraint(list, 'Member must have length greater than or equal to 1');
  else if (places.length > 200) reportConstraint(list, 'Member must have length less than or equal to 200');
  return places.map((place) => (requireObject(place) ? requiredText(member(place, 'jsonPath'), jsonPathRule) : ''));
}

type MutableProjection = Map<string, MutableProjection | null>;

function createProjection(attributes: readonly string[]): Projection {
  const projection: MutableProjection = new Map();
  for (const jsonPath of attributes) {
    const names = splitJsonPath(jsonPath);
    let node = projection;
    for (const [index, name] of names.entries()) {
      const below = node.get(name);
      // Declared already, with all that is below it.
      if (below === null) break;
      if (index === names.length - 1) {
        node.set(name, null);
        break;
      }
      const next = below ?? new Map<string, MutableProjection | null>();
      node.set(name, next);
      node = next;
    }
  }
  return projection;
}

function project(projection: Projection, object: JsonObject): JsonObject | null {
  const members: [string, Json][] = [];
  for (const [name, below] of projection) {
    if (!Object.hasOwn(object, name)) continue;
    const value = object[name] as Json;
    if (below === null) members.push([name, value]);
    else if (isJsonObject(value)) {
      const projected = project(below, value);
      if (projected !== null) members.push([name, projected]);
    }
  }
  // fromEntries, unlike assignment, makes `__proto__` a member like any other.
  return members.length === 0 ? null : Object.fromEntries(members);
}
