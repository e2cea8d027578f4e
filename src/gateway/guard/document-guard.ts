import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  type ParseOptions,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { createDocumentStore, type DocumentStore } from './document-store.ts';
import { maxRepetitionsRule } from './max-repetitions-rule.ts';
import { noRootConditionsRule } from './no-root-conditions-rule.ts';

/** How large a document may be. */
export interface DocumentLimits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxTokens: number;
  readonly maxDirectives: number;
}

/** What is wrong with a document whose brackets the parser cannot follow: it calls itself for each level. */
export const NESTS_TOO_DEEP = 'The document nests too deep';

/** So many are told of a document: an answer ought not to be longer than what caused it. */
const MAX_ERRORS = 5;

type ValidationOptions = NonNullable<Parameters<typeof validate>[3]>;

/** What a document has to pass before it is executed, the same for HTTP and WebSocket. */
export interface DocumentGuard {
  readonly parseOptions: ParseOptions;
  /** To be checked together with GraphQL's own. */
  readonly validationRules: readonly ValidationRule[];
  readonly validationOptions: ValidationOptions;
  /** What passed, over HTTP and WebSocket. */
  readonly documents: DocumentStore;
  /** A document that may be executed, or what is wrong with it: GRAPHQL_PARSE_FAILED or GRAPHQL_VALIDATION_FAILED. */
  check(source: string): DocumentNode | readonly GraphQLError[];
}

/** Makes the guard of a schema. A document over a limit is refused with the limit and, where it is counted, the value. */
export function createDocumentGuard(
  schema: GraphQLSchema,
  limits: DocumentLimits,
  introspection: boolean,
): DocumentGuard {
  // Tokens are counted while parsing, so that a document over the limit is never parsed to its end.
  const parseOptions: ParseOptions = { maxLexicalTokens: limits.maxTokens };
  const validationRules: ValidationRule[] = [
    maxDepthRule({ n: limits.maxDepth, flattenFragments: true, ...REPORTED }),
    // By itself it would not count those of __typename.
    maxAliasesRule({ n: limits.maxAliases, allowList: [], ...REPORTED }),
    maxDirectivesRule({ n: limits.maxDirectives, ...REPORTED }),
    maxRepetitionsRule,
    noRootConditionsRule,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  // Suggestions would tell what introspection does not.
  const validationOptions: ValidationOptions = { hideSuggestions: !introspection, maxErrors: MAX_ERRORS };
  const documents = createDocumentStore();
  return {
    parseOptions,
    validationRules,
    validationOptions,
    documents,
    check(source) {
      const known = documents.find(source);
      if (known) return known;
      try {
        const document = parse(source, parseOptions);
        const errors = validate(schema, document, [...specifiedRules, ...validationRules], validationOptions);
        if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
        documents.keep(source, document);
        return document;
      } catch (error) {
        if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
        if (error instanceof RangeError) return [withCode(new GraphQLError(NESTS_TOO_DEEP), 'GRAPHQL_PARSE_FAILED')];
        throw error;
      }
    },
  };
}

/** Has graphql-armor report among the other errors of validation; by default it throws, as a syntax error. */
const REPORTED = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => {
      context?.reportError(new GraphQLError(error.message.replace(/^Syntax Error: /, '')));
    },
  ],
};

function withCode(error: GraphQLError, code: string): GraphQLError {
  Object.assign(error.extensions, { code });
  return error;
}
