import { describe, expect, it } from 'vitest';
import { type Answer, askControlPlanes, refusals } from '../gateway-client.ts';
import { answering, type Behaviour, byOperation, failing, operationOf } from '../upstream/faulty-upstream.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const NOW = NOW_MS / 1000;

/** The silence of each device in seconds, at a heartbeat a minute; null: never seen. */
function fleetOf(silences: readonly (number | null)[]) {
  return silences.map((silence, index) => ({
    DeviceName: `d${index}`,
    DeviceFleetName: 'demo',
    Description: `Device ${index}`,
    RegistrationTime: 1,
    ...(silence !== null && { LatestHeartbeat: NOW - silence, AgentVersion: '1.0' }),
    Models: [{ ModelName: 'anomaly', ModelVersion: '1.0' }],
  }));
}

/** ListDevices in pages, which are at most as large as asked for; a token is the place to go on from. */
function listing(devices: readonly object[]): Behaviour {
  return (request, response) => {
    const { NextToken = '0', MaxResults } = JSON.parse(request.body) as { NextToken?: string; MaxResults: number };
    const end = Number(NextToken) + MaxResults;
    answering(200, {
      DeviceSummaries: devices.slice(Number(NextToken), end),
      ...(end < devices.length && { NextToken: String(end) }),
    })(request, response);
  };
}

const description: Behaviour = (request, response) => {
  const { DeviceName } = JSON.parse(request.body) as { DeviceName: string };
  answering(200, {
    DeviceName,
    DeviceFleetName: 'demo',
    Description: 'Described',
    IotThingName: 'thing',
    RegistrationTime: 1,
    LatestHeartbeat: NOW - 10,
    AgentVersion: '1.0',
    Models: [{ ModelName: 'anomaly', ModelVersion: '1.0', LatestSampleTime: 2, LatestInference: 3 }],
  })(request, response);
};

const EVERYTHING = `deviceName description iotThingName registrationTime latestHeartbeat agentVersion presence
  models { modelName modelVersion latestSampleTime latestInference }`;

