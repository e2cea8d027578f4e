/**
 * The store port. `transact` runs `work` in one transaction and resolves after COMMIT, when everything that work wrote is
 * on disk; if work or COMMIT fails nothing of it is kept and `transact` rejects. Transactions see each other's effects in
 * the order in which `transact` was called. Work awaits nothing but the transaction's own methods. Concurrent calls may
 * share one COMMIT (group commit); one that fails never takes another with it.
 */
export interface Store {
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What one transaction can read and write. Names, keys and texts are stored as they come; times are epoch ms. */
export interface Transaction {
  putInput(input: InputRow): Promise<void>;
  listInputs(): Promise<readonly InputRow[]>;

  /** Adds a version; the highest version is the current one. */
  putDetectorModel(model: DetectorModelRow): Promise<void>;
  /** The current version of every model. */
  listDetectorModels(): Promise<readonly DetectorModelRow[]>;

  getDetector(detectorModelName: string, keyValue: string | null): Promise<DetectorRow | null>;
  putDetector(detector: DetectorRow): Promise<void>;
  /** False: there was none. */
  deleteDetector(detectorModelName: string, keyValue: string | null): Promise<boolean>;
  /** All detectors of a model, for a model's new version. Answers how many there were. */
  deleteDetectors(detectorModelName: string): Promise<number>;
  /** Ordered by keyValue (code units of UTF-8), those after `afterKeyValue`, at most `limit`. */
  listDetectors(page: DetectorPage): Promise<readonly DetectorSummaryRow[]>;

  /** Records that a message was accepted; false if the same (inputName, messageId) was already, at or after `sinceMs`. */
  acceptMessage(inputName: string, messageId: string, nowMs: number, sinceMs: number): Promise<boolean>;
  /** Forgets accepted messages older than `beforeMs`, at most `limit`; answers how many. */
  forgetMessages(beforeMs: number, limit: number): Promise<number>;

  putDeviceFleet(fleet: DeviceFleetRow): Promise<void>;
  getDeviceFleet(deviceFleetName: string): Promise<DeviceFleetRow | null>;
  putDevice(device: DeviceRow): Promise<void>;
  getDevice(deviceFleetName: string, deviceName: string): Promise<DeviceRow | null>;
  listDevices(deviceFleetName: string): Promise<readonly DeviceRow[]>;
  /** Replaces the device's last heartbeat. */
  putHeartbeat(heartbeat: HeartbeatRow): Promise<void>;
  getHeartbeat(deviceFleetName: string, deviceName: string): Promise<HeartbeatRow | null>;
  putDeployment(deployment: DeploymentRow): Promise<void>;
  /** The deployments of one device that wait for its result, in the order they were put. */
  listPendingDeployments(deviceFleetName: string, deviceName: string): Promise<readonly DeploymentRow[]>;
  getDeployment(deviceFleetName: string, deviceName: string, deploymentName: string): Promise<DeploymentRow | null>;
}

/** `attributes` are the declared json paths, as in CreateInput. */
export interface InputRow {
  readonly inputName: string;
  readonly inputDescription: string | null;
  readonly attributes: readonly string[];
  readonly creationTimeMs: number;
  readonly lastUpdateTimeMs: number;
}

/** `request` is the CreateDetectorModel request as JSON text, whole. */
export interface DetectorModelRow {
  readonly detectorModelName: string;
  readonly detectorModelVersion: number;
  readonly request: string;
  readonly creationTimeMs: number;
  readonly lastUpdateTimeMs: number;
}

export interface DetectorSummaryRow {
  readonly detectorModelName: string;
  /** null: the model has no key. */
  readonly keyValue: string | null;
  readonly detectorModelVersion: string;
  readonly stateName: string;
  readonly creationTimeMs: number;
  readonly lastUpdateTimeMs: number;
}

/** `snapshot` is the engine's snapshot as JSON text that keeps Integer and Decimal apart. */
export interface DetectorRow extends DetectorSummaryRow {
  readonly snapshot: string;
}

export interface DetectorPage {
  readonly detectorModelName: string;
  readonly stateName: string | null;
  readonly afterKeyValue: string | null;
  readonly limit: number;
}

export interface DeviceFleetRow {
  readonly deviceFleetName: string;
  readonly description: string | null;
  readonly creationTimeMs: number;
  readonly lastModifiedTimeMs: number;
}

export interface DeviceRow {
  readonly deviceFleetName: string;
  readonly deviceName: string;
  readonly description: string | null;
  readonly iotThingName: string | null;
  readonly registrationTimeMs: number;
}

/** `request` is the SendHeartbeat request as JSON text, whole. */
export interface HeartbeatRow {
  readonly deviceFleetName: string;
  readonly deviceName: string;
  readonly request: string;
  readonly receivedAtMs: number;
}

/** `definition` is the GetDeployments entry (EdgeDeployment) as JSON text. */
export interface DeploymentRow {
  readonly deviceFleetName: string;
  readonly deviceName: string;
  readonly deploymentName: string;
  readonly definition: string;
  readonly status: 'PENDING' | 'DEPLOYED' | 'FAILED';
  readonly creationTimeMs: number;
}
