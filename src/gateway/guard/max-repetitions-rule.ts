import { type ASTVisitor, GraphQLError, Kind, type ValidationContext } from 'graphql';

/** Merged they cost as much as one, but they are compared with each other first. */
const MAX_REPETITIONS = 100;

/** A rule of validation: a field may stand in one selection set at most 100 times. Source: graphql-cop, "Field Duplication". */
export function maxRepetitionsRule(context: ValidationContext): ASTVisitor {
  return {
    SelectionSet({ selections }) {
      const counts = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind !== Kind.FIELD) continue;
        const name = (selection.alias ?? selection.name).value;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        if (count === MAX_REPETITIONS + 1) {
          const message = `Expected a field at most ${MAX_REPETITIONS} times in a selection, got "${name}" more often`;
          context.reportError(new GraphQLError(message, { nodes: selection }));
        }
      }
    },
  };
}
