// Apollo Server as its documentation starts it. `naive`: a resolver calls the SDK whenever it needs something; else through DataLoader.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createSdkReads, withDataLoader } from './reads.js';
import { resolvers, typeDefs } from './schema.js';

const reads = createSdkReads();
const context = process.argv[2] === 'naive' ? async () => ({ reads }) : async () => ({ reads: withDataLoader(reads) });
const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { port: 0, host: '127.0.0.1' },
  context,
});
process.stdout.write(`apollo: ${url}\n`);
