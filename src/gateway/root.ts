import { type Alarm } from './alarm/alarm.ts';
import { type Context } from './context.ts';
import { type Detector } from './detector/detector.ts';
import { type Device } from './device/device.ts';
import { type Resolvers } from './generated/resolvers.ts';
import { decodeNodeId } from './node/node-id.ts';
import { checkListSize, MAX_PAGE } from './rules.ts';

type NodeParent = Device | Detector | Alarm;

/** `node`, `nodes` and the interfaces: what belongs to no domain. */
export const rootResolvers: Resolvers = {
  Query: {
    node: (_parent, { id }, context) => fetchNode('id', id, context),
    nodes(_parent, { ids }, context) {
      checkListSize('ids', ids, MAX_PAGE);
      // Each in a promise of its own: one that fails costs its place in the list only. The generated types know no null in a promise.
      return ids.map((id, index) => fetchNode(`ids[${index}]`, id, context)) as Promise<NodeParent>[];
    },
  },
  Node: {
    __resolveType(node) {
      if ('deviceName' in node) return 'Device';
      return 'detectorModelName' in node ? 'Detector' : 'Alarm';
    },
  },
  EntryResult: {
    // No field has this type: it only says what the results have in common.
    __resolveType: () => null,
  },
};

async function fetchNode(argument: string, id: string, { loaders }: Context): Promise<NodeParent | null> {
  const node = decodeNodeId(argument, id);
  switch (node.type) {
    case 'Device':
      return node.key;
    case 'Detector':
      return loaders.detector.load(node.key);
    case 'Alarm':
      return loaders.alarm.load(node.key);
  }
}