type Names = Answer<{
  devices: { nodes: { deviceName: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}>;

describe('a device of the registry', () => {
  it('is described with one call, however much is asked of it', async () => {
    const { ask } = await askControlPlanes(byOperation({ DescribeDevice: description }), NOW_MS);
    const { data, errors, extensions } = await ask(
      `{ a: device(deviceFleetName: "demo", deviceName: "d0") { ${EVERYTHING} }
         b: device(deviceFleetName: "demo", deviceName: "d0") { presence } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      a: {
        deviceName: 'd0',
        description: 'Described',
        iotThingName: 'thing',
        registrationTime: '1970-01-01T00:00:01.000Z',
        latestHeartbeat: '2025-12-31T23:59:50.000Z',
        agentVersion: '1.0',
        presence: 'ONLINE',
        models: [
          {
            modelName: 'anomaly',
            modelVersion: '1.0',
            latestSampleTime: '1970-01-01T00:00:02.000Z',
            latestInference: '1970-01-01T00:00:03.000Z',
          },
        ],
      },
      b: { presence: 'ONLINE' },
    });
    expect(extensions.upstreamCalls).toBe(1);
  });

  it('that is not registered is its identity, without an error', async () => {
    const { ask } = await askControlPlanes(failing(400, 'ResourceNotFound', 'none'));
    const { data, errors } = await ask(
      '{ device(deviceFleetName: "demo", deviceName: "nobody") { deviceName description presence models { modelName } } }',
    );
    expect(data).toEqual({ device: { deviceName: 'nobody', description: null, presence: null, models: null } });
    expect(errors).toBeUndefined();
  });

  it('loses only what the registry knows when the registry fails', async () => {
    const { ask } = await askControlPlanes(
      byOperation({
        DescribeDevice: failing(400, 'ValidationException', 'Not today'),
        GetDeployments: answering(200, { Deployments: [] }),
      }),
    );
    const { data, errors } = await ask(
      '{ device(deviceFleetName: "demo", deviceName: "d0") { deviceName presence deployments { deploymentName } } }',
    );
    expect(data).toEqual({ device: { deviceName: 'd0', presence: null, deployments: [] } });
    expect(errors).toMatchObject([
      {
        path: ['device', 'presence'],
        extensions: {
          code: 'UPSTREAM_REJECTED',
          upstream: { service: 'sagemaker', operation: 'DescribeDevice', retryable: false },
        },
      },
    ]);
  });

  it('is described anew after its heartbeat', async () => {
    const { ask, server } = await askControlPlanes(
      byOperation({ DescribeDevice: description, SendHeartbeat: answering(200, '') }),
    );
    const heartbeat = 'input: { deviceFleetName: "demo", deviceName: "d0", agentVersion: "1.0" }';
    await ask(`mutation {
      a: sendHeartbeat(${heartbeat}) { device { latestHeartbeat } }
      b: sendHeartbeat(${heartbeat}) { device { latestHeartbeat } }
    }`);
    expect(server.requests.map(operationOf)).toEqual([
      'SendHeartbeat',
      'DescribeDevice',
      'SendHeartbeat',
      'DescribeDevice',
    ]);
  });
});

describe('a list of devices', () => {
  it('of 24 with all that a list tells of them, presence too, costs one call', async () => {
    const devices = fleetOf(Array.from({ length: 24 }, () => 10));
    const { ask, server } = await askControlPlanes(byOperation({ ListDevices: listing(devices) }), NOW_MS);
    const { data, extensions } = await ask<{ devices: { nodes: unknown[] } }>(
      `{ devices(deviceFleetName: "demo") { nodes {
        deviceName deviceFleetName description iotThingName registrationTime latestHeartbeat agentVersion presence
        models { modelName modelVersion }
      } } }`,
    );
    expect(data.devices.nodes).toHaveLength(24);
    expect(data.devices.nodes[7]).toEqual({
      deviceName: 'd7',
      deviceFleetName: 'demo',
      description: 'Device 7',
      iotThingName: null,
      registrationTime: '1970-01-01T00:00:01.000Z',
      latestHeartbeat: '2025-12-31T23:59:50.000Z',
      agentVersion: '1.0',
      presence: 'ONLINE',
      models: [{ modelName: 'anomaly', modelVersion: '1.0' }],
    });
    expect(extensions.upstreamCalls).toBe(1);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ DeviceFleetName: 'demo', MaxResults: 50 });
  });

  it('costs one DescribeDevice more for each device whose models’ times are selected', async () => {
    const { ask } = await askControlPlanes(
      byOperation({ ListDevices: listing(fleetOf([1, 2, 3])), DescribeDevice: description }),
    );
    const { data, extensions } = await ask<{ devices: { nodes: { models: unknown[] }[] } }>(
      '{ devices { nodes { presence models { latestSampleTime latestInference } } } }',
    );
    expect(data.devices.nodes[2]?.models).toEqual([
      { latestSampleTime: '1970-01-01T00:00:02.000Z', latestInference: '1970-01-01T00:00:03.000Z' },
    ]);
    expect(extensions.upstreamCalls).toBe(4);
  });

  it('of more than the registry’s largest page is read page by page', async () => {
    const devices = fleetOf(Array.from({ length: 230 }, () => null));
    const { ask } = await askControlPlanes(byOperation({ ListDevices: listing(devices) }));
    const { data, extensions } = await ask<Names['data']>(
      '{ devices(first: 220) { nodes { deviceName } pageInfo { hasNextPage endCursor } } }',
    );
    expect(data.devices.nodes).toHaveLength(220);
    expect(data.devices.pageInfo.hasNextPage).toBe(true);
    expect(extensions.upstreamCalls).toBe(3);
    const rest = await ask<Names['data']>(
      'query ($after: String) { devices(first: 220, after: $after) { nodes { deviceName } pageInfo { hasNextPage } } }',
      { after: data.devices.pageInfo.endCursor },
    );
    expect(rest.data.devices.nodes.map(({ deviceName }) => deviceName)).toEqual(
      Array.from({ length: 10 }, (_, index) => `d${220 + index}`),
    );
    expect(rest.data.devices.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    ['ONLINE', ['d0', 'd4']],
    ['LATE', ['d1']],
    ['OFFLINE', ['d2', 'd5']],
    ['NEVER_SEEN', ['d3']],
  ])('with presence %s has those devices only', async (presence, names) => {
    const devices = fleetOf([60, 121, 181, null, 120, 9999]);
    const { ask } = await askControlPlanes(byOperation({ ListDevices: listing(devices) }), NOW_MS);
    const answer = await ask<Names['data']>(
      'query ($presence: DevicePresence) { devices(presence: $presence) { nodes { deviceName presence } } }',
      { presence },
    );
    expect(answer.data.devices.nodes).toEqual(names.map((deviceName) => ({ deviceName, presence })));
    expect(answer.extensions.upstreamCalls).toBe(1);
  });

  it('with a presence reads on until enough devices have it, ten calls at most, and its endCursor leads on', async () => {
    // The only device that is late is the last of 1050.
    const devices = fleetOf(Array.from({ length: 1050 }, (_, index) => (index === 1049 ? 150 : 10)));
    const { ask } = await askControlPlanes(byOperation({ ListDevices: listing(devices) }), NOW_MS);
    const query =
      'query ($after: String) { devices(presence: LATE, first: 1, after: $after) { nodes { deviceName } pageInfo { hasNextPage endCursor } } }';
    const first = await ask<Names['data']>(query);
    expect(first.data.devices).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true } });
    expect(first.extensions.upstreamCalls).toBe(10);
    const second = await ask<Names['data']>(query, { after: first.data.devices.pageInfo.endCursor });
    expect(second.data.devices).toMatchObject({ nodes: [{ deviceName: 'd1049' }], pageInfo: { hasNextPage: false } });
    expect(second.extensions.upstreamCalls).toBe(1);
  });

  it('refuses the cursor of a list with another presence, and a fleet name that is none, with nothing sent', async () => {
    const { ask, server } = await askControlPlanes(byOperation({ ListDevices: listing(fleetOf([10, 10])) }), NOW_MS);
    const page = await ask<Names['data']>('{ devices(first: 1) { nodes { deviceName } pageInfo { endCursor } } }');
    const sent = server.requests.length;
    const answer = await ask(
      `query ($after: String) {
        a: devices(presence: ONLINE, after: $after) { nodes { id } }
        b: devices(deviceFleetName: "not ok") { nodes { id } }
        c: devices(first: 251) { nodes { id } }
      }`,
      { after: page.data.devices.pageInfo.endCursor },
    );
    expect(refusals(answer)).toMatchObject({
      a: { code: 'BAD_USER_INPUT', argument: 'after' },
      b: { code: 'BAD_USER_INPUT', argument: 'deviceFleetName' },
      c: { code: 'BAD_USER_INPUT', argument: 'first' },
    });
    expect(server.requests).toHaveLength(sent);
  });
});

describe('fleets', () => {
  const ListDeviceFleets = answering(200, {
    DeviceFleetSummaries: [{ DeviceFleetName: 'demo', CreationTime: 1, LastModifiedTime: 2 }],
  });
  const DescribeDeviceFleet = answering(200, { DeviceFleetName: 'demo', Description: 'Presses' });
  const GetDeviceFleetReport = answering(200, { DeviceStats: { RegisteredDeviceCount: 24, ConnectedDeviceCount: 3 } });

  it('cost one call as summaries, and one more each for description, counts and devices', async () => {
    const { ask } = await askControlPlanes(
      byOperation({
        ListDeviceFleets,
        DescribeDeviceFleet,
        GetDeviceFleetReport,
        ListDevices: listing(fleetOf([10, null])),
      }),
      NOW_MS,
    );
    const summaries = await ask('{ deviceFleets { nodes { deviceFleetName creationTime lastModifiedTime } } }');
    expect(summaries).toMatchObject({
      data: {
        deviceFleets: {
          nodes: [
            {
              deviceFleetName: 'demo',
              creationTime: '1970-01-01T00:00:01.000Z',
              lastModifiedTime: '1970-01-01T00:00:02.000Z',
            },
          ],
        },
      },
      extensions: { upstreamCalls: 1 },
    });
    const whole = await ask(
      `{ deviceFleets { nodes { description registeredDeviceCount connectedDeviceCount
        devices(presence: NEVER_SEEN) { nodes { deviceName } } } } }`,
    );
    expect(whole).toMatchObject({
      data: {
        deviceFleets: {
          nodes: [
            {
              description: 'Presses',
              registeredDeviceCount: 24,
              connectedDeviceCount: 3,
              devices: { nodes: [{ deviceName: 'd1' }] },
            },
          ],
        },
      },
      extensions: { upstreamCalls: 4 },
    });
  });

  it('lose only the fields whose call failed', async () => {
    const { ask } = await askControlPlanes(
      byOperation({
        ListDeviceFleets,
        DescribeDeviceFleet,
        GetDeviceFleetReport: failing(400, 'ValidationException', ''),
      }),
    );
    const { data, errors } = await ask(
      '{ deviceFleets { nodes { deviceFleetName description registeredDeviceCount } } }',
    );
    expect(data).toEqual({
      deviceFleets: { nodes: [{ deviceFleetName: 'demo', description: 'Presses', registeredDeviceCount: null }] },
    });
    expect(errors).toMatchObject([
      { path: ['deviceFleets', 'nodes', 0, 'registeredDeviceCount'], extensions: { code: 'UPSTREAM_REJECTED' } },
    ]);
  });
});

describe('where upstream has no registry', () => {
  it('lists are NOT_CONFIGURED, a device’s fields are null, and everything else works', async () => {
    const { ask, server } = await askControlPlanes(
      byOperation({ GetDeployments: answering(200, { Deployments: [] }) }),
    );
    const query = `{
      devices { nodes { id } }
      deviceFleets { nodes { deviceFleetName } }
      device(deviceFleetName: "demo", deviceName: "d0") { presence description deployments { deploymentName } }
    }`;
    const answer = await ask(query);
    expect(answer.data).toEqual({
      devices: null,
      deviceFleets: null,
      device: { presence: null, description: null, deployments: [] },
    });
    const notConfigured = {
      devices: {
        code: 'NOT_CONFIGURED',
        message: 'ListDevices: Upstream has no sagemaker control plane, or one without this operation',
      },
      deviceFleets: {
        code: 'NOT_CONFIGURED',
        message: 'ListDeviceFleets: Upstream has no sagemaker control plane, or one without this operation',
      },
    };
    expect(refusals(answer)).toEqual(notConfigured);
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'NOT_CONFIGURED' });
    expect(answer.extensions.upstreamCalls).toBe(4);
    const again = await ask(query);
    expect([again.data, refusals(again), again.extensions.upstreamCalls]).toEqual([answer.data, notConfigured, 1]);
    expect(server.requests.map(operationOf).toSorted()).toEqual([
      'DescribeDevice',
      'GetDeployments',
      'GetDeployments',
      'ListDeviceFleets',
      'ListDevices',
    ]);
  });
});
