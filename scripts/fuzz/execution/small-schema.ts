import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLSchema } from 'graphql';

/** What the gateway's own schema has not: unions, interfaces of interfaces, lists in lists, input objects with defaults. */
export function createSmallSchema(): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs: `
      type Query {
        thing(id: ID! = "1", shape: Shape = ROUND, filter: Filter): Thing
        things(filters: [Filter!] = [{ limit: 1 }], any: Any): [Thing!]!
        matrix(size: Int = 2): [[Int!]!]!
        nested: [[Leaf]]
        either: Either
        eithers: [Either!]
        named: Named!
        owned(at: Float): [Owned]
        lookups: [[Leaf!]!]!
      }
      type Mutation { first(filter: Filter!): Leaf second: Leaf! third(n: Int!): Int! fourth: [Owned!] }
      type Subscription { changed(id: ID): Thing ticks: Int! }
      interface Named { name: String! next: Named }
      interface Owned implements Named { name: String! next: Named owner(deep: Filter): Leaf! }
      type Thing implements Named & Owned { name: String! next: Thing owner(deep: Filter): Leaf! shape: Shape shapes: [Shape!]! any: Any parts: [Part!] }
      type Leaf implements Named { name: String! next: Leaf size: Float! text: String flag: Boolean id: ID count: Int! other: Either }
      type Part implements Named & Owned { name: String! next: Owned! owner(deep: Filter): Leaf! whole: Thing! tags: [String!]! }
      union Either = Thing | Leaf | Part
      union Pair = Leaf | Part
      extend type Leaf { pair: Pair! pairs: [Pair] }
      enum Shape { ROUND FLAT }
      scalar Any
      input Filter { limit: Int = 10 shapes: [Shape!] = [ROUND, FLAT] below: Filter text: String! = "t" }
    `,
    resolvers: { Shape: { ROUND: 0, FLAT: { flat: true } } },
  });
}
