import { systemClock } from '../../src/clock.ts';
import { createUpstream } from '../../src/gateway/upstream/create-upstream.ts';

/** The product's own upstream, for the limit and for peers on it: AWS_ENDPOINT_URL and credentials are taken from the environment. */
export function createLeanUpstream() {
  const service = { endpoint: process.env['AWS_ENDPOINT_URL'], region: process.env['AWS_REGION'] };
  return createUpstream({
    sagemakerEdge: service,
    iotEventsData: service,
    sagemaker: null,
    iotEvents: null,
    deadlineMs: 10_000,
    transport: 'lean',
    clock: systemClock,
  });
}
