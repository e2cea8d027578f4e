/**
 * The schema of the SQLite store, one entry for each version, oldest first: entry n leads from `user_version` n to n + 1.
 * Entries that were released are never changed. A detector without key has the keyValue '', which no real key can be.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE resources (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    request TEXT NOT NULL,
    tags TEXT NOT NULL, -- JSON array of { key, value }
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL,
    PRIMARY KEY (kind, name, version)
  ) STRICT;

  CREATE TABLE detectors (
    detectorModelName TEXT NOT NULL,
    keyValue TEXT NOT NULL,
    detectorModelVersion TEXT NOT NULL,
    stateName TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL,
    nextTimerMs INTEGER, -- NULL: no timer runs
    snapshot TEXT NOT NULL,
    PRIMARY KEY (detectorModelName, keyValue)
  ) STRICT;
  CREATE INDEX detectorsByState ON detectors (detectorModelName, stateName, keyValue);
  CREATE INDEX detectorsByTimer ON detectors (nextTimerMs, detectorModelName, keyValue) WHERE nextTimerMs IS NOT NULL;

  CREATE TABLE alarms (
    alarmModelName TEXT NOT NULL,
    keyValue TEXT NOT NULL,
    alarmModelVersion TEXT NOT NULL,
    stateName TEXT NOT NULL,
    creationTimeMs INTEGER NOT NULL,
    lastUpdateTimeMs INTEGER NOT NULL,
    nextTimerMs INTEGER,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (alarmModelName, keyValue)
  ) STRICT;
  CREATE INDEX alarmsByTimer ON alarms (nextTimerMs, alarmModelName, keyValue) WHERE nextTimerMs IS NOT NULL;

  CREATE TABLE acceptedMessages (
    inputName TEXT NOT NULL,
    messageId TEXT NOT NULL,
    acceptedAtMs INTEGER NOT NULL,
    missedModels TEXT, -- JSON array of names; NULL: the message has reached every model
    PRIMARY KEY (inputName, messageId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX acceptedMessagesByTime ON acceptedMessages (acceptedAtMs);

  CREATE TABLE effects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they are performed within a source
    source TEXT NOT NULL,
    effect TEXT NOT NULL,
    hops INTEGER NOT NULL,
    attempts INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX effectsBySource ON effects (source, sequence);

  CREATE TABLE deadLetters (
    sequence INTEGER PRIMARY KEY, -- the one that it had among the effects
    source TEXT NOT NULL,
    effect TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    diedAtMs INTEGER NOT NULL
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
    stageName TEXT NOT NULL,
    definition TEXT NOT NULL,
    status TEXT NOT NULL,
    statusMessage TEXT,
    creationTimeMs INTEGER NOT NULL,
    UNIQUE (deviceFleetName, deviceName, deploymentName)
  ) STRICT;
  CREATE INDEX deploymentsByName ON deployments (deploymentName, stageName, status);
  `,
];
