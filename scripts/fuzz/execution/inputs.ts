import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Random } from '../random.ts';

/** Arguments and variables of one document, by chance. */
export interface Inputs {
  /** Written arguments for a field, in brackets; empty: none. */
  argumentsFor(args: readonly GraphQLArgument[]): string;
  /** A variable of a type, written `$v0`. */
  variableOf(type: GraphQLInputType): string;
  /** The definitions of the variables that a text mentions, in brackets; empty: none. */
  definitionsFor(text: string): string;
  /** What a client sends for the variables: mostly what they take. */
  readonly values: Record<string, unknown>;
}

const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  String: ['a', '', 'text "quoted"'],
  ID: ['id', '', 12],
  Int: [0, 5, -7],
  Float: [0.5, 3, -2e3],
  Boolean: [true, false],
  DateTime: ['2026-01-01T00:00:00Z'],
};
const ANY: readonly unknown[] = [{ a: [1, null] }, 'json', 5, [], false];

/** Makes the inputs of one document. */
export function createInputs(random: Random): Inputs {
  const variables: { readonly type: GraphQLInputType; readonly definition: string }[] = [];
  const values: Record<string, unknown> = {};

  function write(fields: readonly (GraphQLArgument | GraphQLInputField)[]): string {
    return fields
      .filter(({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || random.oneIn(2))
      .map(({ name, type }) => `${name}: ${random.oneIn(3) ? variableOf(type) : literal(type)}`)
      .join(', ');
  }

  function literal(type: GraphQLInputType, isConstant = false): string {
    if (isNonNullType(type)) return literal(type.ofType, isConstant);
    if (isListType(type)) {
      const item = () => (isConstant || !random.oneIn(6) ? literal(type.ofType, isConstant) : variableOf(type.ofType));
      return random.oneIn(6) ? item() : `[${several(item).join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      return isConstant ? printJson(valueFor(type, false)) : `{ ${write(Object.values(type.getFields()))} }`;
    }
    return isEnumType(type) ? enumName(type) : printJson(random.pick(SCALARS[type.name] ?? ANY));
  }

  function variableOf(type: GraphQLInputType): string {
    const known = variables.findIndex((variable) => String(variable.type) === String(type));
    if (known >= 0 && random.oneIn(2)) return `$v${known}`;
    const name = `v${variables.length}`;
    const withDefault = !isInputObjectType(getNamedType(type)) && random.oneIn(4);
    variables.push({ type, definition: `$${name}: ${String(type)}${withDefault ? ` = ${literal(type, true)}` : ''}` });
    if (random.oneIn(100) || (!isNonNullType(type) && random.oneIn(3))) return `$${name}`;
    values[name] = valueFor(type);
    return `$${name}`;
  }

  function valueFor(type: GraphQLInputType, takesNull = true): unknown {
    if (random.oneIn(100)) return random.pick<unknown>([null, 'no such', {}, [], 7]);
    if (isNonNullType(type)) return valueFor(type.ofType, false);
    if (takesNull && random.oneIn(6)) return null;
    if (isListType(type)) return several(() => valueFor(type.ofType));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.oneIn(2));
      return Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type)]));
    }
    return isEnumType(type) ? enumName(type) : random.pick(SCALARS[type.name] ?? ANY);
  }

  const enumName = (type: { getValues(): readonly { name: string }[] }) => random.pick(type.getValues()).name;
  const several = <T>(make: () => T) => Array.from({ length: random.below(3) }, make);

  return {
    argumentsFor(args) {
      const written = write(args);
      return written === '' ? '' : `(${written})`;
    },
    variableOf,
    definitionsFor(text) {
      const mentioned = new Set(text.match(/(?<=\$v)\d+/g));
      const definitions = variables.filter((_, index) => mentioned.has(String(index))).map((each) => each.definition);
      return definitions.length === 0 ? '' : `(${definitions.join(', ')})`;
    },
    values,
  };
}

/** As GraphQL writes it: names without quotes. */
function printJson(value: unknown): string {
  return JSON.stringify(value).replace(/"(\w+)":/g, '$1: ');
}
