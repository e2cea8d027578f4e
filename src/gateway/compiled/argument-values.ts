import { BREAK, type FieldNode, getArgumentValues, type GraphQLField, Kind, visit } from 'graphql';
import { type Run, type Values } from './run.ts';

/**
 * Makes what gives a field's arguments to its resolver, each time in an object of its own. Values without variables in them are
 * read once, others once in a run. Throws a GraphQLError as graphql-js does.
 */
export function createArgumentReader(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (run: Run) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({});
  const isConstant = !hasVariables(node);
  let constant: Values | undefined;
  return function read(run) {
    const known = isConstant ? constant : run.argumentValues.get(read);
    if (known) return { ...known };
    const values = getArgumentValues(field, node, run.variableValues);
    // A resolver may change what is not flat.
    if (Object.values(values).every(isFlat)) {
      const copy = { ...values };
      if (isConstant) constant = copy;
      else run.argumentValues.set(read, copy);
    }
    return values;
  };
}

function hasVariables({ arguments: argumentNodes = [] }: FieldNode): boolean {
  let found = false;
  for (const node of argumentNodes) {
    visit(node, {
      [Kind.VARIABLE]() {
        found = true;
        return BREAK;
      },
    });
  }
  return found;
}

function isFlat(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
