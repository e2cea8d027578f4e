import { readdirSync, readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { alarmModelResolvers } from './alarm/model-resolvers.ts';
import { alarmResolvers } from './alarm/resolvers.ts';
import { alarmSubscriptions } from './alarm/watch.ts';
import { detectorModelResolvers } from './detector/model-resolvers.ts';
import { detectorResolvers } from './detector/resolvers.ts';
import { detectorSubscriptions } from './detector/watch.ts';
import { fleetResolvers } from './device/fleet-resolvers.ts';
import { deviceResolvers } from './device/resolvers.ts';
import { deviceSubscriptions } from './device/watch.ts';
import { messageResolvers } from './message/resolvers.ts';
import { rootResolvers } from './root.ts';

const SCHEMA_DIRECTORY = new URL('../../schema/', import.meta.url);

/** graphql-scalars' DateTime, with what the resolvers give made text at once: by way of JSON.stringify it takes twice as long. */
const DateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  serialize(value) {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
    return DateTimeResolver.serialize(value);
  },
});

/** The gateway's schema: the SDL of `schema/*.graphql` with the resolvers of all domains. */
export function createSchema(): GraphQLSchema {
  const files = readdirSync(SCHEMA_DIRECTORY).filter((file) => file.endsWith('.graphql'));
  return makeExecutableSchema({
    typeDefs: files.map((file) => readFileSync(new URL(file, SCHEMA_DIRECTORY), 'utf8')),
    resolvers: [
      { DateTime, JSON: JSONResolver },
      rootResolvers,
      deviceResolvers,
      fleetResolvers,
      deviceSubscriptions,
      detectorResolvers,
      detectorModelResolvers,
      detectorSubscriptions,
      alarmResolvers,
      alarmModelResolvers,
      alarmSubscriptions,
      messageResolvers,
    ],
  });
}
