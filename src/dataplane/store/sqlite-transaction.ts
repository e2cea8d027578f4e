import { type DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import {
  type DeploymentRow,
  type DetectorModelRow,
  type DetectorRow,
  type DetectorSummaryRow,
  type DeviceFleetRow,
  type DeviceRow,
  type HeartbeatRow,
  type InputRow,
  type Transaction,
} from './store.ts';

// What SELECT answers. The columns are named as the members of the port's rows, and STRICT tables keep their types, so a
// row needs a cast, not a mapping, except where a function below says otherwise.
type Row = Record<string, SQLOutputValue>;

type Part<Method extends keyof Transaction> = Pick<Transaction, Method>;

/** The port's statements, prepared once. They run in whatever transaction is open on the database. */
export function prepareTransaction(database: DatabaseSync): Transaction {
  return {
    ...prepareInputs(database),
    ...prepareDetectorModels(database),
    ...prepareDetectors(database),
    ...prepareMessages(database),
    ...prepareDevices(database),
    ...prepareDeployments(database),
  };
}

function prepareInputs(database: DatabaseSync): Part<'putInput' | 'listInputs'> {
  const put = database.prepare('INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)');
  const list = database.prepare('SELECT * FROM inputs ORDER BY inputName');
  return {
    putInput(input) {
      const { inputName, inputDescription, attributes, creationTimeMs, lastUpdateTimeMs } = input;
      put.run(inputName, inputDescription, JSON.stringify(attributes), creationTimeMs, lastUpdateTimeMs);
      return Promise.resolve();
    },
    listInputs: () => Promise.resolve(list.all().map(toInput)),
  };
}

function toInput(row: Row): InputRow {
  return { ...row, attributes: JSON.parse(row['attributes'] as string) as string[] } as unknown as InputRow;
}

function prepareDetectorModels(database: DatabaseSync): Part<'putDetectorModel' | 'listDetectorModels'> {
  const put = database.prepare('INSERT INTO detectorModels VALUES (?, ?, ?, ?, ?)');
  // Beside max() the other columns are those of the row that has it (SQLite, "Bare columns in an aggregate query").
  const list = database.prepare(`
    SELECT detectorModelName, max(detectorModelVersion) AS detectorModelVersion, request, creationTimeMs, lastUpdateTimeMs
    FROM detectorModels GROUP BY detectorModelName ORDER BY detectorModelName`);
  return {
    putDetectorModel(model) {
      const { detectorModelName, detectorModelVersion, request, creationTimeMs, lastUpdateTimeMs } = model;
      put.run(detectorModelName, detectorModelVersion, request, creationTimeMs, lastUpdateTimeMs);
      return Promise.resolve();
    },
    listDetectorModels: () => Promise.resolve(list.all() as unknown as DetectorModelRow[]),
  };
}

function prepareDetectors(
  database: DatabaseSync,
): Part<'getDetector' | 'putDetector' | 'deleteDetector' | 'deleteDetectors' | 'listDetectors'> {
  const summary = 'detectorModelName, keyValue, detectorModelVersion, stateName, creationTimeMs, lastUpdateTimeMs';
  const get = database.prepare('SELECT * FROM detectors WHERE detectorModelName = ? AND keyValue = ?');
  // Not INSERT OR REPLACE: that would delete and insert the row and both index entries for every message.
  const put = database.prepare(`
    INSERT INTO detectors (${summary}, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET detectorModelVersion = excluded.detectorModelVersion, stateName = excluded.stateName,
      creationTimeMs = excluded.creationTimeMs, lastUpdateTimeMs = excluded.lastUpdateTimeMs, snapshot = excluded.snapshot`);
  const deleteOne = database.prepare('DELETE FROM detectors WHERE detectorModelName = ? AND keyValue = ?');
  const deleteAll = database.prepare('DELETE FROM detectors WHERE detectorModelName = ?');
  const page = 'AND keyValue >= ? AND keyValue IS NOT ? ORDER BY keyValue LIMIT ?';
  const list = database.prepare(`SELECT ${summary} FROM detectors WHERE detectorModelName = ? ${page}`);
  const listInState = database.prepare(
    `SELECT ${summary} FROM detectors WHERE detectorModelName = ? AND stateName = ? ${page}`,
  );
  return {
    getDetector(detectorModelName, keyValue) {
      const row = get.get(detectorModelName, toKeyColumn(keyValue));
      return Promise.resolve(row === undefined ? null : (withKeyValue(row) as DetectorRow));
    },
    putDetector(detector) {
      const { detectorModelName, keyValue, detectorModelVersion, stateName } = detector;
      const { creationTimeMs, lastUpdateTimeMs, snapshot } = detector;
      const key = toKeyColumn(keyValue);
      put.run(detectorModelName, key, detectorModelVersion, stateName, creationTimeMs, lastUpdateTimeMs, snapshot);
      return Promise.resolve();
    },
    deleteDetector: (detectorModelName, keyValue) =>
      Promise.resolve(deleteOne.run(detectorModelName, toKeyColumn(keyValue)).changes !== 0),
    deleteDetectors: (detectorModelName) => Promise.resolve(Number(deleteAll.run(detectorModelName).changes)),
    listDetectors({ detectorModelName, stateName, afterKeyValue, limit }) {
      const from = toKeyColumn(afterKeyValue);
      const rows =
        stateName === null
          ? list.all(detectorModelName, from, afterKeyValue, limit)
          : listInState.all(detectorModelName, stateName, from, afterKeyValue, limit);
      return Promise.resolve(rows.map(withKeyValue));
    },
  };
}

function toKeyColumn(keyValue: string | null): string {
  return keyValue ?? '';
}

function withKeyValue(row: Row): DetectorSummaryRow {
  if (row['keyValue'] === '') row['keyValue'] = null;
  return row as unknown as DetectorSummaryRow;
}

function prepareMessages(database: DatabaseSync): Part<'acceptMessage' | 'forgetMessages'> {
  const accept = database.prepare(`
    INSERT INTO acceptedMessages VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET acceptedAtMs = excluded.acceptedAtMs WHERE acceptedAtMs < ?`);
  const forget = database.prepare(`
    DELETE FROM acceptedMessages WHERE (inputName, messageId) IN
      (SELECT inputName, messageId FROM acceptedMessages WHERE acceptedAtMs < ? ORDER BY acceptedAtMs LIMIT ?)`);
  return {
    acceptMessage: (inputName, messageId, nowMs, sinceMs) =>
      Promise.resolve(accept.run(inputName, messageId, nowMs, sinceMs).changes !== 0),
    forgetMessages: (beforeMs, limit) => Promise.resolve(Number(forget.run(beforeMs, limit).changes)),
  };
}

function prepareDevices(
  database: DatabaseSync,
): Part<
  'putDeviceFleet' | 'getDeviceFleet' | 'putDevice' | 'getDevice' | 'listDevices' | 'putHeartbeat' | 'getHeartbeat'
> {
  const putFleet = database.prepare('INSERT OR REPLACE INTO deviceFleets VALUES (?, ?, ?, ?)');
  const getFleet = database.prepare('SELECT * FROM deviceFleets WHERE deviceFleetName = ?');
  const putDevice = database.prepare('INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?, ?)');
  const getDevice = database.prepare('SELECT * FROM devices WHERE deviceFleetName = ? AND deviceName = ?');
  const listDevices = database.prepare('SELECT * FROM devices WHERE deviceFleetName = ? ORDER BY deviceName');
  const putHeartbeat = database.prepare('INSERT OR REPLACE INTO heartbeats VALUES (?, ?, ?, ?)');
  const getHeartbeat = database.prepare('SELECT * FROM heartbeats WHERE deviceFleetName = ? AND deviceName = ?');
  return {
    putDeviceFleet(fleet) {
      putFleet.run(fleet.deviceFleetName, fleet.request, fleet.creationTimeMs, fleet.lastModifiedTimeMs);
      return Promise.resolve();
    },
    getDeviceFleet: (deviceFleetName) =>
      Promise.resolve((getFleet.get(deviceFleetName) ?? null) as unknown as DeviceFleetRow | null),
    putDevice(device) {
      const { deviceFleetName, deviceName, description, iotThingName, registrationTimeMs } = device;
      putDevice.run(deviceFleetName, deviceName, description, iotThingName, registrationTimeMs);
      return Promise.resolve();
    },
    getDevice: (deviceFleetName, deviceName) =>
      Promise.resolve((getDevice.get(deviceFleetName, deviceName) ?? null) as unknown as DeviceRow | null),
    listDevices: (deviceFleetName) => Promise.resolve(listDevices.all(deviceFleetName) as unknown as DeviceRow[]),
    putHeartbeat(heartbeat) {
      putHeartbeat.run(heartbeat.deviceFleetName, heartbeat.deviceName, heartbeat.request, heartbeat.receivedAtMs);
      return Promise.resolve();
    },
    getHeartbeat: (deviceFleetName, deviceName) =>
      Promise.resolve((getHeartbeat.get(deviceFleetName, deviceName) ?? null) as unknown as HeartbeatRow | null),
  };
}

function prepareDeployments(
  database: DatabaseSync,
): Part<'putDeployment' | 'getDeployment' | 'listPendingDeployments'> {
  const columns = 'deviceFleetName, deviceName, deploymentName, definition, status, creationTimeMs';
  const put = database.prepare(`
    INSERT INTO deployments (${columns}) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET definition = excluded.definition, status = excluded.status,
      creationTimeMs = excluded.creationTimeMs`);
  const get = database.prepare(
    `SELECT ${columns} FROM deployments WHERE deviceFleetName = ? AND deviceName = ? AND deploymentName = ?`,
  );
  const listPending = database.prepare(`
    SELECT ${columns} FROM deployments WHERE deviceFleetName = ? AND deviceName = ? AND status = 'PENDING'
    ORDER BY sequence`);
  return {
    putDeployment(deployment) {
      const { deviceFleetName, deviceName, deploymentName, definition, status, creationTimeMs } = deployment;
      put.run(deviceFleetName, deviceName, deploymentName, definition, status, creationTimeMs);
      return Promise.resolve();
    },
    getDeployment: (deviceFleetName, deviceName, deploymentName) =>
      Promise.resolve(
        (get.get(deviceFleetName, deviceName, deploymentName) ?? null) as unknown as DeploymentRow | null,
      ),
    listPendingDeployments: (deviceFleetName, deviceName) =>
      Promise.resolve(listPending.all(deviceFleetName, deviceName) as unknown as DeploymentRow[]),
  };
}
