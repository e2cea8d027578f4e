import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createUpstream, type UpstreamOptions } from '../../src/gateway/upstream/create-upstream.ts';
import { type Upstream } from '../../src/gateway/upstream/upstream.ts';
import { answering, type Behaviour, startFaultyUpstream } from '../gateway/upstream/faulty-upstream.ts';
import { failureOf, faultyUpstream as faultyUpstreamOf, freshCall } from '../gateway/upstream/with-upstream.ts';

const DEVICE = { deviceFleetName: 'demo', deviceName: 'd0' };
const DETECTOR = { detectorModelName: 'motor', keyValue: 'a:b' };

const head = {
  detectorModelName: 'motor',
  keyValue: 'a:b',
  detectorModelVersion: '1',
  creationTime: 1.5,
  lastUpdateTime: 2,
};
const state = {
  stateName: 'Normal',
  variables: [{ name: 'v', value: '20.0' }],
  timers: [{ name: 't', timestamp: 3.25 }],
};
const detector = { ...head, state };
const summary = { ...head, state: { stateName: 'Normal' } };
const alarmHead = { alarmModelName: 'hot', alarmModelVersion: '1', creationTime: 1, lastUpdateTime: 2 };
const alarm = { ...alarmHead, alarmState: { stateName: 'NORMAL' } };
const definition = { ModelHandle: 'h', S3Url: 's3://b/k', Checksum: { Type: 'SHA1', Sum: 'ab' }, State: 'DEPLOY' };
const deployment = {
  DeploymentName: 'x',
  Type: 'Model',
  FailureHandlingPolicy: 'DO_NOTHING',
  Definitions: [definition],
};

const describeDetector = (upstream: Upstream) => upstream.describeDetector(DETECTOR, freshCall());
const listDetectors = (upstream: Upstream) =>
  upstream.listDetectors(
    { detectorModelName: 'motor', stateName: 'A b', nextToken: 't==/+', maxResults: 7 },
    freshCall(),
  );
const describeAlarm = (upstream: Upstream) =>
  upstream.describeAlarm({ alarmModelName: 'hot', keyValue: null }, freshCall());
const listAlarms = (upstream: Upstream) =>
  upstream.listAlarms({ alarmModelName: 'hot', nextToken: null, maxResults: 7 }, freshCall());
const getDeployments = (upstream: Upstream) => upstream.getDeployments(DEVICE, freshCall());
const getDeviceRegistration = (upstream: Upstream) => upstream.getDeviceRegistration(DEVICE, freshCall());

