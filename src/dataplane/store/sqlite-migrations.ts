/**
 * The schema of the SQLite store, one entry for each version, oldest first: entry n leads from `user_version` n to n + 1.
 * Entries that were released are never changed. A detector without key has the keyValue '', which no real key can be.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE inputs (
    inputName TEXT PRIMARY KEY,
    inputDescription TEXT,
    attributes TEXT NOT NULL, -- JSON array of json paths
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE detectorModels (
    detectorModelName TEXT NOT NULL,
    detectorModelVersion INTEGER NOT NULL,
    request TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL,
    PRIMARY KEY (detectorModelName, detectorModelVersion)
  ) STRICT;

  CREATE TABLE detectors (
    detectorModelName TEXT NOT NULL,
    keyValue TEXT NOT NULL,
    detectorModelVersion TEXT NOT NULL,
    stateName TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (detectorModelName, keyValue)
  ) STRICT;
  CREATE INDEX detectorsByState ON detectors (detectorModelName, stateName, keyValue);

  CREATE TABLE acceptedMessages (
    inputName TEXT NOT NULL,
    messageId TEXT NOT NULL,
    acceptedAtMs INTEGER NOT NULL,
    PRIMARY KEY (inputName, messageId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX acceptedMessagesByTime ON acceptedMessages (acceptedAtMs);

  CREATE TABLE deviceFleets (
    deviceFleetName TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    lastModifiedTimeMs INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE devices (
    deviceFleetName TEXT NOT NULL,
    deviceName TEXT NOT NULL,
    description TEXT,
    iotThingName TEXT,
    registrationTimeMs INTEGER NOT NULL,
    PRIMARY KEY (deviceFleetName, deviceName)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE heartbeats (
    deviceFleetName TEXT NOT NULL,
    deviceName TEXT NOT NULL,
    request TEXT NOT NULL,
    receivedAtMs INTEGER NOT NULL,
    PRIMARY KEY (deviceFleetName, deviceName)
  ) STRICT;

  CREATE TABLE deployments (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they were put
    deviceFleetName TEXT NOT NULL,
    deviceName TEXT NOT NULL,
    deploymentName TEXT NOT NULL,
    definition TEXT NOT NULL,
    status TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    UNIQUE (deviceFleetName, deviceName, deploymentName)
  ) STRICT;
  `,
];
