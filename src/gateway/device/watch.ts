import { isDeepStrictEqual } from 'node:util';
import { type Resolvers, type SubscriptionDeploymentsChangedArgs } from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import { type DeploymentAnswer } from '../upstream/upstream.ts';
import { type WatchEvent } from '../watch/follow.ts';
import { readAfter } from '../watch/read-after.ts';
import { singleObject } from '../watch/read-objects.ts';
import { type WatchSource } from '../watch/watch.ts';
import { type Device, deviceKeyText } from './device.ts';

type Deployments = readonly DeploymentAnswer[];

/** The subscription to a device's deployments. */
export const deviceSubscriptions: Resolvers = {
  Subscription: {
    deploymentsChanged: {
      subscribe(_parent, { deviceFleetName, deviceName, after }, { watches }) {
        checkArguments({ deviceFleetName, deviceName });
        return watches.follow(deploymentsSource({ deviceFleetName, deviceName }), { after: readAfter(after) });
      },
      resolve: (
        event: WatchEvent<Deployments>,
        { deviceFleetName, deviceName }: SubscriptionDeploymentsChangedArgs,
      ) => ({
        cursor: event.cursor,
        kind: event.kind,
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
    single: true,
    read: async (upstream, call) => singleObject(await upstream.getDeployments(device, call)),
    isSame: isDeepStrictEqual,
  };
}
