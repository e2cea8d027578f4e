import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createUpstream, type UpstreamOptions } from '../../../src/gateway/upstream/create-upstream.ts';
import { UpstreamError } from '../../../src/gateway/upstream/errors.ts';
import { type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { type Behaviour, startFaultyUpstream } from './faulty-upstream.ts';

type UpstreamVariant = Partial<
  Pick<UpstreamOptions, 'deadlineMs' | 'transport' | 'maxStaleMs' | 'registrationCache'>
> & {
  readonly controlPlanes?: boolean;
};

/** The real SDK clients against one endpoint, for one test; `controlPlanes` are there too if told so. */
export function upstreamAt(
  endpoint: string,
  { deadlineMs = 5000, controlPlanes = false, transport = 'lean', ...kept }: UpstreamVariant = {},
) {
  const service = {
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  };
  const controlPlane = controlPlanes ? service : null;
  const upstream = createUpstream({
    sagemakerEdge: service,
    iotEventsData: service,
    sagemaker: controlPlane,
    iotEvents: controlPlane,
    deadlineMs,
    transport,
    clock: systemClock,
    ...kept,
  });
  onTestFinished(() => {
    upstream.close();
  });
  return upstream;
}

/** The real SDK clients against a server that misbehaves as told, for one test. */
export async function faultyUpstream(behaviour: Behaviour, variant: UpstreamVariant = {}) {
  const server = await startFaultyUpstream(behaviour);
  onTestFinished(() => server.close());
  return { server, upstream: upstreamAt(server.endpoint, { controlPlanes: true, ...variant }) };
}

/** A call that nobody aborts. */
export function freshCall(): UpstreamCall {
  return { signal: new AbortController().signal };
}

/** The UpstreamError that a call is expected to fail with. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error: unknown = await call.then(
    (answer) => {
      throw new Error(`Expected an UpstreamError, got the answer ${JSON.stringify(answer)}`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error('Expected an UpstreamError', { cause: error });
  return error;
}
