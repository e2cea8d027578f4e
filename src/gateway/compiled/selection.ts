import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { createArgumentReader } from './argument-values.ts';
import { collectFields } from './collect-fields.ts';
import { createCompletion, createFailure, type Place } from './complete.ts';
import { type Field } from './execute-fields.ts';
import { createPlainTest } from './leaf.ts';
import { type Path, type Run } from './run.ts';

/**
 * Compiles selection sets on an object type: its fields in the order of the answer, what is below them when it is first reached.
 * What conditions leave out is left out for good, so this holds for runs with the same values of conditions as `run` only.
 */
export function compileSelection(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  run: Run,
): readonly Field[] {
  const fields: Field[] = [];
  for (const [key, nodes] of collectFields(run, type, selectionSets, run.variableValues)) {
    const definition = definitionOf(type, nodes, run);
    // A document that was not validated may name what is not there, which graphql-js leaves out.
    if (definition) fields.push({ key, execute: compileField(key, definition, type, nodes) });
  }
  return fields;
}

function definitionOf(
  type: GraphQLObjectType,
  [node]: readonly FieldNode[],
  { schema }: Run,
): GraphQLField<unknown, unknown> | undefined {
  const name = node?.name.value ?? '';
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find((field) => field.name === name);
  return meta && type === schema.getQueryType() ? meta : type.getFields()[name];
}

function compileField(
  key: string,
  definition: GraphQLField<unknown, unknown>,
  parentType: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Field['execute'] {
  if (definition === TypeNameMetaFieldDef) return () => parentType.name;
  const { name: fieldName, type: returnType, resolve = defaultFieldResolver } = definition;
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const place: Place = {
    parentType,
    fieldName,
    nodes,
    select: (type, run) => compileSelection(type, selectionSets, run),
  };
  const complete = createCompletion(returnType, place);
  const fail = createFailure(returnType, nodes);
  const readArguments = createArgumentReader(definition, nodes[0] as FieldNode);

  const infoOf = (run: Run, path: Path): GraphQLResolveInfo => {
    const { schema, fragments, rootValue, operation, variableValues } = run;
    return {
      fieldName,
      fieldNodes: nodes,
      returnType,
      parentType,
      path,
      schema,
      fragments,
      rootValue,
      operation,
      variableValues,
    };
  };

  const callResolver: Field['execute'] = (run, source, parentPath) => {
    const path: Path = { prev: parentPath, key, typename: parentType.name };
    const info = infoOf(run, path);
    let value: unknown;
    try {
      value = resolve(source, readArguments(run), run.contextValue, info);
    } catch (thrown) {
      return fail(run, path, thrown);
    }
    return complete(run, info, path, value);
  };
  if (definition.resolve || definition.args.length > 0) return callResolver;

  const isPlain = createPlainTest(returnType);
  // Most fields are properties that go into the answer as they are: nothing is made for them.
  return (run, source, parentPath) => {
    let value: unknown;
    try {
      value = propertyOf(source, fieldName);
    } catch (thrown) {
      return fail(run, { prev: parentPath, key, typename: parentType.name }, thrown);
    }
    if (isPlain(value)) return value;
    if (typeof value === 'function') return callResolver(run, source, parentPath);
    const path: Path = { prev: parentPath, key, typename: parentType.name };
    return complete(run, infoOf(run, path), path, value);
  };
}

function propertyOf(source: unknown, name: string): unknown {
  const hasProperties = (typeof source === 'object' && source !== null) || typeof source === 'function';
  return hasProperties ? (source as Record<string, unknown>)[name] : undefined;
}
