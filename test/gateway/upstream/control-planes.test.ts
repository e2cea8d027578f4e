import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { type Upstream, type UpstreamCall } from '../../../src/gateway/upstream/upstream.ts';
import { answering, type Behaviour, failing, inTurn } from './faulty-upstream.ts';
import { failureOf, faultyUpstream, freshCall, upstreamAt } from './with-upstream.ts';

afterEach(() => {
  vi.useRealTimers();
});

const DEVICE = { deviceFleetName: 'demo', deviceName: 'd0' };
const PAGE = { nextToken: 't==/+', maxResults: 7 };
const FIRST_PAGE = { nextToken: null, maxResults: 50 };

/** Every operation, with its answer on the wire and as it is read. */
const OPERATIONS: readonly {
  readonly name: string;
  readonly service: 'sagemaker' | 'iotevents';
  readonly read: (upstream: Upstream, call: UpstreamCall) => Promise<unknown>;
  readonly isList: boolean;
  /** Method and path, or the body. */
  readonly sends: unknown;
  readonly answer: object;
  readonly gives: unknown;
}[] = [
  {
    name: 'ListDevices',
    service: 'sagemaker',
    read: (upstream, call) => upstream.listDevices({ deviceFleetName: 'demo', ...PAGE }, call),
    isList: true,
    sends: { DeviceFleetName: 'demo', NextToken: 't==/+', MaxResults: 7 },
    answer: {
      DeviceSummaries: [
        {
          DeviceName: 'd0',
          DeviceFleetName: 'demo',
          DeviceArn: 'arn',
          Description: 'Press',
          IotThingName: 'thing',
          RegistrationTime: 1.5,
          LatestHeartbeat: 2,
          AgentVersion: '1.0',
          Models: [{ ModelName: 'anomaly', ModelVersion: '1.0' }],
        },
        { DeviceName: 'd1', DeviceFleetName: 'demo', DeviceArn: 'arn', LatestHeartbeat: null },
      ],
      NextToken: 'next',
    },
    gives: {
      items: [
        {
          ...DEVICE,
          description: 'Press',
          iotThingName: 'thing',
          registrationTime: new Date(1500),
          latestHeartbeat: new Date(2000),
          agentVersion: '1.0',
          models: [{ modelName: 'anomaly', modelVersion: '1.0' }],
        },
        {
          deviceFleetName: 'demo',
          deviceName: 'd1',
          description: null,
          iotThingName: null,
          registrationTime: null,
          latestHeartbeat: null,
          agentVersion: null,
          models: [],
        },
      ],
      nextToken: 'next',
    },
  },
  {
    name: 'DescribeDevice',
    service: 'sagemaker',
    read: (upstream, call) => upstream.describeDevice(DEVICE, call),
    isList: false,
    sends: { DeviceFleetName: 'demo', DeviceName: 'd0' },
    answer: {
      DeviceName: 'd0',
      DeviceFleetName: 'demo',
      RegistrationTime: 1,
      Models: [{ ModelName: 'anomaly', ModelVersion: '1.0', LatestSampleTime: 3.25 }],
    },
    gives: {
      ...DEVICE,
      description: null,
      iotThingName: null,
      registrationTime: new Date(1000),
      latestHeartbeat: null,
      agentVersion: null,
      models: [{ modelName: 'anomaly', modelVersion: '1.0', latestSampleTime: new Date(3250), latestInference: null }],
    },
  },
  {
    name: 'ListDeviceFleets',
    service: 'sagemaker',
    read: (upstream, call) => upstream.listDeviceFleets(FIRST_PAGE, call),
    isList: true,
    sends: { MaxResults: 50 },
    answer: {
      DeviceFleetSummaries: [{ DeviceFleetName: 'demo', DeviceFleetArn: 'arn', CreationTime: 1 }],
      NextToken: '',
    },
    gives: {
      items: [{ deviceFleetName: 'demo', creationTime: new Date(1000), lastModifiedTime: null }],
      nextToken: null,
    },
  },
  {
    name: 'DescribeDeviceFleet',
    service: 'sagemaker',
    read: (upstream, call) => upstream.describeDeviceFleet('demo', call),
    isList: false,
    sends: { DeviceFleetName: 'demo' },
    answer: { DeviceFleetName: 'demo', Description: 'Presses' },
    gives: { description: 'Presses' },
  },
  {
    name: 'GetDeviceFleetReport',
    service: 'sagemaker',
    read: (upstream, call) => upstream.getDeviceFleetReport('demo', call),
    isList: false,
    sends: { DeviceFleetName: 'demo' },
    answer: { DeviceFleetName: 'demo', DeviceStats: { RegisteredDeviceCount: 24, ConnectedDeviceCount: 3 } },
    gives: { registeredDeviceCount: 24, connectedDeviceCount: 3 },
  },
  {
    name: 'ListDetectorModels',
    service: 'iotevents',
    read: (upstream, call) => upstream.listDetectorModels(PAGE, call),
    isList: true,
    sends: 'GET /detector-models?nextToken=t%3D%3D%2F%2B&maxResults=7',
    answer: {
      detectorModelSummaries: [
        { detectorModelName: 'motor', detectorModelDescription: 'Motors', creationTime: 1 },
        { detectorModelName: 'single' },
      ],
      nextToken: 'next',
    },
    gives: {
      items: [
        { detectorModelName: 'motor', description: 'Motors', creationTime: new Date(1000) },
        { detectorModelName: 'single', description: null, creationTime: null },
      ],
      nextToken: 'next',
    },
  },
  {
    name: 'DescribeDetectorModel',
    service: 'iotevents',
    read: (upstream, call) => upstream.describeDetectorModel('motor', call),
    isList: false,
    sends: 'GET /detector-models/motor',
    answer: {
      detectorModel: {
        detectorModelConfiguration: {
          detectorModelName: 'motor',
          detectorModelVersion: '2',
          key: 'motorid',
          evaluationMethod: 'SERIAL',
          status: 'ACTIVE',
          lastUpdateTime: 2,
        },
        detectorModelDefinition: { initialStateName: 'A', states: [{ stateName: 'A', onEnter: null }] },
      },
    },
    gives: {
      detectorModelVersion: '2',
      key: 'motorid',
      evaluationMethod: 'SERIAL',
      status: 'ACTIVE',
      lastUpdateTime: new Date(2000),
      definition: { initialStateName: 'A', states: [{ stateName: 'A', onEnter: null }] },
    },
  },
  {
    name: 'ListAlarmModels',
    service: 'iotevents',
    read: (upstream, call) => upstream.listAlarmModels(FIRST_PAGE, call),
    isList: true,
    sends: 'GET /alarm-models?maxResults=50',
    answer: { alarmModelSummaries: [{ alarmModelName: 'hot', alarmModelDescription: 'Heat', creationTime: 1 }] },
    gives: {
      items: [{ alarmModelName: 'hot', description: 'Heat', creationTime: new Date(1000) }],
      nextToken: null,
    },
  },
  {
    name: 'DescribeAlarmModel',
    service: 'iotevents',
    read: (upstream, call) => upstream.describeAlarmModel('hot', call),
    isList: false,
    sends: 'GET /alarm-models/hot',
    answer: {
      alarmModelName: 'hot',
      alarmModelVersion: '1',
      severity: 3,
      status: 'ACTIVE',
      alarmRule: { simpleRule: { inputProperty: '$input.Heat.celsius' } },
      alarmNotification: null,
    },
    gives: {
      alarmModelVersion: '1',
      key: null,
      severity: 3,
      status: 'ACTIVE',
      lastUpdateTime: null,
      definition: { alarmRule: { simpleRule: { inputProperty: '$input.Heat.celsius' } } },
    },
  },
];

