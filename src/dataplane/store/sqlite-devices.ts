import { type DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import {
  type DeploymentCount,
  type DeploymentRow,
  type DeviceRow,
  type DeviceWithHeartbeat,
  type HeartbeatRow,
  type Transaction,
} from './store.ts';

type Devices = Pick<
  Transaction,
  | 'putDevice'
  | 'getDevice'
  | 'listDevices'
  | 'listDevicesWithHeartbeat'
  | 'deleteDevice'
  | 'putHeartbeat'
  | 'getHeartbeat'
>;

type Deployments = Pick<
  Transaction,
  | 'putDeployment'
  | 'getDeployment'
  | 'listPendingDeployments'
  | 'listDeployments'
  | 'countDeployments'
  | 'deleteDeployments'
>;

/** The statements on devices, their heartbeats and their deployments. */
export function prepareDevices(database: DatabaseSync): Devices & Deployments {
  return { ...prepareRegistry(database), ...prepareDeployments(database) };
}

function prepareRegistry(database: DatabaseSync): Devices {
  const put = database.prepare('INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?, ?)');
  const get = database.prepare('SELECT * FROM devices WHERE deviceFleetName = ? AND deviceName = ?');
  const list = database.prepare('SELECT * FROM devices WHERE deviceFleetName = ? ORDER BY deviceName');
  const page = (where: string) =>
    database.prepare(`
      SELECT devices.*, heartbeats.request, heartbeats.receivedAtMs
      FROM devices LEFT JOIN heartbeats USING (deviceFleetName, deviceName)
      WHERE ${where} ORDER BY deviceFleetName, deviceName LIMIT ?`);
  const pageOfAll = page('(deviceFleetName, deviceName) > (?, ?)');
  const pageOfFleet = page('deviceFleetName = ? AND deviceName > ?');
  const deletions = ['heartbeats', 'deployments', 'devices'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE deviceFleetName = ? AND deviceName = ?`),
  );
  const putHeartbeat = database.prepare('INSERT OR REPLACE INTO heartbeats VALUES (?, ?, ?, ?)');
  const getHeartbeat = database.prepare('SELECT * FROM heartbeats WHERE deviceFleetName = ? AND deviceName = ?');
  return {
    putDevice({ deviceFleetName, deviceName, description, iotThingName, registrationTimeMs }) {
      put.run(deviceFleetName, deviceName, description, iotThingName, registrationTimeMs);
      return Promise.resolve();
    },
    getDevice: (deviceFleetName, deviceName) =>
      Promise.resolve((get.get(deviceFleetName, deviceName) ?? null) as unknown as DeviceRow | null),
    listDevices: (deviceFleetName) => Promise.resolve(list.all(deviceFleetName) as unknown as DeviceRow[]),
    listDevicesWithHeartbeat({ deviceFleetName, after, limit }) {
      // No name is empty.
      const afterName = after?.deviceName ?? '';
      const rows =
        deviceFleetName === null
          ? pageOfAll.all(after?.deviceFleetName ?? '', afterName, limit)
          : pageOfFleet.all(deviceFleetName, afterName, limit);
      return Promise.resolve(rows.map(toDeviceWithHeartbeat));
    },
    deleteDevice(deviceFleetName, deviceName) {
      const changes = deletions.map((statement) => statement.run(deviceFleetName, deviceName).changes);
      return Promise.resolve(changes.at(-1) !== 0);
    },
    putHeartbeat({ deviceFleetName, deviceName, request, receivedAtMs }) {
      putHeartbeat.run(deviceFleetName, deviceName, request, receivedAtMs);
      return Promise.resolve();
    },
    getHeartbeat: (deviceFleetName, deviceName) =>
      Promise.resolve((getHeartbeat.get(deviceFleetName, deviceName) ?? null) as unknown as HeartbeatRow | null),
  };
}

function toDeviceWithHeartbeat({ request, receivedAtMs, ...device }: Record<string, SQLOutputValue>) {
  const heartbeat = request === null ? null : { request, receivedAtMs };
  return { ...device, heartbeat } as unknown as DeviceWithHeartbeat;
}

function prepareDeployments(database: DatabaseSync): Deployments {
  const columns =
    'deviceFleetName, deviceName, deploymentName, stageName, definition, status, statusMessage, creationTimeMs';
  const put = database.prepare(`
    INSERT INTO deployments (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET stageName = excluded.stageName, definition = excluded.definition, status = excluded.status,
      statusMessage = excluded.statusMessage, creationTimeMs = excluded.creationTimeMs`);
  const get = database.prepare(
    `SELECT ${columns} FROM deployments WHERE deviceFleetName = ? AND deviceName = ? AND deploymentName = ?`,
  );
  const listPending = database.prepare(`
    SELECT ${columns} FROM deployments WHERE deviceFleetName = ? AND deviceName = ? AND status = 'PENDING'
    ORDER BY sequence`);
  const list = database.prepare(`SELECT ${columns} FROM deployments WHERE deploymentName = ? ORDER BY deviceName`);
  const count = database.prepare(`
    SELECT stageName, status, count(*) AS count FROM deployments WHERE deploymentName = ?
    GROUP BY stageName, status ORDER BY stageName, status`);
  const deleteAll = database.prepare('DELETE FROM deployments WHERE deploymentName = ?');
  const deleteOfStage = database.prepare('DELETE FROM deployments WHERE deploymentName = ? AND stageName = ?');
  return {
    putDeployment(deployment) {
      const { deviceFleetName, deviceName, deploymentName, stageName } = deployment;
      const { definition, status, statusMessage, creationTimeMs } = deployment;
      const identity = [deviceFleetName, deviceName, deploymentName, stageName];
      put.run(...identity, definition, status, statusMessage, creationTimeMs);
      return Promise.resolve();
    },
    getDeployment: (deviceFleetName, deviceName, deploymentName) =>
      Promise.resolve(
        (get.get(deviceFleetName, deviceName, deploymentName) ?? null) as unknown as DeploymentRow | null,
      ),
    listPendingDeployments: (deviceFleetName, deviceName) =>
      Promise.resolve(listPending.all(deviceFleetName, deviceName) as unknown as DeploymentRow[]),
    listDeployments: (deploymentName) => Promise.resolve(list.all(deploymentName) as unknown as DeploymentRow[]),
    countDeployments: (deploymentName) => Promise.resolve(count.all(deploymentName) as unknown as DeploymentCount[]),
    deleteDeployments(deploymentName, stageName) {
      if (stageName === null) deleteAll.run(deploymentName);
      else deleteOfStage.run(deploymentName, stageName);
      return Promise.resolve();
    },
  };
}
