// Mercurius with its just-in-time compiler, on the gateway's own lean upstream: what is left between the two is GraphQL and HTTP.
import fastify from 'fastify';
import mercurius from 'mercurius';
import { createLeanReads, withDataLoader } from './reads.js';
import { resolvers, typeDefs } from './schema.js';

const reads = await createLeanReads();
const app = fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  context: () => ({ reads: withDataLoader(reads) }),
  // Compiled when it is first seen.
  jit: 1,
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`mercurius: ${url}/graphql\n`);
