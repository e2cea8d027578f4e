import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** What of a resolver's `info` tells what its field is asked for. */
type Selection = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/**
 * Makes a test whether a field is asked for any of the fields `names`, however deep: for choosing the cheaper of two ways to the
 * same answer, as what @skip leaves out and fields of the same name elsewhere count too.
 */
export function createSelectionTest(names: ReadonlySet<string>): (selection: Selection) => boolean {
  // Documents are kept and run again, and one run asks for each item of a list.
  const known = new WeakMap<FieldNode, boolean>();

  function asksFor(selectionSet: SelectionSetNode | undefined, selection: Selection, seen: Set<string>): boolean {
    return (selectionSet?.selections ?? []).some((node) => {
      if (node.kind === Kind.FIELD) return names.has(node.name.value) || asksFor(node.selectionSet, selection, seen);
      if (node.kind === Kind.INLINE_FRAGMENT) return asksFor(node.selectionSet, selection, seen);
      const name = node.name.value;
      if (seen.has(name)) return false;
      seen.add(name);
      return asksFor(selection.fragments[name]?.selectionSet, selection, seen);
    });
  }

  return (selection) =>
    selection.fieldNodes.some((field) => {
      const before = known.get(field);
      if (before !== undefined) return before;
      const asks = asksFor(field.selectionSet, selection, new Set());
      known.set(field, asks);
      return asks;
    });
}