const notFound: Record<'sagemaker' | 'iotevents', Behaviour> = {
  sagemaker: failing(400, 'ResourceNotFound', 'No such thing'),
  iotevents: failing(404, 'ResourceNotFoundException', 'No such thing'),
};

describe.each(OPERATIONS)('$name', ({ name, service, read, isList, sends, answer, gives }) => {
  it('is asked and answered as AWS writes it', async () => {
    const { upstream, server } = await faultyUpstream(answering(200, answer));
    expect(await read(upstream, freshCall())).toEqual(gives);
    expect(server.requests).toHaveLength(1);
    const [{ method, url, headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect(headers.authorization).toMatch(new RegExp(`Credential=AKIDTEST/\\d{8}/eu-west-1/${service}/`));
    if (service === 'sagemaker') {
      expect(headers).toMatchObject({
        'x-amz-target': `SageMaker.${name}`,
        'content-type': 'application/x-amz-json-1.1',
      });
      expect([method, url, JSON.parse(body)]).toEqual(['POST', '/', sends]);
    } else expect(`${method} ${url}`).toBe(sends);
  });

  it('of what is not there is null, or NOT_FOUND for a list', async () => {
    const { upstream } = await faultyUpstream(notFound[service]);
    if (isList) {
      expect(await failureOf(read(upstream, freshCall()))).toMatchObject({
        code: 'NOT_FOUND',
        upstream: { service, operation: name, retryable: false },
        message: expect.stringMatching(/No such thing$/) as string,
      });
    } else expect(await read(upstream, freshCall())).toBeNull();
  });

  it.each<[string, Behaviour, string, boolean]>([
    ['429', failing(429, 'ThrottlingException', ''), 'UPSTREAM_THROTTLED', true],
    ['ThrottlingException with 400', failing(400, 'ThrottlingException', ''), 'UPSTREAM_THROTTLED', true],
    ['503', failing(503, 'ServiceUnavailableException', ''), 'UPSTREAM_UNAVAILABLE', true],
    ['400', failing(400, 'ValidationException', ''), 'UPSTREAM_REJECTED', false],
    ['403', failing(403, 'AccessDeniedException', ''), 'UPSTREAM_FORBIDDEN', false],
    ['an empty object', answering(200, {}), 'UPSTREAM_BAD_RESPONSE', false],
    ['a web page', answering(200, '<html>'), 'UPSTREAM_BAD_RESPONSE', false],
  ])('that gets %s fails with its own code', async (_name, behaviour, code, retryable) => {
    const { upstream } = await faultyUpstream(behaviour);
    const error = await failureOf(read(upstream, { ...freshCall(), retries: false }));
    expect(error).toMatchObject({ code, upstream: { service, operation: name, retryable } });
  });

  it('is repeated where that can help', async () => {
    const { upstream, server } = await faultyUpstream(inTurn(failing(500, '', ''), answering(200, answer)));
    expect(await read(upstream, freshCall())).toEqual(gives);
    expect(server.requests).toHaveLength(2);
  });

  it('without an endpoint is NOT_CONFIGURED, and nothing is sent', async () => {
    const { server } = await faultyUpstream(answering(200, answer));
    const error = await failureOf(read(upstreamAt(server.endpoint), freshCall()));
    expect(error).toMatchObject({ code: 'NOT_CONFIGURED', upstream: { retryable: false } });
    expect(error.message).toBe(`${name}: The ${service} control plane is not configured`);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['does not know it', failing(404, 'UnknownOperationException', '')],
    ['does not know it, in AWS’s own way', failing(400, 'UnknownOperationException', '')],
    ['is another server', answering(404, 'Not Found')],
  ])('where upstream %s is NOT_CONFIGURED, and not asked for again for a minute', async (_name, behaviour) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { upstream, server } = await faultyUpstream(inTurn(behaviour, answering(200, answer)));
    for (let turn = 0; turn < 3; turn += 1)
      expect(await failureOf(read(upstream, freshCall()))).toMatchObject({ code: 'NOT_CONFIGURED' });
    expect(server.requests).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(await read(upstream, freshCall())).toEqual(gives);
  });
});

test('an upstream without one operation is asked for the others', async () => {
  const { upstream } = await faultyUpstream((request, response) => {
    const isReport = request.headers['x-amz-target'] === 'SageMaker.GetDeviceFleetReport';
    (isReport
      ? failing(400, 'UnknownOperationException', '')
      : answering(200, { DeviceFleetName: 'demo', Description: 'Presses' }))(request, response);
  });
  const report = failureOf(upstream.getDeviceFleetReport('demo', freshCall()));
  expect(await report).toMatchObject({ code: 'NOT_CONFIGURED' });
  expect(await upstream.describeDeviceFleet('demo', freshCall())).toEqual({ description: 'Presses' });
});

test('all of a device’s models are read, however many pages they take', async () => {
  const page = (ModelName: string, NextToken?: string) =>
    answering(200, {
      DeviceName: 'd0',
      DeviceFleetName: 'demo',
      Models: [{ ModelName, ModelVersion: '1' }],
      NextToken,
    });
  const { upstream, server } = await faultyUpstream(inTurn(page('a', 'n1'), page('b', 'n2'), page('c')));
  const device = await upstream.describeDevice(DEVICE, freshCall());
  expect(device?.models.map(({ modelName }) => modelName)).toEqual(['a', 'b', 'c']);
  const tokens = server.requests.map(({ body }) => (JSON.parse(body) as { NextToken?: string }).NextToken);
  expect(tokens).toEqual([undefined, 'n1', 'n2']);
});

test.each<[string, (upstream: Upstream) => Promise<unknown>, object]>([
  ['a device without name', (upstream) => upstream.describeDevice(DEVICE, freshCall()), { DeviceFleetName: 'demo' }],
  [
    'a heartbeat in milliseconds',
    (upstream) => upstream.describeDevice(DEVICE, freshCall()),
    { DeviceName: 'd0', DeviceFleetName: 'demo', LatestHeartbeat: 1557520274405 },
  ],
  [
    'a negative count',
    (upstream) => upstream.getDeviceFleetReport('demo', freshCall()),
    { DeviceStats: { RegisteredDeviceCount: -1, ConnectedDeviceCount: 0 } },
  ],
  [
    'an unknown evaluation method',
    (upstream) => upstream.describeDetectorModel('motor', freshCall()),
    { detectorModel: { detectorModelConfiguration: { detectorModelVersion: '1', evaluationMethod: 'RANDOM' } } },
  ],
  [
    'a list for a definition',
    (upstream) => upstream.describeDetectorModel('motor', freshCall()),
    { detectorModel: { detectorModelConfiguration: { detectorModelVersion: '1' }, detectorModelDefinition: [] } },
  ],
  ['a number for a version', (upstream) => upstream.describeAlarmModel('hot', freshCall()), { alarmModelVersion: 1 }],
])('%s is a bad response, with its place in the message', async (_name, read, body) => {
  const { upstream } = await faultyUpstream(answering(200, body));
  const error = await failureOf(read(upstream));
  expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', upstream: { retryable: false } });
  expect(error.message).toMatch(/^\w+: In the answer, .*: .+$/);
});

test('the clients of the control planes are imported with their first call, not before', async () => {
  const program = `
    import { createRequire } from 'node:module';
    import { systemClock } from './src/clock.ts';
    import { createUpstream } from './src/gateway/upstream/create-upstream.ts';
    const { cache } = createRequire(process.cwd() + '/');
    const loaded = () => Object.keys(cache).map((file) => /client-(sagemaker|iot-events)\\//.exec(file)?.[1]).filter(Boolean);
    const service = { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
    const upstream = createUpstream({ sagemakerEdge: service, iotEventsData: service, sagemaker: service, iotEvents: service, deadlineMs: 2000, transport: 'lean', clock: systemClock });
    const call = { signal: new AbortController().signal, retries: false };
    const steps = [new Set(loaded())];
    await upstream.listDeviceFleets({ nextToken: null, maxResults: 1 }, call).catch(() => undefined);
    steps.push(new Set(loaded()));
    await upstream.listAlarmModels({ nextToken: null, maxResults: 1 }, call).catch(() => undefined);
    steps.push(new Set(loaded()));
    console.log(JSON.stringify(steps.map((step) => [...step].sort())));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(JSON.parse(stdout)).toEqual([[], ['sagemaker'], ['iot-events', 'sagemaker']]);
});
