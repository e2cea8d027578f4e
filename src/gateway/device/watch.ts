import { isDeepStrictEqual } from 'node:util';
import { type Resolvers, type SubscriptionDeploymentsChangedArgs } from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { type DeploymentAnswer } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readFollowArguments } from '../watch/follow-arguments.ts';
import { NO_KEY, type WatchSource } from '../watch/source.ts';
import { type Device, deviceKeyText } from './device.ts';

type Deployments = readonly DeploymentAnswer[];

/** The subscription to a device's deployments. */
export const deviceSubscriptions: Resolvers = {
  Subscription: {
    deploymentsChanged: {
      subscribe(_parent, { deviceFleetName, deviceName, ...args }, { watches }) {
        checkArguments({ deviceFleetName, deviceName });
        return watches.follow(deploymentsSource({ deviceFleetName, deviceName }), {
          ...readFollowArguments(args, watches),
          key: NO_KEY,
          needsDetail: false,
        });
      },
      resolve: (
        event: WatchEvent<Deployments>,
        { deviceFleetName, deviceName }: SubscriptionDeploymentsChangedArgs,
      ) => ({
        cursor: event.cursor,
        kind: event.kind,
        conflated: event.conflated,
        device: { deviceFleetName, deviceName },
        // Empty in a GAP.
        deployments: event.item ?? [],
        observedAt: new Date(event.observedAtMs),
      }),
    },
  },
};

/** A device's deployments are one object, which is always there: their changes are UPDATED. */
function deploymentsSource(device: Device): WatchSource<Deployments> {
  return {
    id: `deployments ${deviceKeyText(device)}`,
    describe: (_key, upstream, call) => upstream.getDeployments(device, call),
    keyOf: () => NO_KEY,
    isSame: isDeepStrictEqual,
  };
}
