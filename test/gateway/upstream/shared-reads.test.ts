import { describe, expect, it } from 'vitest';
import { type Upstream, type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { answering, type Behaviour, failing, hanging, inTurn, type ReceivedRequest } from './faulty-upstream.ts';
import { failureOf, faultyUpstream, freshCall } from './with-upstream.ts';

const DEVICE = { deviceFleetName: 'demo', deviceName: 'd0' };
const MESSAGE = { messageId: 'm1', inputName: 'in', payload: Buffer.from('{}'), timestamp: null };

const read = (upstream: Upstream, call: UpstreamCall = freshCall()) => upstream.getDeployments(DEVICE, call);

/** Keeps every request until it is told how to answer them all. */
function holding() {
  const held: (() => void)[] = [];
  let answer: Behaviour | null = null;
  const behaviour: Behaviour = (request, response) => {
    if (answer) answer(request, response);
    else held.push(() => answer?.(request, response));
  };
  return {
    behaviour,
    answerAll: (as: Behaviour) => {
      answer = as;
      for (const go of held) go();
    },
  };
}

const noDeployments = answering(200, { Deployments: [] });

/** Waits until upstream has received so many requests. */
async function received(
  server: { requests: readonly ReceivedRequest[]; nextRequest(): Promise<unknown> },
  count: number,
) {
  while (server.requests.length < count) await server.nextRequest();
}

describe('the same read asked for at the same time', () => {
  it('is one call upstream, counted for who began it', async () => {
    const { behaviour, answerAll } = holding();
    const { upstream, server } = await faultyUpstream(behaviour);
    const counted: number[] = [];
    const reads = [0, 1, 2].map((caller) => read(upstream, { ...freshCall(), onRequest: () => counted.push(caller) }));
    await received(server, 1);
    const late = read(upstream);
    answerAll(noDeployments);
    expect(await Promise.all([...reads, late])).toEqual([[], [], [], []]);
    expect(server.requests).toHaveLength(1);
    expect(counted).toEqual([0]);
  });

  it('is a call of its own for each that may read something else, or differs in what it asks', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments);
    await Promise.all([
      read(upstream),
      read(upstream, { ...freshCall(), rights: 'fleet demo' }),
      read(upstream, { ...freshCall(), retries: false }),
      upstream.getDeployments({ ...DEVICE, deviceName: 'd1' }, freshCall()),
    ]);
    expect(server.requests).toHaveLength(4);
  });

  it('is asked for again once it has been answered', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments);
    await read(upstream);
    await read(upstream);
    expect(server.requests).toHaveLength(2);
  });

  it('fails for all, and not for those who ask afterwards', async () => {
    const { upstream } = await faultyUpstream(inTurn(failing(400, 'ValidationException', ''), noDeployments));
    const errors = await Promise.all([failureOf(read(upstream)), failureOf(read(upstream))]);
    expect(errors.map(({ code }) => code)).toEqual(['UPSTREAM_REJECTED', 'UPSTREAM_REJECTED']);
    expect(await read(upstream)).toEqual([]);
  });

  it('goes on when one of the callers leaves, whoever began it', async () => {
    const { behaviour, answerAll } = holding();
    const { upstream, server } = await faultyUpstream(behaviour);
    const leaver = new AbortController();
    const left = failureOf(read(upstream, { signal: leaver.signal }));
    const stays = read(upstream);
    await received(server, 1);
    leaver.abort();
    expect(await left).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    answerAll(noDeployments);
    expect(await stays).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('ends when all have left, its connection with it, and is then asked for anew', async () => {
    const { upstream, server } = await faultyUpstream(inTurn(hanging, noDeployments));
    const leaver = new AbortController();
    const left = [read(upstream, { signal: leaver.signal }), read(upstream, { signal: leaver.signal })].map(failureOf);
    await received(server, 1);
    leaver.abort();
    expect(await read(upstream)).toEqual([]);
    await Promise.all(left);
    await server.requests[0]?.closed;
  });

  it('is not begun by a caller who has left already, nor ended for the others', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments);
    const error = await failureOf(read(upstream, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', applied: 'no' });
    expect(server.requests).toEqual([]);
    const [gone, stays] = [failureOf(read(upstream, { signal: AbortSignal.abort() })), read(upstream)];
    expect(await stays).toEqual([]);
    await gone;
  });

  it('keeps each waiting for a deadline of its own', async () => {
    const { upstream, server } = await faultyUpstream(hanging, { deadlineMs: 200 });
    const endedAtMs: number[] = [];
    const ask = async () => {
      const error = await failureOf(read(upstream));
      endedAtMs.push(performance.now());
      expect(error.message).toBe('GetDeployments: Expected an answer within 200 ms, got none');
    };
    const early = ask();
    await new Promise((resolve) => setTimeout(resolve, 120));
    const late = ask();
    await Promise.all([early, late]);
    expect(server.requests).toHaveLength(1);
    expect((endedAtMs[1] ?? 0) - (endedAtMs[0] ?? 0)).toBeGreaterThan(90);
  });

  it('is repeated for those who have the time, and fails at once for those who have not', async () => {
    const throttled = failing(429, 'ThrottlingException', '', { 'retry-after': '1' });
    const { behaviour, answerAll } = holding();
    const { upstream, server } = await faultyUpstream(behaviour, { deadlineMs: 1200 });
    const early = failureOf(read(upstream));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const late = read(upstream);
    answerAll(inTurn(throttled, noDeployments));
    expect(await early).toMatchObject({ code: 'UPSTREAM_THROTTLED' });
    expect(await late).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('mutations', () => {
  it('are each a call of their own, however alike', async () => {
    const { upstream, server } = await faultyUpstream(answering(200, {}));
    await Promise.all([
      upstream.batchPutMessage([MESSAGE], freshCall()),
      upstream.batchPutMessage([MESSAGE], freshCall()),
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['was applied', answering(200, {})],
    ['failed', failing(500, 'InternalFailureException', '')],
  ])('that %s keep reads that start afterwards from joining those begun before', async (_name, outcome) => {
    const { behaviour, answerAll } = holding();
    const { upstream, server } = await faultyUpstream((request, response) => {
      const isMutation = request.url === '/inputs/messages';
      (isMutation ? outcome : behaviour)(request, response);
    });
    const before = read(upstream);
    await received(server, 1);
    await upstream.batchPutMessage([MESSAGE], freshCall()).catch(() => undefined);
    const afterwards = [read(upstream), read(upstream)];
    await received(server, 3);
    answerAll(noDeployments);
    await Promise.all([before, ...afterwards]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/GetDeployments', '/inputs/messages', '/GetDeployments']);
    // The end of the read from before has not taken the place of the one after.
    await read(upstream);
    expect(server.requests).toHaveLength(4);
  });
});
