import { type Json, type JsonObject, isJsonObject } from './json.ts';
import { type TextRule } from './request.ts';

/** Names joined by dots, those with a space in backticks. Source: detector-engine.md, 2.2. */
export const jsonPathRule: TextRule = {
  max: 128,
  pattern: /^((`[\w\- ]+`)|([\w-]+))(\.((`[\w\- ]+`)|([\w-]+)))*$/,
};

/** The names of a json path that satisfies the rule. */
export function splitJsonPath(jsonPath: string): readonly string[] {
  return Array.from(jsonPath.matchAll(/[\w\- ]+/g), ([name]) => name);
}

/** The value that the names lead to; undefined where one of them is missing. */
export function followPath(object: JsonObject, names: readonly string[]): Json | undefined {
  let reached: Json | undefined = object;
  for (const name of names) {
    if (!isJsonObject(reached) || !Object.hasOwn(reached, name)) return undefined;
    reached = reached[name];
  }
  return reached;
}
