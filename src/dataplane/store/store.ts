/** The store port. Reads go through `transact` too. */
export interface Store {
  /**
   * Runs `work` in one transaction and resolves with its result after COMMIT, when everything that it wrote is on disk.
   * Rejects with the error of `work`, or a StoreError, and nothing is kept. Transactions see each other's effects in the
   * order of the calls. Calls may share a COMMIT; work that throws takes no other with it. Work awaits only `tx`.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves after the transactions under way; those that come later reject. */
  close(): Promise<void>;
}

/** The store cannot do what was asked: disk, file, lock or version. The reason is in the message and in `cause`. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
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
  /** Deletes all detectors of a model and answers how many there were. */
  deleteDetectors(detectorModelName: string): Promise<number>;
  /** Ordered by keyValue (its UTF-8 bytes), those after `afterKeyValue`, at most `limit`. */
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

/** What is known of a detector without its snapshot. */
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

/** Which detectors to list. stateName null: in any state; afterKeyValue null: from the start. */
export interface DetectorPage {
  readonly detectorModelName: string;
  readonly stateName: string | null;
  readonly afterKeyValue: string | null;
  readonly limit: number;
}

/** `request` is the CreateDeviceFleet request as JSON text, whole. */
export interface DeviceFleetRow {
  readonly deviceFleetName: string;
  readonly request: string;
  readonly creationTimeMs: number;
  readonly lastModifiedTimeMs: number;
}

/** A device registered in a fleet. */
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
