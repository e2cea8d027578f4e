// What a team writes first: graphql-ws as its documentation starts it, the AWS SDK as it comes, and a poll loop for each subscriber.
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeDetectorCommand, IoTEventsDataClient } from '@aws-sdk/client-iot-events-data';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const POLL_INTERVAL_MS = 1000;

const client = new IoTEventsDataClient({});

interface Key {
  readonly detectorModelName: string;
  readonly keyValue: string;
}

async function* watch(_parent: unknown, { detectorModelName, keyValue }: Key) {
  let last: number | undefined;
  for (;;) {
    const { detector } = await client.send(new DescribeDetectorCommand({ detectorModelName, keyValue }));
    const kind = last === undefined ? 'SNAPSHOT' : 'UPDATED';
    if (detector && detector.lastUpdateTime?.getTime() !== last) {
      last = detector.lastUpdateTime?.getTime();
      yield { detectorChanged: { kind, detector } };
    }
    await wait(POLL_INTERVAL_MS);
  }
}

const schema = makeExecutableSchema({
  typeDefs: /* GraphQL */ `
    scalar DateTime
    type Query {
      unused: Int
    }
    type Subscription {
      detectorChanged(detectorModelName: String!, keyValue: String!): DetectorChange!
    }
    type DetectorChange {
      kind: String!
      detector: Detector
    }
    type Detector {
      state: DetectorState!
      lastUpdateTime: DateTime!
    }
    type DetectorState {
      stateName: String!
      variables: [Variable!]!
    }
    type Variable {
      name: String!
      value: String!
    }
  `,
  resolvers: { Subscription: { detectorChanged: { subscribe: watch } } },
});

const server = createServer();
useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`naive: http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
});
