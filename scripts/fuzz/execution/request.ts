import {
  getNamedType,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isUnionType,
} from 'graphql';
import { type Random } from '../random.ts';
import { createInputs } from './inputs.ts';

/** What a client sends. */
export interface Request {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variableValues: Record<string, unknown>;
}

const BOOLEAN = new GraphQLNonNull(GraphQLBoolean);
const INTROSPECTION = [
  '__schema { queryType { name } types { name kind } }',
  '__type(name: "Query") { fields { name } }',
];

/** A request for what a schema has, by chance: most are valid, so that they get to execution. */
export function randomRequest(random: Random, schema: GraphQLSchema): Request {
  const inputs = createInputs(random);
  const fragments: { readonly name: string; readonly type: GraphQLCompositeType; readonly text: string }[] = [];
  // Fields without an alias have the same arguments everywhere, so that they merge.
  const usualArguments = new Map<GraphQLField<unknown, unknown>, string>();
  let names = 0;
  let budget = 40;

  function selectionSet(type: GraphQLCompositeType, depth: number): string {
    return `{ ${Array.from({ length: 1 + random.below(5) }, () => selection(type, depth)).join(' ')} }`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    budget -= 1;
    if (depth <= 0 || budget <= 0) return leaf(type, depth);
    if (type === schema.getQueryType() && random.oneIn(30)) return random.pick(INTROSPECTION);
    if (!random.oneIn(4)) return random.oneIn(10) ? `__typename${directives()}` : leafOrObject(type, depth);
    const condition = random.pick(overlapping(schema, type));
    if (random.oneIn(2)) return `...${fragmentOn(condition, depth)}${directives()}`;
    const on = condition === type && random.oneIn(2) ? '' : ` on ${condition.name}`;
    return `...${on}${directives()} ${selectionSet(condition, depth - 1)}`;
  }

  function leaf(type: GraphQLCompositeType, depth: number): string {
    const fields = fieldsOf(type).filter((each) => !isCompositeType(getNamedType(each.type)));
    return fields.length === 0 ? `__typename${directives()}` : field(random.pick(fields), depth);
  }

  function leafOrObject(type: GraphQLCompositeType, depth: number): string {
    const fields = fieldsOf(type);
    return fields.length === 0 ? '__typename' : field(random.pick(fields), depth);
  }

  function field(definition: GraphQLField<unknown, unknown>, depth: number): string {
    const { name, args, type } = definition;
    const alias = random.oneIn(5) ? nextAlias() : '';
    const usual = alias === '' ? usualArguments.get(definition) : undefined;
    const given = usual ?? inputs.argumentsFor(args);
    if (alias === '') usualArguments.set(definition, given);
    const named = getNamedType(type);
    const below = isCompositeType(named) ? ` ${selectionSet(named, depth - 1)}` : '';
    return `${alias}${name}${given}${directives()}${below}`;
  }

  function nextAlias(): string {
    names += 1;
    return random.oneIn(20) ? random.pick(['__proto__: ', 'then: ', 'constructor: ']) : `a${names}: `;
  }

  function fragmentOn(type: GraphQLCompositeType, depth: number): string {
    const known = fragments.filter((fragment) => fragment.type === type);
    if (known.length > 0 && random.oneIn(2)) return random.pick(known).name;
    const text = selectionSet(type, depth - 1);
    const name = `F${fragments.length}`;
    fragments.push({ name, type, text: `fragment ${name} on ${type.name} ${text}` });
    return name;
  }

  function directives(): string {
    return ['skip', 'include']
      .filter(() => random.oneIn(12))
      .map(
        (name) =>
          ` @${name}(if: ${random.pick(['true', 'false', inputs.variableOf(BOOLEAN), inputs.variableOf(BOOLEAN)])})`,
      )
      .join('');
  }

  function operation(name: string): { readonly name: string; readonly text: string } {
    const [kind, type] = random.pick(roots);
    const body =
      kind === 'subscription' ? `{ ${field(random.pick(Object.values(type.getFields())), 4)} }` : selectionSet(type, 5);
    return { name, text: `${kind} ${name} ${body}` };
  }

  const roots = rootsOf(schema);
  const operations = ['One', ...(random.oneIn(6) ? ['Two'] : [])].map(operation);
  const written = operations.map(({ name, text }) => {
    const reached = [text];
    for (const each of reached) {
      const spread = fragments.filter((fragment) => new RegExp(`\\.\\.\\.${fragment.name}\\b`).test(each));
      for (const fragment of spread) if (!reached.includes(fragment.text)) reached.push(fragment.text);
    }
    return text.replace(` ${name} `, ` ${name}${inputs.definitionsFor(reached.join(' '))} `);
  });
  return {
    query: [...written, ...fragments.map(({ text }) => text)].join('\n'),
    operationName: operations.length === 1 || random.oneIn(30) ? undefined : random.pick(['One', 'Two']),
    variableValues: inputs.values,
  };
}

/** Types that a fragment within the type may be on. */
function overlapping(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  const possible = (of: GraphQLCompositeType) => (isAbstractType(of) ? schema.getPossibleTypes(of) : [of]);
  return Object.values(schema.getTypeMap())
    .filter((other) => isCompositeType(other))
    .filter((other) => possible(other).some((each) => possible(type).includes(each)));
}

function fieldsOf(type: GraphQLCompositeType): GraphQLField<unknown, unknown>[] {
  return isUnionType(type) ? [] : Object.values(type.getFields());
}

function rootsOf(schema: GraphQLSchema): [string, GraphQLObjectType][] {
  const roots: [string, GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ];
  return roots.filter((root): root is [string, GraphQLObjectType] => root[1] !== null && root[1] !== undefined);
}
