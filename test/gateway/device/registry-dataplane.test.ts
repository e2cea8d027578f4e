import { describe, expect, it } from 'vitest';
import { askDataplane } from '../gateway-client.ts';

describe('the data plane as registry', () => {
  const heartbeat = `mutation { sendHeartbeat(input: {
    deviceFleetName: "demo", deviceName: "d0", agentVersion: "1.20210512"
    models: [{ modelName: "anomaly", modelVersion: "1.0", latestInference: "2025-12-31T23:59:00.000Z" }]
  }) { device { presence agentVersion latestHeartbeat models { modelName modelVersion latestSampleTime latestInference } } } }`;

  it('shows a device’s heartbeat at once, and how it falls silent', async () => {
    const { ask, dataplane } = await askDataplane({}, { controlPlanes: true });
    const query =
      '{ devices(deviceFleetName: "demo") { nodes { deviceName registrationTime presence agentVersion models { modelName } } } }';
    const before = await ask(query);
    const bare = {
      registrationTime: '2026-01-01T00:00:00.000Z',
      presence: 'NEVER_SEEN',
      agentVersion: null,
      models: [],
    };
    expect(before.errors).toBeUndefined();
    expect(before.data).toEqual({
      devices: {
        nodes: [
          { deviceName: 'd0', ...bare },
          { deviceName: 'd1', ...bare },
        ],
      },
    });
    expect(before.extensions.upstreamCalls).toBe(1);
    dataplane.clock.advance(1000);
    expect((await ask(heartbeat)).data).toEqual({
      sendHeartbeat: {
        device: {
          presence: 'ONLINE',
          agentVersion: '1.20210512',
          latestHeartbeat: '2026-01-01T00:00:01.000Z',
          models: [
            {
              modelName: 'anomaly',
              modelVersion: '1.0',
              latestSampleTime: null,
              latestInference: '2025-12-31T23:59:00.000Z',
            },
          ],
        },
      },
    });
    for (const [silentMs, presence] of [
      [60_000, 'ONLINE'],
      [61_000, 'LATE'],
      [60_000, 'OFFLINE'],
    ] as const) {
      dataplane.clock.advance(silentMs);
      const { data } = await ask<{ devices: { nodes: object[] } }>(
        'query ($presence: DevicePresence) { devices(presence: $presence) { nodes { deviceName } } }',
        { presence },
      );
      expect(data.devices.nodes).toEqual([{ deviceName: 'd0' }]);
    }
  });

  it('shows fleets with their counts and devices', async () => {
    const { ask } = await askDataplane({}, { controlPlanes: true });
    await ask(heartbeat);
    const { data, errors } = await ask(
      `{ deviceFleets { nodes { deviceFleetName creationTime registeredDeviceCount connectedDeviceCount
        devices(presence: ONLINE) { nodes { deviceName } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      deviceFleets: {
        nodes: [
          {
            deviceFleetName: 'demo',
            creationTime: '2026-01-01T00:00:00.000Z',
            registeredDeviceCount: 2,
            connectedDeviceCount: 1,
            devices: { nodes: [{ deviceName: 'd0' }] },
          },
        ],
      },
    });
  });

  it('does not know a device that is not registered, or not in that fleet', async () => {
    const { ask } = await askDataplane({}, { controlPlanes: true });
    const answer = await ask(`{
      a: device(deviceFleetName: "demo", deviceName: "nobody") { presence }
      b: device(deviceFleetName: "nowhere", deviceName: "d0") { presence }
    }`);
    expect(answer.data).toEqual({ a: { presence: null }, b: { presence: null } });
    expect(answer.errors).toBeUndefined();
  });
});
