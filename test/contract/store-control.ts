import { describe, expect, test } from 'vitest';
import { type DeploymentRow, type ResourceRow } from '../../src/dataplane/store/store.ts';
import { type StorePlace, useStore } from './store-place.ts';

/** The duties of the store port towards what the control planes make, run against real stores. */
export function describeControlStore(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(`${name}: the store's contract with the control planes`, () => {
    const { store, reopen } = useStore(createPlace);

    describe('resources of the control planes', () => {
      const put = (...members: Partial<ResourceRow>[]) =>
        store.transact(async (tx) => {
          for (const member of members) await tx.putResource(resource(member));
        });

      test('resources of a kind are listed by name in their highest version, by number and not by text', async () => {
        await put(...[1, 2, 9, 10].map((version) => ({ version })));
        await put({ name: 'area' }, { kind: 'alarmModel', name: 'other' });
        await reopen();
        expect(await store.transact((tx) => tx.listResources('detectorModel'))).toEqual([
          resource({ name: 'area' }),
          resource({ version: 10 }),
        ]);
        expect(await store.transact((tx) => tx.listResources('input'))).toEqual([]);
      });

      test('one version is read by its number, the highest without, and what is absent reads as null', async () => {
        await put({ version: 1, request: '{"old":1}' }, { version: 10 });
        const get = (name: string, version: number | null) =>
          store.transact((tx) => tx.getResource('detectorModel', name, version));
        expect(await get('motor', null)).toEqual(resource({ version: 10 }));
        expect(await get('motor', 1)).toEqual(resource({ version: 1, request: '{"old":1}' }));
        expect(await get('motor', 2)).toBeNull();
        expect(await get('Motor', null)).toBeNull();
      });

      test('putting a version again replaces every member of it', async () => {
        const changed = {
          request: '{"text":"\\u0000 ü 😀"}',
          tags: [{ key: '__proto__', value: '' }],
          creationTimeMs: 3,
          lastUpdateTimeMs: 4,
        };
        await put({ version: 1 }, { version: 2 });
        await put({ version: 1, ...changed });
        expect(await store.transact((tx) => tx.listResourceVersions('detectorModel', 'motor'))).toEqual([
          resource({ version: 1, ...changed }),
          resource({ version: 2 }),
        ]);
      });

      test('deleting takes all versions and tells whether there was one', async () => {
        await put({ version: 1 }, { version: 2 }, { name: 'motor2' }, { kind: 'alarmModel' });
        const remove = () => store.transact((tx) => tx.deleteResource('detectorModel', 'motor'));
        expect(await remove()).toBe(true);
        expect(await remove()).toBe(false);
        expect(await store.transact((tx) => tx.listResourceVersions('detectorModel', 'motor'))).toEqual([]);
        expect(await store.transact((tx) => tx.listResources('detectorModel'))).toEqual([resource({ name: 'motor2' })]);
        expect(await store.transact((tx) => tx.listResources('alarmModel'))).toHaveLength(1);
      });

      test('forgetting takes what is older, of one kind', async () => {
        await put({ name: 'old', creationTimeMs: 9 }, { name: 'new', creationTimeMs: 10 });
        await put({ kind: 'input', name: 'old', creationTimeMs: 9 });
        await store.transact((tx) => tx.forgetResources('detectorModel', 10));
        expect(await store.transact((tx) => tx.listResources('detectorModel'))).toMatchObject([{ name: 'new' }]);
        expect(await store.transact((tx) => tx.listResources('input'))).toHaveLength(1);
      });
    });

    describe('devices and deployments', () => {
      const device = { deviceFleetName: 'demo', description: null, iotThingName: 'thing', registrationTimeMs: 5 };

      test('devices and heartbeats are kept whole, and putting again replaces them', async () => {
        const heartbeat = {
          deviceFleetName: 'demo',
          deviceName: 'd1',
          request: '{"AgentVersion":"1"}',
          receivedAtMs: 9,
        };
        await store.transact(async (tx) => {
          await tx.putDevice({ ...device, deviceName: 'd2' });
          await tx.putDevice({ ...device, deviceName: 'd1', iotThingName: null });
          await tx.putDevice({ ...device, deviceName: 'd1' });
          await tx.putHeartbeat({ ...heartbeat, request: '{}' });
          await tx.putHeartbeat(heartbeat);
        });
        await reopen();
        await store.transact(async (tx) => {
          expect(await tx.getDevice('demo', 'd1')).toEqual({ ...device, deviceName: 'd1' });
          expect(await tx.getDevice('demo', 'd3')).toBeNull();
          expect(await tx.listDevices('demo')).toEqual([
            { ...device, deviceName: 'd1' },
            { ...device, deviceName: 'd2' },
          ]);
          expect(await tx.getHeartbeat('demo', 'd1')).toEqual(heartbeat);
          expect(await tx.getHeartbeat('demo', 'd2')).toBeNull();
        });
      });

      test('pending deployments come in the order they were first put, settled ones not at all', async () => {
        for (const deploymentName of ['z', 'm', 'a']) {
          await store.transact((tx) => tx.putDeployment(deployment({ deploymentName })));
        }
        await store.transact((tx) => tx.putDeployment(deployment({ deploymentName: 'm', status: 'FAILED' })));
        await store.transact((tx) => tx.putDeployment(deployment({ deploymentName: 'z', definition: '{"new":1}' })));
        await store.transact((tx) => tx.putDeployment(deployment({ deploymentName: 'other', deviceName: 'd2' })));
        await reopen();
        expect(await store.transact((tx) => tx.listPendingDeployments('demo', 'd1'))).toEqual([
          deployment({ deploymentName: 'z', definition: '{"new":1}' }),
          deployment({ deploymentName: 'a' }),
        ]);
        const settled = deployment({ deploymentName: 'm', status: 'FAILED' });
        expect(await store.transact((tx) => tx.getDeployment('demo', 'd1', 'm'))).toEqual(settled);
        expect(await store.transact((tx) => tx.getDeployment('demo', 'd1', 'x'))).toBeNull();
      });

      test('devices are paged by fleet and name, over all fleets or in one, each with its heartbeat', async () => {
        const heartbeat = { request: '{"AgentVersion":"1"}', receivedAtMs: 9 };
        const names = ['a/d2', 'a/d1', 'b/d0', 'b/d1'].map((name) => name.split('/') as [string, string]);
        await store.transact(async (tx) => {
          for (const [deviceFleetName, deviceName] of names) {
            await tx.putDevice({ ...device, deviceFleetName, deviceName });
          }
          await tx.putHeartbeat({ deviceFleetName: 'a', deviceName: 'd2', ...heartbeat });
        });
        const page = async (deviceFleetName: string | null, after: string | null, limit: number) => {
          const [fleet = '', name = ''] = after?.split('/') ?? [];
          const position = after === null ? null : { deviceFleetName: fleet, deviceName: name };
          const rows = await store.transact((tx) =>
            tx.listDevicesWithHeartbeat({ deviceFleetName, after: position, limit }),
          );
          return rows.map((row) => `${row.deviceFleetName}/${row.deviceName}`);
        };
        expect(await page(null, null, 3)).toEqual(['a/d1', 'a/d2', 'b/d0']);
        expect(await page(null, 'b/d0', 3)).toEqual(['b/d1']);
        expect(await page('b', null, 3)).toEqual(['b/d0', 'b/d1']);
        expect(await page('b', 'b/d0', 3)).toEqual(['b/d1']);
        const rows = await store.transact((tx) =>
          tx.listDevicesWithHeartbeat({ deviceFleetName: 'a', after: null, limit: 9 }),
        );
        expect(rows).toEqual([
          { ...device, deviceFleetName: 'a', deviceName: 'd1', heartbeat: null },
          { ...device, deviceFleetName: 'a', deviceName: 'd2', heartbeat },
        ]);
      });

      test('a device goes with its heartbeat and deployments', async () => {
        await store.transact(async (tx) => {
          for (const deviceName of ['d1', 'd2']) {
            await tx.putDevice({ ...device, deviceName });
            await tx.putHeartbeat({ deviceFleetName: 'demo', deviceName, request: '{}', receivedAtMs: 1 });
            await tx.putDeployment(deployment({ deviceName }));
          }
        });
        expect(await store.transact((tx) => tx.deleteDevice('demo', 'd1'))).toBe(true);
        expect(await store.transact((tx) => tx.deleteDevice('demo', 'd1'))).toBe(false);
        expect(await store.transact((tx) => tx.getHeartbeat('demo', 'd1'))).toBeNull();
        expect(await store.transact((tx) => tx.listDeployments('plan'))).toEqual([deployment({ deviceName: 'd2' })]);
        expect(await store.transact((tx) => tx.getHeartbeat('demo', 'd2'))).not.toBeNull();
      });

      test('deployments of a name are listed, counted by stage and status, and deleted by stage or all', async () => {
        const put = (members: Partial<DeploymentRow>) => store.transact((tx) => tx.putDeployment(deployment(members)));
        await put({ deviceName: 'd2', status: 'FAILED', statusMessage: 'no room' });
        await put({ deviceName: 'd1' });
        await put({ deviceName: 'd3' });
        await put({ deviceName: 'd4', stageName: 'second', status: 'STOPPED' });
        await put({ deviceName: 'd1', deploymentName: 'other' });
        const names = async () =>
          (await store.transact((tx) => tx.listDeployments('plan'))).map((row) => row.deviceName);
        expect(await names()).toEqual(['d1', 'd2', 'd3', 'd4']);
        expect(await store.transact((tx) => tx.countDeployments('plan'))).toEqual([
          { stageName: 'first', status: 'FAILED', count: 1 },
          { stageName: 'first', status: 'PENDING', count: 2 },
          { stageName: 'second', status: 'STOPPED', count: 1 },
        ]);
        await store.transact((tx) => tx.deleteDeployments('plan', 'first'));
        expect(await names()).toEqual(['d4']);
        await store.transact((tx) => tx.deleteDeployments('plan', null));
        expect(await names()).toEqual([]);
        expect(await store.transact((tx) => tx.listDeployments('other'))).toHaveLength(1);
      });
    });
  });
}

function resource(members: Partial<ResourceRow>): ResourceRow {
  const identity = { kind: 'detectorModel', name: 'motor', version: 1 } as const;
  const times = { creationTimeMs: 1, lastUpdateTimeMs: 2 };
  return { ...identity, request: '{"a":20.0}', tags: [{ key: 'b', value: 'c' }], ...times, ...members };
}

function deployment(members: Partial<DeploymentRow>): DeploymentRow {
  const device = { deviceFleetName: 'demo', deviceName: 'd1', deploymentName: 'plan', stageName: 'first' };
  const outcome = { status: 'PENDING', statusMessage: null } as const;
  return { ...device, definition: '{"old":1}', ...outcome, creationTimeMs: 1, ...members };
}
