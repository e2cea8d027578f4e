import { describe, expect, it } from 'vitest';
import { askDataplane, askFaulty, refusals } from '../gateway-client.ts';
import { answering, failing, resetting } from '../upstream/faulty-upstream.ts';

const REGISTRY_FIELDS =
  'description iotThingName registrationTime latestHeartbeat agentVersion models { modelName } presence';

describe('a device', () => {
  it('is an identity that costs no call, its registry fields null', async () => {
    const { ask } = await askDataplane();
    const { data, errors, extensions } = await ask(
      `{ device(deviceFleetName: "demo", deviceName: "any") { deviceFleetName deviceName ${REGISTRY_FIELDS} } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      device: {
        deviceFleetName: 'demo',
        deviceName: 'any',
        description: null,
        iotThingName: null,
        registrationTime: null,
        latestHeartbeat: null,
        agentVersion: null,
        models: null,
        presence: null,
      },
    });
    expect(extensions.upstreamCalls).toBe(0);
  });

  it('has a registration and deployments, each for one call', async () => {
    const { ask } = await askDataplane();
    const { data, extensions } = await ask(`{
      device(deviceFleetName: "demo", deviceName: "d0") {
        registration { deviceRegistration isRegistered cacheTtlSeconds }
        deployments { deploymentName type failureHandlingPolicy definitions { modelHandle s3Url checksum { type sum } state } }
      }
    }`);
    expect(data).toEqual({
      device: {
        registration: { deviceRegistration: 'Registered', isRegistered: true, cacheTtlSeconds: 3600 },
        deployments: [
          {
            deploymentName: 'rollout',
            type: 'MODEL',
            failureHandlingPolicy: 'ROLLBACK_ON_FAILURE',
            definitions: [
              {
                modelHandle: 'handle',
                s3Url: 's3://bucket/models/anomaly-1.0.tar.gz',
                checksum: { type: 'SHA1', sum: 'a41afb43fec956768913512bd173e6d3dec45eef' },
                state: 'DEPLOY',
              },
            ],
          },
        ],
      },
    });
    expect(extensions.upstreamCalls).toBe(2);
  });

  it.each([
    ['Registered', '3600', true, 3600],
    ['ACTIVE', '0', true, 0],
    ['true', '1.5', true, null],
    ['NotRegistered', 'an hour', false, null],
    ['registered ', '99999999999', false, null],
  ])('whose registration is %j for %j', async (deviceRegistration, cacheTtl, isRegistered, cacheTtlSeconds) => {
    const { ask } = await askFaulty(answering(200, { DeviceRegistration: deviceRegistration, CacheTTL: cacheTtl }));
    const { data } = await ask(
      '{ device(deviceFleetName: "f", deviceName: "d") { registration { deviceRegistration isRegistered cacheTtlSeconds } } }',
    );
    expect(data).toEqual({ device: { registration: { deviceRegistration, isRegistered, cacheTtlSeconds } } });
  });

  it('loses only the field whose call failed', async () => {
    const { ask } = await askFaulty((request, response) => {
      const isRegistration = request.url.endsWith('/GetDeviceRegistration');
      (isRegistration ? failing(500, 'InternalServiceException', 'x') : answering(200, { Deployments: [] }))(
        request,
        response,
      );
    });
    const { data, errors } = await ask(
      '{ device(deviceFleetName: "f", deviceName: "d") { deviceName registration { isRegistered } deployments { deploymentName } } }',
    );
    expect(data).toEqual({ device: { deviceName: 'd', registration: null, deployments: [] } });
    expect(errors).toMatchObject([
      {
        path: ['device', 'registration'],
        extensions: {
          code: 'UPSTREAM_FAILURE',
          upstream: {
            service: 'sagemaker-edge',
            operation: 'GetDeviceRegistration',
            requestId: 'request-1',
            retryable: true,
          },
        },
      },
    ]);
  });

  it('is joined with its detectors by the key template, both ways', async () => {
    const { ask } = await askDataplane({ keyTemplate: '{deviceFleetName}:{deviceName}' });
    await ask(`mutation { putMessages(input: { messages: [
      { inputName: "PressureInput", payload: { motorid: "demo:d0", sensorData: { pressure: 80 } } }
    ] }) { results { ok } } }`);
    const { data, errors } = await ask(`{
      d0: device(deviceFleetName: "demo", deviceName: "d0") {
        detector(detectorModelName: "motor") { keyValue device(deviceFleetName: "demo") { deviceName } other: device(deviceFleetName: "other") { deviceName } }
        detectors { keyValue }
        both: detectors(detectorModelNames: ["motor", "single", "motor"]) { detectorModelName }
        none: detector(detectorModelName: "nowhere") { keyValue }
      }
      d1: device(deviceFleetName: "demo", deviceName: "d1") { detector(detectorModelName: "motor") { keyValue } detectors { keyValue } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      d0: {
        detector: { keyValue: 'demo:d0', device: { deviceName: 'd0' }, other: null },
        detectors: [{ keyValue: 'demo:d0' }],
        both: [{ detectorModelName: 'motor' }],
        none: null,
      },
      d1: { detector: null, detectors: [] },
    });
  });

  it('whose key would be no keyValue has no detector, at no cost', async () => {
    const { ask } = await askDataplane({ keyTemplate: '{deviceName} {deviceName}' });
    const answer = await ask(
      '{ device(deviceFleetName: "demo", deviceName: "d0") { detector(detectorModelName: "motor") { id } detectors { id } } }',
    );
    expect(answer).toMatchObject({
      data: { device: { detector: null, detectors: [] } },
      extensions: { upstreamCalls: 0 },
    });
  });
});

describe('fields of devices', () => {
  it('are refused for arguments that break a rule, and where the registry is needed', async () => {
    const { ask, server } = await askFaulty(resetting);
    const answer = await ask(`{
      device(deviceFleetName: "f", deviceName: "d") {
        a: detectors(detectorModelNames: []) { id }
        b: detectors(detectorModelNames: ["ok", "not ok"]) { id }
        c: alarms { id }
        d: detector(detectorModelName: "") { id }
      }
      devices { nodes { id } }
      deviceFleets { nodes { deviceFleetName } }
    }`);
    expect(refusals(answer)).toMatchObject({
      'device.a': { code: 'BAD_USER_INPUT', argument: 'detectorModelNames' },
      'device.b': { argument: 'detectorModelNames[1]' },
      'device.c': { code: 'BAD_USER_INPUT', argument: 'alarmModelNames' },
      'device.d': { argument: 'detectorModelName' },
      devices: { code: 'NOT_CONFIGURED' },
      deviceFleets: { code: 'NOT_CONFIGURED' },
    });
    const device = await ask('{ device(deviceFleetName: "f", deviceName: "d-") { id } }');
    expect(refusals(device)).toMatchObject({ device: { code: 'BAD_USER_INPUT', argument: 'deviceName' } });
    expect(server.requests).toEqual([]);
  });
});

describe('sendHeartbeat', () => {
  const mutation =
    'mutation ($input: SendHeartbeatInput!) { sendHeartbeat(input: $input) { device { deviceName deployments { deploymentName } } } }';
  const heartbeat = { deviceFleetName: 'demo', deviceName: 'd0', agentVersion: '1.20210512' };

  it('ends a deployment, and what is read after it knows', async () => {
    const { ask } = await askDataplane();
    const before = await ask(mutation, { input: heartbeat });
    expect(before.data).toEqual({
      sendHeartbeat: { device: { deviceName: 'd0', deployments: [{ deploymentName: 'rollout' }] } },
    });
    const deploymentResult = { deploymentName: 'rollout', deploymentStatus: 'SUCCESS' };
    const after = await ask(mutation, { input: { ...heartbeat, deploymentResult } });
    expect(after).toMatchObject({ data: { sendHeartbeat: { device: { deployments: [] } } } });
  });

  it('sends everything that was given, and nothing else', async () => {
    const { ask, server } = await askFaulty(answering(200, ''));
    const timestamp = '2026-01-01T00:00:00.000Z';
    await ask('mutation ($input: SendHeartbeatInput!) { sendHeartbeat(input: $input) { device { deviceName } } }', {
      input: {
        ...heartbeat,
        agentMetrics: [{ metricName: 'cpu-load', value: 0.5, timestamp }],
        models: [{ modelName: 'anomaly', modelVersion: '1.0', modelMetrics: [{ dimension: 'a/b' }] }],
        deploymentResult: {
          deploymentName: 'x',
          deploymentModels: [{ state: 'DEPLOY', status: 'FAIL', statusReason: 'full' }],
        },
      },
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      DeviceFleetName: 'demo',
      DeviceName: 'd0',
      AgentVersion: '1.20210512',
      AgentMetrics: [{ MetricName: 'cpu-load', Value: 0.5, Timestamp: 1767225600 }],
      Models: [{ ModelName: 'anomaly', ModelVersion: '1.0', ModelMetrics: [{ Dimension: 'a/b' }] }],
      DeploymentResult: {
        DeploymentName: 'x',
        DeploymentModels: [{ State: 'DEPLOY', Status: 'FAIL', StatusReason: 'full' }],
      },
    });
  });

  it('that may have been applied fails with a message that says so, and is not sent again', async () => {
    const { ask, server } = await askFaulty(resetting);
    const { data, errors } = await ask(mutation, { input: heartbeat });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['sendHeartbeat'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(errors?.[0]?.message).toMatch(/It may have been applied$/);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['input.agentVersion', { agentVersion: 'v-1' }],
    ['input.agentMetrics[0].metricName', { agentMetrics: [{ metricName: 'cpu' }] }],
    ['input.models[0].modelName', { models: [{ modelName: 'abc' }] }],
    ['input.models[0].modelMetrics[0].dimension', { models: [{ modelMetrics: [{ dimension: '/' }] }] }],
    ['input.deploymentResult.deploymentName', { deploymentResult: { deploymentName: 'a_b' } }],
    [
      'input.deploymentResult.deploymentModels[0].modelHandle',
      { deploymentResult: { deploymentModels: [{ modelHandle: '' }] } },
    ],
  ])('is refused for %s, with nothing sent', async (argument, members) => {
    const { ask, server } = await askFaulty(answering(200, ''));
    const answer = await ask(mutation, { input: { ...heartbeat, ...members } });
    expect(refusals(answer)).toMatchObject({ sendHeartbeat: { code: 'BAD_USER_INPUT', argument } });
    expect(server.requests).toEqual([]);
  });
});
