import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { boolean, integer, list, string, structure } from '../protocol/shape.ts';
import { AwsError } from '../protocol/errors.ts';
import { type Runtime } from '../runtime/runtime.ts';
import { createResourceOperations } from './resources.ts';
import { fleetgraph } from './service.ts';

const pageLimit = 250;
const idLimit = 1000;

/**
 * `GET /fleetgraph/dead-letters?nextToken=&maxResults=` lists the actions that were given up, the oldest first;
 * `POST /fleetgraph/dead-letters/retry` with `{"ids":[...]}` or `{"all":true}` has them performed again. And those of
 * createResourceOperations.
 */
export function createFleetgraphOperations(runtime: Runtime): readonly Operation[] {
  return [listDeadLetters(runtime), retryDeadLetters(runtime), ...createResourceOperations(runtime.control)];
}

function listDeadLetters(runtime: Runtime): Operation {
  return defineOperation({
    service: fleetgraph,
    name: 'ListDeadLetters',
    method: 'GET',
    path: '/fleetgraph/dead-letters',
    status: 200,
    query: { nextToken: 'text', maxResults: 'integer' },
    input: structure(
      {},
      { nextToken: string({ pattern: '^[0-9]{1,15}$' }), maxResults: integer({ min: 1, max: pageLimit }) },
    ),
    resources: () => ANY,
    async handle({ nextToken, maxResults }) {
      const limit = maxResults ?? pageLimit;
      // One more than the page holds tells whether there is a next one.
      const letters = await runtime.listDeadLetters(Number(nextToken ?? 0), limit + 1);
      const page = letters.slice(0, limit);
      const lastId = letters.length > limit ? page.at(-1)?.id : undefined;
      return { deadLetters: page, ...(lastId !== undefined && { nextToken: String(lastId) }) };
    },
  });
}

function retryDeadLetters(runtime: Runtime): Operation {
  return defineOperation({
    service: fleetgraph,
    name: 'RetryDeadLetters',
    method: 'POST',
    path: '/fleetgraph/dead-letters/retry',
    status: 200,
    input: structure({}, { ids: list(integer({ min: 1 }), { min: 1, max: idLimit }), all: boolean }),
    resources: () => ANY,
    async handle({ ids, all }) {
      const which = all === true ? 'all' : ids;
      if (which === null || (all === true && ids !== null)) {
        throw new AwsError('ValidationException', "Expected either 'ids' or 'all': true, got both or neither");
      }
      return { retried: await runtime.retryDeadLetters(which) };
    },
  });
}
