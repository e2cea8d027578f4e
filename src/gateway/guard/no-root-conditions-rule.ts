import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * A rule of validation: a condition on the root field of a subscription is true or false, no variable. GraphQL's own rule of a single
 * root field knows no variables and would throw, so the subscription is taken out of what the rules see after this one.
 * Source: GraphQL draft, section 5.2.4.1 (Single Root Field).
 */
export function noRootConditionsRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document): DocumentNode | undefined {
      const definitions = document.definitions.filter((definition) => {
        if (definition.kind !== Kind.OPERATION_DEFINITION) return true;
        if (definition.operation !== OperationTypeNode.SUBSCRIPTION) return true;
        const condition = findCondition(context, definition.selectionSet, new Set());
        if (condition === null) return true;
        const message =
          "Expected true or false in @skip or @include on a subscription's root field, got something else";
        context.reportError(new GraphQLError(message, { nodes: condition }));
        return false;
      });
      return definitions.length === document.definitions.length ? undefined : { ...document, definitions };
    },
  };
}

/** The first condition among these selections, and in their fragments, that is no constant. */
function findCondition(
  context: ValidationContext,
  { selections }: SelectionSetNode,
  seen: Set<string>,
): DirectiveNode | null {
  for (const selection of selections) {
    const condition = selection.directives?.find(isNoConstant);
    if (condition) return condition;
    if (selection.kind === Kind.FIELD) continue;
    let inner: SelectionSetNode | undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) inner = selection.selectionSet;
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      inner = context.getFragment(selection.name.value)?.selectionSet;
    }
    const found = inner === undefined ? null : findCondition(context, inner, seen);
    if (found) return found;
  }
  return null;
}

function isNoConstant({ name, arguments: args = [] }: DirectiveNode): boolean {
  if (name.value !== 'skip' && name.value !== 'include') return false;
  return args.find((argument) => argument.name.value === 'if')?.value.kind !== Kind.BOOLEAN;
}
