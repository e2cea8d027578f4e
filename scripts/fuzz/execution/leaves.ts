import { type GraphQLLeafType, isEnumType } from 'graphql';
import { type Random } from '../random.ts';

/** A value that resolvers may give for a scalar or enum, now and then one that it does not take. */
export function randomLeaf(random: Random, type: GraphQLLeafType): unknown {
  if (isEnumType(type)) return random.oneIn(30) ? 'NO_SUCH' : random.pick(type.getValues()).value;
  switch (type.name) {
    case 'String':
      return random.pick<unknown>(['a', '', 'text "quoted"', 5, true]);
    case 'ID':
      return random.pick<unknown>(['id', '', 12, 'x']);
    case 'Int':
      return random.pick<unknown>([0, -0, 5, -7, 2 ** 31 - 1, '12', true]);
    case 'Float':
      return random.pick<unknown>([0.5, -0, 1e300, 3, '2.5', false]);
    case 'Boolean':
      return random.pick<unknown>([true, false, true, false, 1]);
    case 'DateTime':
      return random.pick<unknown>([new Date(0), '2026-01-01T00:00:00Z', 1000, 'no date']);
    default:
      return random.pick<unknown>([{ a: [1, null] }, 'json', 5, [], false]);
  }
}
