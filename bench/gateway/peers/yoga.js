// GraphQL Yoga as its documentation starts it, on the same reads as Apollo with DataLoader.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { createSdkReads, withDataLoader } from './reads.js';
import { resolvers, typeDefs } from './schema.js';

const reads = createSdkReads();
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: () => ({ reads: withDataLoader(reads) }),
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`yoga: http://127.0.0.1:${server.address().port}${yoga.graphqlEndpoint}\n`);
});
