import { readFileSync } from 'node:fs';
import { GraphQLScalarType } from 'graphql';

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

/** The same for all peers: they differ in `context.reads` (what a read costs) and in the server around. */
export const resolvers = {
  DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: (time) => time.toISOString() }),
  Query: {
    nodes: (_parent, { ids }) => ids.map(decodeDeviceId),
    detector: (_parent, { detectorModelName, keyValue }, { reads }) =>
      reads.describeDetector({ detectorModelName, keyValue }),
    detectors: (_parent, { detectorModelName, first }, { reads }) => reads.listDetectors(detectorModelName, first),
  },
  Mutation: {
    async updateDetectors(_parent, { input }, { reads }) {
      const failures = new Map((await reads.updateDetectors(input.detectors)).map((failure) => [failure.id, failure]));
      const results = input.detectors.map(({ messageId: id }) => {
        const failure = failures.get(id);
        return { id, ok: !failure, error: failure ? { code: failure.errorCode, message: failure.errorMessage } : null };
      });
      return { results };
    },
  },
  Device: {
    registration: (device, _args, { reads }) => reads.getDeviceRegistration(device),
    deployments: (device, _args, { reads }) => reads.getDeployments(device),
    async detectors({ deviceName }, { detectorModelNames }, { reads }) {
      const detectors = await Promise.all(
        detectorModelNames.map((detectorModelName) =>
          reads.describeDetector({ detectorModelName, keyValue: deviceName }),
        ),
      );
      return detectors.filter((detector) => detector !== null);
    },
  },
  DeviceRegistration: {
    isRegistered: ({ deviceRegistration }) => deviceRegistration === 'Registered',
  },
  Detector: { state: (detector) => detector },
  // A detector may come from a list, which does not tell these.
  DetectorState: {
    variables: async (detector, _args, { reads }) => (await reads.describeDetector(detector))?.variables,
    timers: async (detector, _args, { reads }) => (await reads.describeDetector(detector))?.timers,
  },
};

function decodeDeviceId(id) {
  const [, deviceFleetName, deviceName] = JSON.parse(Buffer.from(id, 'base64url').toString());
  return { __typename: 'Device', id, deviceFleetName, deviceName };
}
