// Hive Gateway over an OpenAPI description of IoT Events Data, which it asks without signatures and in AWS's own shape.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway';

const supergraph = readFileSync(new URL('hive-supergraph.graphql', import.meta.url), 'utf8');
const server = createServer(createGatewayRuntime({ supergraph, logging: false }));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`hive: http://127.0.0.1:${server.address().port}/graphql\n`);
});
