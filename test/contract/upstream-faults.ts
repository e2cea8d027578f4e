import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createUpstream, type UpstreamOptions } from '../../src/gateway/upstream/create-upstream.ts';
import {
  answering,
  type Behaviour,
  cutting,
  failing,
  hanging,
  inTurn,
  resetting,
  stalling,
  startFaultyUpstream,
} from '../gateway/upstream/faulty-upstream.ts';
import {
  failureOf,
  faultyUpstream as faultyUpstreamOf,
  freshCall,
  upstreamAt,
} from '../gateway/upstream/with-upstream.ts';

const KEY = { detectorModelName: 'Pressure', keyValue: 'k-1' };
const DEVICE = { deviceFleetName: 'demo', deviceName: 'press-01' };
const MESSAGE = { messageId: 'm1', inputName: 'Reading', payload: Buffer.from('{}'), timestamp: null };

const noSuchDetector = failing(404, 'ResourceNotFoundException', 'Detector not found');

/** How calls fail, are repeated and end, on every transport. */
export function describeUpstreamFaults(transport: UpstreamOptions['transport']): void {
  describe(`${transport}: the faults of upstream`, () => {
    afterEach(() => {
      vi.unstubAllEnvs();
    });
    const faultyUpstream = (behaviour: Behaviour, deadlineMs = 5000) =>
      faultyUpstreamOf(behaviour, { transport, deadlineMs });

    describe('a read', () => {
      it.each<[string, Behaviour, string, boolean]>([
        ['429', failing(429, 'ThrottlingException', 'Slow down'), 'UPSTREAM_THROTTLED', true],
        ['a Throttling type with 400', failing(400, 'ThrottledException', 'x'), 'UPSTREAM_REJECTED', false],
        ['ThrottlingException with 400', failing(400, 'ThrottlingException', 'x'), 'UPSTREAM_THROTTLED', true],
        ['503', failing(503, 'ServiceUnavailableException', 'x'), 'UPSTREAM_UNAVAILABLE', true],
        ['503 with a proxy page', answering(503, '<html>at 10.0.0.1</html>'), 'UPSTREAM_UNAVAILABLE', true],
        ['500', failing(500, 'InternalFailureException', 'x'), 'UPSTREAM_FAILURE', true],
        ['501', failing(501, 'UnsupportedOperationException', 'x'), 'UPSTREAM_FAILURE', true],
        ['400', failing(400, 'InvalidRequestException', 'x'), 'UPSTREAM_REJECTED', false],
        ['413 without a type', answering(413, ''), 'UPSTREAM_REJECTED', false],
        ['401', answering(401, ''), 'UPSTREAM_FORBIDDEN', false],
        ['403', failing(403, 'InvalidSignatureException', 'x'), 'UPSTREAM_FORBIDDEN', false],
        ['ExpiredTokenException with 400', failing(400, 'ExpiredTokenException', 'x'), 'UPSTREAM_FORBIDDEN', false],
        ['404 of another server', answering(404, '<html>Not Found</html>'), 'UPSTREAM_BAD_RESPONSE', false],
        ['404 UnknownOperationException', failing(404, 'UnknownOperationException', 'x'), 'UPSTREAM_REJECTED', false],
        ['301', answering(301, '', { location: 'https://elsewhere.example' }), 'UPSTREAM_BAD_RESPONSE', false],
        ['a reset', resetting, 'UPSTREAM_UNAVAILABLE', true],
        ['a cut answer', cutting, 'UPSTREAM_BAD_RESPONSE', true],
        ['an empty 200', answering(200, ''), 'UPSTREAM_BAD_RESPONSE', false],
        ['an empty object', answering(200, {}), 'UPSTREAM_BAD_RESPONSE', false],
        ['null', answering(200, 'null'), 'UPSTREAM_BAD_RESPONSE', false],
        ['half of a JSON text', answering(200, '{"detector":{'), 'UPSTREAM_BAD_RESPONSE', false],
        ['a web page', answering(200, '<html>Welcome</html>'), 'UPSTREAM_BAD_RESPONSE', false],
        ['bytes that are no UTF-8', answering(200, Buffer.from([0x22, 0xff, 0x22])), 'UPSTREAM_BAD_RESPONSE', false],
        ['an answer without end', answering(200, 'x'.repeat(5 * 1024 * 1024)), 'UPSTREAM_BAD_RESPONSE', false],
      ])('that gets %s has its own code', async (_name, behaviour, code, retryable) => {
        const { upstream } = await faultyUpstream(behaviour);
        const error = await failureOf(upstream.describeDetector(KEY, freshCall()));
        expect(error).toMatchObject({
          code,
          upstream: { service: 'iotevents-data', operation: 'DescribeDetector', retryable },
        });
        expect(error.message).not.toMatch(/<html>|10\.0\.0\.1|127\.0\.0\.1|elsewhere|\n/);
      });

      it('is null for a Describe of what is not there, and fails for a list of it', async () => {
        const { upstream } = await faultyUpstream(noSuchDetector);
        expect(await upstream.describeDetector(KEY, freshCall())).toBeNull();
        expect(await upstream.describeAlarm({ alarmModelName: 'Hot', keyValue: null }, freshCall())).toBeNull();
        const page = { detectorModelName: 'Pressure', stateName: null, nextToken: null, maxResults: 10 };
        expect(await failureOf(upstream.listDetectors(page, freshCall()))).toMatchObject({ code: 'NOT_FOUND' });
      });

      it('tells AWS’s text of a refused request on one line, bounded, with the request id', async () => {
        const { upstream } = await faultyUpstream(
          failing(400, 'InvalidRequestException', `Wrong\n\tstate ${'x'.repeat(900)}`),
        );
        const error = await failureOf(upstream.describeDetector(KEY, freshCall()));
        expect(error.message).toMatch(
          /^DescribeDetector: Upstream answered 400 InvalidRequestException: Wrong state x+\.\.\.$/,
        );
        expect(error.message.length).toBeLessThan(600);
        expect(error.upstream.requestId).toBe('request-1');
      });

      it('shows no text of faults and of signatures', async () => {
        for (const [status, type] of [
          [500, 'InternalFailureException'],
          [403, 'InvalidSignatureException'],
        ] as const) {
          const { upstream } = await faultyUpstream(
            failing(status, type, 'AKIDTEST at Object.<anonymous> (/srv/app.js:1:1)'),
          );
          const error = await failureOf(upstream.getDeployments(DEVICE, freshCall()));
          expect(error.message).toBe(`GetDeployments: Upstream answered ${status} ${type}`);
        }
      });

      it('is repeated until it succeeds', async () => {
        const { upstream, server } = await faultyUpstream(
          inTurn(failing(500, 'InternalFailureException', ''), resetting, answering(200, { Deployments: [] })),
        );
        const operations: string[] = [];
        const call = { ...freshCall(), onRequest: (name: string) => operations.push(name) };
        expect(await upstream.getDeployments(DEVICE, call)).toEqual([]);
        expect(server.requests).toHaveLength(3);
        expect(operations).toEqual(['GetDeployments', 'GetDeployments', 'GetDeployments']);
      });

      it('is sent once where its caller tries again itself', async () => {
        const { upstream, server } = await faultyUpstream(failing(429, 'ThrottlingException', ''));
        await failureOf(upstream.getDeployments(DEVICE, { ...freshCall(), retries: false }));
        expect(server.requests).toHaveLength(1);
      });

      it('waits as long as upstream asks before it is repeated', async () => {
        const throttled = failing(429, 'ThrottlingException', '', { 'retry-after': '1' });
        const { upstream } = await faultyUpstream(inTurn(throttled, answering(200, { Deployments: [] })));
        const startMs = performance.now();
        await upstream.getDeployments(DEVICE, freshCall());
        expect(performance.now() - startMs).toBeGreaterThanOrEqual(990);
      });

      it('fails at once when upstream asks for more time than there is', async () => {
        const throttled = failing(429, 'ThrottlingException', '', { 'retry-after': '3600' });
        const { upstream, server } = await faultyUpstream(throttled);
        const error = await failureOf(upstream.getDeployments(DEVICE, freshCall()));
        expect(error).toMatchObject({ code: 'UPSTREAM_THROTTLED', retryAfterMs: 3_600_000 });
        expect(server.requests).toHaveLength(1);
      });

      it('is not repeated where that cannot help', async () => {
        const { upstream, server } = await faultyUpstream(failing(400, 'InvalidRequestException', ''));
        await failureOf(upstream.getDeployments(DEVICE, freshCall()));
        expect(server.requests).toHaveLength(1);
      });

      it.each([
        ['hangs', hanging],
        ['stalls in its answer', stalling],
      ])('ends at its deadline when upstream %s, and its connection with it', async (_name, behaviour) => {
        const { upstream, server } = await faultyUpstream(behaviour, 100);
        const error = await failureOf(upstream.describeDetector(KEY, freshCall()));
        expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', applied: 'unknown', upstream: { retryable: true } });
        expect(error.message).toBe('DescribeDetector: Expected an answer within 100 ms, got none');
        await server.requests[0]?.closed;
      });

      it('ends when its operation does, and its connection with it', async () => {
        const { upstream, server } = await faultyUpstream(hanging);
        const client = new AbortController();
        const call = failureOf(upstream.describeDetector(KEY, { signal: client.signal }));
        const request = await server.nextRequest();
        client.abort();
        expect(await call).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
        await request.closed;
      });

      it('ends all calls of an operation that share its signal', async () => {
        const { upstream, server } = await faultyUpstream(hanging);
        const client = new AbortController();
        const calls = ['a', 'b', 'c'].map((keyValue) =>
          failureOf(upstream.getDeployments({ ...DEVICE, deviceName: keyValue }, { signal: client.signal })),
        );
        while (server.requests.length < 3) await server.nextRequest();
        client.abort();
        for (const error of await Promise.all(calls)) expect(error.code).toBe('UPSTREAM_TIMEOUT');
        await Promise.all(server.requests.map((request) => request.closed));
      });

      it('that waits for its next attempt ends with its operation', async () => {
        const { upstream } = await faultyUpstream(failing(429, 'ThrottlingException', '', { 'retry-after': '4' }));
        const startMs = performance.now();
        const error = await failureOf(upstream.describeDetector(KEY, { signal: AbortSignal.timeout(100) }));
        expect(error.code).toBe('UPSTREAM_THROTTLED');
        expect(performance.now() - startMs).toBeLessThan(2000);
      });

      it('is not kept back by sixty others that hang', async () => {
        const { upstream } = await faultyUpstream((request, response) => {
          if (!request.body.includes('slow')) answering(200, { Deployments: [] })(request, response);
        }, 3000);
        const client = new AbortController();
        const slow = Array.from({ length: 60 }, (_, index) =>
          failureOf(upstream.getDeployments({ ...DEVICE, deviceName: `slow-${index}` }, { signal: client.signal })),
        );
        expect(await upstream.getDeployments(DEVICE, freshCall())).toEqual([]);
        client.abort();
        await Promise.all(slow);
      });
    });

    describe('a mutation', () => {
      it.each<[string, Behaviour, string, 'no' | 'unknown']>([
        ['throttled', failing(429, 'ThrottlingException', ''), 'UPSTREAM_THROTTLED', 'no'],
        ['refused', failing(400, 'InvalidRequestException', ''), 'UPSTREAM_REJECTED', 'no'],
        ['forbidden', failing(403, 'AccessDeniedException', ''), 'UPSTREAM_FORBIDDEN', 'no'],
        ['answered by another server', answering(404, 'no'), 'UPSTREAM_BAD_RESPONSE', 'no'],
        ['answered 500', failing(500, 'InternalFailureException', ''), 'UPSTREAM_FAILURE', 'unknown'],
        ['answered 503', failing(503, 'ServiceUnavailableException', ''), 'UPSTREAM_UNAVAILABLE', 'unknown'],
        ['reset', resetting, 'UPSTREAM_UNAVAILABLE', 'unknown'],
        ['cut', cutting, 'UPSTREAM_BAD_RESPONSE', 'unknown'],
        ['left hanging', hanging, 'UPSTREAM_TIMEOUT', 'unknown'],
        ['answered with a web page', answering(200, '<html></html>'), 'UPSTREAM_BAD_RESPONSE', 'unknown'],
      ])('that is %s is never sent again', async (_name, behaviour, code, applied) => {
        const { upstream, server } = await faultyUpstream(behaviour, 300);
        const error = await failureOf(upstream.batchPutMessage([MESSAGE], freshCall()));
        expect(error).toMatchObject({ code, applied });
        expect(server.requests).toHaveLength(1);
      });

      it('that nobody listens for was not applied', async () => {
        const server = await startFaultyUpstream(hanging);
        await server.close();
        const error = await failureOf(
          upstreamAt(server.endpoint, { transport }).batchPutMessage([MESSAGE], freshCall()),
        );
        expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', applied: 'no', upstream: { retryable: true } });
        expect(error.message).toBe('BatchPutMessage: No connection to iotevents-data (ECONNREFUSED)');
      });

      it('for a host that does not exist was not applied', async () => {
        const error = await failureOf(
          upstreamAt('http://nowhere.invalid', { transport }).batchPutMessage([MESSAGE], freshCall()),
        );
        expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', applied: 'no' });
        expect(error.message).not.toContain('nowhere');
      });

      it('may be answered with nothing', async () => {
        for (const body of ['', '{}', '{"BatchPutMessageErrorEntries":null}']) {
          const { upstream } = await faultyUpstream(answering(200, body));
          expect(await upstream.batchPutMessage([MESSAGE], freshCall())).toEqual([]);
        }
      });

      it('names the entries that failed', async () => {
        const entry = { messageId: 'm1', errorCode: 'ThrottlingException', errorMessage: 'Slow\ndown' };
        const { upstream } = await faultyUpstream(answering(200, { BatchPutMessageErrorEntries: [entry] }));
        expect(await upstream.batchPutMessage([MESSAGE], freshCall())).toEqual([
          { id: 'm1', errorCode: 'ThrottlingException', errorMessage: 'Slow down' },
        ]);
      });

      it.each([
        ['an id that was not sent', { messageId: 'm2', errorCode: 'ThrottlingException' }],
        ['no id', { errorCode: 'ThrottlingException' }],
        ['an unknown error code', { messageId: 'm1', errorCode: 'Mood' }],
      ])('answered with an error entry of %s has an unknown outcome', async (_name, entry) => {
        const { upstream } = await faultyUpstream(answering(200, { BatchPutMessageErrorEntries: [entry] }));
        expect(await failureOf(upstream.batchPutMessage([MESSAGE], freshCall()))).toMatchObject({
          code: 'UPSTREAM_BAD_RESPONSE',
          applied: 'unknown',
        });
      });
    });

    it('a call without credentials is forbidden and was not applied', async () => {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
      vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
      const service = { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1' };
      const upstream = createUpstream({
        sagemakerEdge: service,
        iotEventsData: service,
        sagemaker: null,
        iotEvents: null,
        deadlineMs: 5000,
        transport,
        clock: systemClock,
      });
      const errors = await Promise.all([
        failureOf(upstream.batchPutMessage([MESSAGE], freshCall())),
        failureOf(upstream.getDeployments(DEVICE, freshCall())),
      ]);
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'UPSTREAM_FORBIDDEN', applied: 'no', upstream: { retryable: false } });
        expect(error.message).toMatch(/Expected AWS credentials \(.*\), got none$/);
      }
      upstream.close();
    });
  });
}
