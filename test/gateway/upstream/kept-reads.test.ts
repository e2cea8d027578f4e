import { describe, expect, it } from 'vitest';
import { type Upstream, type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { post, startTestGateway } from '../server/start-test-gateway.ts';
import { answering, type Behaviour, inTurn } from './faulty-upstream.ts';
import { failureOf, faultyUpstream, freshCall, upstreamAt } from './with-upstream.ts';

const DEVICE = { deviceFleetName: 'demo', deviceName: 'd0' };
const MESSAGE = { messageId: 'm1', inputName: 'in', payload: Buffer.from('{}'), timestamp: null };
const noDeployments = answering(200, { Deployments: [] });

/** Answers every request, and refuses those for the operation named. */
const refusing =
  (path: string): Behaviour =>
  (request, response) => {
    (request.url === path ? answering(400, { message: 'no' }) : noDeployments)(request, response);
  };

/** Reads as one who takes an answer from before, and gives the ages of what it took. */
async function agesOf(upstream: Upstream, times: number, call: Partial<UpstreamCall> = {}) {
  const ages: number[] = [];
  for (let read = 0; read < times; read += 1) {
    await upstream.getDeployments(DEVICE, { ...freshCall(), onKept: (ageMs) => ages.push(ageMs), ...call });
  }
  return ages;
}

describe('with `maxStaleMs` the answer to a read', () => {
  it('serves those who take one from before, and tells its age', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments, { maxStaleMs: 60_000 });
    const ages = await agesOf(upstream, 3);
    expect(server.requests).toHaveLength(1);
    expect(ages).toHaveLength(2);
    expect(ages.every((ageMs) => ageMs > 0 && ageMs < 60_000)).toBe(true);
  });

  it('serves nobody else, and nobody of other rights', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments, { maxStaleMs: 60_000 });
    await agesOf(upstream, 1);
    await upstream.getDeployments(DEVICE, freshCall());
    expect(await agesOf(upstream, 1, { rights: 'fleet demo' })).toEqual([]);
    expect(server.requests).toHaveLength(3);
  });

  it('is asked for anew once it is older', async () => {
    const { upstream, server } = await faultyUpstream(noDeployments, { maxStaleMs: 1 });
    await agesOf(upstream, 1);
    await expect.poll(async () => (await agesOf(upstream, 1)).length).toBe(0);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  it.each([
    ['was applied', noDeployments],
    ['failed', refusing('/inputs/messages')],
  ])('serves nobody any more after a mutation that %s', async (_name, behaviour) => {
    const { upstream, server } = await faultyUpstream(behaviour, { maxStaleMs: 60_000 });
    await agesOf(upstream, 1);
    await upstream.batchPutMessage([MESSAGE], freshCall()).catch(() => undefined);
    expect(await agesOf(upstream, 1)).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/GetDeployments', '/inputs/messages', '/GetDeployments']);
  });

  it('is kept only if it is one', async () => {
    const { upstream, server } = await faultyUpstream(inTurn(answering(400, {}), noDeployments), {
      maxStaleMs: 60_000,
    });
    await failureOf(upstream.getDeployments(DEVICE, freshCall()));
    expect(await agesOf(upstream, 2)).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });
});

describe('with `registrationCache` a registration', () => {
  const registered = (cacheTtl: string) => answering(200, { DeviceRegistration: 'Registered', CacheTTL: cacheTtl });
  const readTwice = async (upstream: Upstream) => {
    const call = { ...freshCall(), onKept: () => undefined };
    await upstream.getDeviceRegistration(DEVICE, call);
    await upstream.getDeviceRegistration(DEVICE, call);
  };

  it.each([
    ['3600', 1],
    ['0', 2],
    ['soon', 2],
  ])('with a CacheTTL of %j is asked for %i times in a row', async (cacheTtl, requests) => {
    const { upstream, server } = await faultyUpstream(registered(cacheTtl), { registrationCache: true });
    await readTwice(upstream);
    expect(server.requests).toHaveLength(requests);
  });

  it('is the only read that is kept', async () => {
    const { upstream } = await faultyUpstream(noDeployments, { registrationCache: true });
    expect(await agesOf(upstream, 2)).toEqual([]);
  });

  it('is asked for each time without', async () => {
    const { upstream, server } = await faultyUpstream(registered('3600'));
    await readTwice(upstream);
    expect(server.requests).toHaveLength(2);
  });
});

it('an answer over HTTP tells the age of the oldest part, and only where there is one', async () => {
  const { server } = await faultyUpstream(noDeployments);
  const { url } = await startTestGateway({ upstream: upstreamAt(server.endpoint, { maxStaleMs: 60_000 }) });
  const ask = async (fields: string) => {
    const query = `{ device(deviceFleetName: "demo", deviceName: "d0") { ${fields} } }`;
    return (await post(url, { query })).headers.get('x-data-age-ms');
  };
  expect(await ask('deployments { type }')).toBeNull();
  expect(Number(await ask('deployments { type }'))).toBeGreaterThan(0);
  expect(await ask('id')).toBeNull();
});
