import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { type Field } from './execute-fields.ts';
import { type Run, type Scope } from './run.ts';
import { compileSelection } from './selection.ts';

/** A compiled operation of a document. */
export interface Operation extends Scope {
  readonly node: OperationDefinitionNode;
  /** The fields of the root type. Throws a GraphQLError if the value of a condition is missing. */
  readonly fieldsFor: (run: Run) => readonly Field[];
}

/** An operation is kept, by its name, for as long as its document is: what bounds the documents bounds the operations. */
const operations = new WeakMap<DocumentNode, Map<string | null, Operation>>();

/** The operation that is to be executed, compiled when it is first asked for. Null: graphql-js has to tell why there is none. */
export function findOperation({ schema, document, operationName = null }: ExecutionArgs): Operation | null {
  const known = operations.get(document)?.get(operationName);
  if (known?.schema === schema) return known;
  assertValidSchema(schema);
  const node = getOperationAST(document, operationName);
  const rootType = node && schema.getRootType(node.operation);
  if (!rootType) return null;
  const operation: Operation = {
    schema,
    fragments: fragmentsOf(document),
    node,
    fieldsFor: createVariants(rootType, node, conditionsOf(document)),
  };
  const ofDocument = operations.get(document) ?? new Map<string | null, Operation>();
  operations.set(document, ofDocument.set(operationName, operation));
  return operation;
}

function fragmentsOf(document: DocumentNode): Scope['fragments'] {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  return fragments;
}

/** The variables that decide which fields there are. */
function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: argumentNodes = [] }) {
      if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
      for (const { value } of argumentNodes) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** So many combinations of values of conditions are kept compiled; a document that has more of them in turn is no ordinary one. */
const MAX_VARIANTS = 4;

function createVariants(
  rootType: GraphQLObjectType,
  { selectionSet }: OperationDefinitionNode,
  conditions: readonly string[],
): Operation['fieldsFor'] {
  const variants = new Map<string, readonly Field[]>();
  return (run) => {
    const key = conditions.map((name) => String(run.variableValues[name])).join();
    const known = variants.get(key);
    if (known) return known;
    const fields = compileSelection(rootType, [selectionSet], run);
    if (variants.size === MAX_VARIANTS) variants.clear();
    variants.set(key, fields);
    return fields;
  };
}
