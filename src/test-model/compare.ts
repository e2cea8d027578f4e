import { type Json, formatJson, isJsonObject } from '../engine/json.ts';

/** Something that is not as expected: `path` like `variables.count`; both sides as JSON text, 'nothing' where there is none. */
export interface Mismatch {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** What is different: kind and value must be equal, Decimals up to a relative tolerance of 1e-9. */
export function compareExactly(expected: Json, got: Json | undefined, path: string): readonly Mismatch[] {
  if (isJsonObject(expected) && isJsonObject(got)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...names].flatMap((name) => {
      const inner = memberOf(expected, name);
      return inner === undefined
        ? [mismatch(`${path}.${name}`, undefined, memberOf(got, name))]
        : compareExactly(inner, memberOf(got, name), `${path}.${name}`);
    });
  }
  return compareLists(expected, got, path, compareExactly) ?? compareScalars(expected, got, path);
}

/** What of the expected is missing or different; members that only the other side has do not count. */
export function compareSubset(expected: Json, got: Json | undefined, path: string): readonly Mismatch[] {
  if (isJsonObject(expected) && isJsonObject(got)) {
    return Object.entries(expected).flatMap(([name, value]) =>
      compareSubset(value, memberOf(got, name), `${path}.${name}`),
    );
  }
  return compareLists(expected, got, path, compareSubset) ?? compareScalars(expected, got, path);
}

/** The two sides as a mismatch. */
export function mismatch(path: string, expected: Json | undefined, got: Json | undefined): Mismatch {
  return { path, expected: textOf(expected), got: textOf(got) };
}

function compareLists(
  expected: Json,
  got: Json | undefined,
  path: string,
  compare: typeof compareExactly,
): readonly Mismatch[] | null {
  if (!isList(expected) || !isList(got)) return null;
  if (expected.length !== got.length) return [mismatch(path, expected, got)];
  return expected.flatMap((value, index) => compare(value, got[index], `${path}[${index}]`));
}

function compareScalars(expected: Json, got: Json | undefined, path: string): readonly Mismatch[] {
  const isClose =
    typeof expected === 'number' && typeof got === 'number' && Math.abs(got - expected) <= 1e-9 * Math.abs(expected);
  return isClose || expected === got ? [] : [mismatch(path, expected, got)];
}

function memberOf(object: Json, name: string): Json | undefined {
  return isJsonObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return value === undefined ? 'nothing' : formatJson(value);
}