/** What every transport reads and writes, answer by answer and request by request. */
export function describeUpstreamAnswers(transport: UpstreamOptions['transport']): void {
  describe(`${transport}: the answers of upstream`, () => {
    afterEach(() => {
      vi.unstubAllEnvs();
    });
    const faultyUpstream = (behaviour: Behaviour) => faultyUpstreamOf(behaviour, { transport });

    describe('an answer', () => {
      it('of DescribeDetector is read, with times in milliseconds', async () => {
        const { upstream } = await faultyUpstream(answering(200, { detector: { ...detector, unknownMember: [1] } }));
        expect(await describeDetector(upstream)).toEqual({
          detectorModelName: 'motor',
          keyValue: 'a:b',
          detectorModelVersion: '1',
          stateName: 'Normal',
          variables: [{ name: 'v', value: '20.0' }],
          timers: [{ name: 't', timestamp: new Date(3250) }],
          creationTime: new Date(1500),
          lastUpdateTime: new Date(2000),
        });
      });

      it('of a list has no nextToken at its end, whichever way that is written', async () => {
        for (const end of [{}, { nextToken: null }, { nextToken: '' }]) {
          const { upstream } = await faultyUpstream(answering(200, { detectorSummaries: [summary], ...end }));
          expect(await listDetectors(upstream)).toMatchObject({ items: [{ stateName: 'Normal' }], nextToken: null });
        }
      });

      it.each<[string, (upstream: Upstream) => Promise<unknown>, unknown]>([
        ['DescribeDetector without detector', describeDetector, {}],
        ['DescribeDetector in another shape', describeDetector, []],
        [
          'DescribeDetector with a number for a name',
          describeDetector,
          { detector: { ...detector, detectorModelName: 1 } },
        ],
        [
          'DescribeDetector with a number for a version',
          describeDetector,
          { detector: { ...detector, detectorModelVersion: 1 } },
        ],
        [
          'DescribeDetector without version',
          describeDetector,
          { detector: { ...detector, detectorModelVersion: undefined } },
        ],
        [
          'DescribeDetector without variables',
          describeDetector,
          { detector: { ...detector, state: { ...state, variables: null } } },
        ],
        [
          'DescribeDetector with a number for a value',
          describeDetector,
          { detector: { ...detector, state: { ...state, variables: [{ name: 'v', value: 20 }] } } },
        ],
        ['DescribeDetector without a time', describeDetector, { detector: { ...detector, lastUpdateTime: null } }],
        [
          'DescribeDetector with a time in milliseconds',
          describeDetector,
          { detector: { ...detector, lastUpdateTime: 1557520274405 } },
        ],
        [
          'DescribeDetector with a time before 1970',
          describeDetector,
          { detector: { ...detector, lastUpdateTime: -1 } },
        ],
        [
          'DescribeDetector with a text for a time',
          describeDetector,
          { detector: { ...detector, lastUpdateTime: '2026-01-01T00:00:00Z' } },
        ],
        ['ListDetectors without summaries', listDetectors, {}],
        ['ListDetectors with an object for a list', listDetectors, { detectorSummaries: {} }],
        [
          'ListDetectors with one bad entry',
          listDetectors,
          { detectorSummaries: [summary, { ...summary, state: 'Normal' }] },
        ],
        ['ListDetectors with a number for nextToken', listDetectors, { detectorSummaries: [], nextToken: 5 }],
        [
          'DescribeAlarm with an unknown state',
          describeAlarm,
          { alarm: { ...alarm, alarmState: { stateName: 'PANIC' } } },
        ],
        [
          'DescribeAlarm with an unknown action',
          describeAlarm,
          { alarm: { ...alarm, alarmState: { stateName: 'NORMAL', customerAction: { actionName: 'SHOUT' } } } },
        ],
        ['DescribeAlarm with a fraction for severity', describeAlarm, { alarm: { ...alarm, severity: 1.5 } }],
        ['DescribeAlarm without state', describeAlarm, { alarm: alarmHead }],
        ['ListAlarms without state', listAlarms, { alarmSummaries: [alarmHead] }],
        ['GetDeployments without deployments', getDeployments, {}],
        ['GetDeployments with an unknown type', getDeployments, { Deployments: [{ ...deployment, Type: 'MODEL' }] }],
        [
          'GetDeployments with an unknown state',
          getDeployments,
          { Deployments: [{ ...deployment, Definitions: [{ ...definition, State: 'X' }] }] },
        ],
        ['GetDeployments without name', getDeployments, { Deployments: [{ ...deployment, DeploymentName: null }] }],
        [
          'GetDeviceRegistration with a number for CacheTTL',
          getDeviceRegistration,
          { DeviceRegistration: 'Registered', CacheTTL: 3600 },
        ],
        ['GetDeviceRegistration without registration', getDeviceRegistration, { CacheTTL: '3600' }],
      ])('%s is a bad response, with its place in the message', async (_name, read, body) => {
        const { upstream, server } = await faultyUpstream(answering(200, body));
        const error = await failureOf(read(upstream));
        expect(error).toMatchObject({
          code: 'UPSTREAM_BAD_RESPONSE',
          upstream: { requestId: 'request-1', retryable: false },
        });
        expect(error.message).toMatch(/^\w+: In the answer, .*: .+$/);
        expect(server.requests).toHaveLength(1);
      });

      it('of GetDeployments and GetDeviceRegistration may leave out what is optional', async () => {
        const bare = { ModelHandle: 'h', State: 'UNDEPLOY' };
        const deployments = await faultyUpstream(
          answering(200, { Deployments: [{ ...deployment, Definitions: [bare] }] }),
        );
        expect(await getDeployments(deployments.upstream)).toMatchObject([
          { type: 'MODEL', definitions: [{ modelHandle: 'h', s3Url: null, checksum: null, state: 'UNDEPLOY' }] },
        ]);
        const registration = await faultyUpstream(answering(200, { DeviceRegistration: 'x' }));
        expect(await getDeviceRegistration(registration.upstream)).toEqual({
          deviceRegistration: 'x',
          cacheTtlSeconds: null,
        });
      });
    });

    describe('a request', () => {
      it('is signed for its service and region, and carries its arguments as AWS writes them', async () => {
        const { upstream, server } = await faultyUpstream(
          answering(200, { detectorSummaries: [], Deployments: [], detector }),
        );
        await listDetectors(upstream);
        await describeDetector(upstream);
        await getDeployments(upstream);
        const [list, one, deployments] = server.requests;
        expect(Object.fromEntries(new URL(list?.url ?? '', 'http://x').searchParams)).toEqual({
          stateName: 'A b',
          nextToken: 't==/+',
          maxResults: '7',
        });
        expect(list?.url).not.toContain('+');
        expect(one?.url).toMatch(/^\/detectors\/motor\/keyValues\/?\?keyValue=a%3Ab$/);
        expect(deployments).toMatchObject({ method: 'POST', url: '/GetDeployments' });
        expect(JSON.parse(deployments?.body ?? '')).toEqual({ DeviceName: 'd0', DeviceFleetName: 'demo' });
        expect(list?.headers.authorization).toMatch(
          /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/\d{8}\/eu-west-1\/ioteventsdata\//,
        );
        expect(deployments?.headers.authorization).toMatch(/Credential=AKIDTEST\/\d{8}\/eu-west-1\/sagemaker\//);
      });

      it('goes where the SDK’s own variables say when no endpoint is given', async () => {
        const edge = await startFaultyUpstream(answering(200, { Deployments: [] }));
        const events = await startFaultyUpstream(answering(200, { detector }));
        onTestFinished(() => Promise.all([edge.close(), events.close()]).then(() => undefined));
        vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_EDGE', edge.endpoint);
        vi.stubEnv('AWS_ENDPOINT_URL_IOT_EVENTS_DATA', events.endpoint);
        vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENV');
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
        vi.stubEnv('AWS_REGION', 'us-west-2');
        const upstream = createUpstream({
          sagemakerEdge: {},
          iotEventsData: {},
          sagemaker: null,
          iotEvents: null,
          deadlineMs: 5000,
          transport,
          clock: systemClock,
        });
        await getDeployments(upstream);
        await describeDetector(upstream);
        upstream.close();
        for (const [request] of [edge.requests, events.requests]) {
          expect(request?.headers.authorization).toMatch(/Credential=AKIDENV\/\d{8}\/us-west-2\//);
        }
      });
    });
  });
}
