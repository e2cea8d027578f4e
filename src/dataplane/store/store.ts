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
  /** IN_USE: another process owns the store. Null: any other reason. */
  readonly code: 'IN_USE' | null;

  constructor(message: string, options: ErrorOptions & { readonly code?: 'IN_USE' } = {}) {
    super(message, options);
    this.code = options.code ?? null;
  }
}

/** At which level whoever was hit by an error logs it: the store itself tells why it fails, once for each cause. */
export function levelOfFault(error: unknown): 'debug' | 'error' {
  return error instanceof StoreError ? 'debug' : 'error';
}

/** What one transaction can read and write. Names, keys and texts are stored as they come; times are epoch ms. */
export interface Transaction {
  /** Adds a resource, or a version of one, or replaces it. */
  putResource(resource: ResourceRow): Promise<void>;
  /** `version` null: the highest. */
  getResource(kind: ResourceKind, name: string, version: number | null): Promise<ResourceRow | null>;
  /** The highest version of every resource of a kind, ordered by name. */
  listResources(kind: ResourceKind): Promise<readonly ResourceRow[]>;
  /** All versions of one resource, the lowest first. */
  listResourceVersions(kind: ResourceKind, name: string): Promise<readonly ResourceRow[]>;
  /** Deletes all versions; false: there was none. */
  deleteResource(kind: ResourceKind, name: string): Promise<boolean>;
  /** Deletes the resources of a kind that were created before. */
  forgetResources(kind: ResourceKind, beforeMs: number): Promise<void>;

  getDetector(detectorModelName: string, keyValue: string | null): Promise<DetectorRow | null>;
  putDetector(detector: DetectorRow): Promise<void>;
  /** False: there was none. */
  deleteDetector(detectorModelName: string, keyValue: string | null): Promise<boolean>;
  /** Deletes all detectors of a model and answers how many there were. */
  deleteDetectors(detectorModelName: string): Promise<number>;
  /** [ASSUMED A36c] Ordered by keyValue (its UTF-8 bytes), those after `afterKeyValue`, at most `limit`. */
  listDetectors(page: DetectorPage): Promise<readonly DetectorSummaryRow[]>;

  getAlarm(alarmModelName: string, keyValue: string | null): Promise<AlarmRow | null>;
  putAlarm(alarm: AlarmRow): Promise<void>;
  deleteAlarm(alarmModelName: string, keyValue: string | null): Promise<void>;
  /** Deletes all alarms of a model and answers how many there were. */
  deleteAlarms(alarmModelName: string): Promise<number>;
  /** Ordered by keyValue (its UTF-8 bytes), those after `afterKeyValue`, at most `limit`. */
  listAlarms(page: AlarmPage): Promise<readonly AlarmSummaryRow[]>;

  /** When the first timer of all detectors and alarms fires; null if none runs. */
  getNextTimerMs(): Promise<number | null>;
  /** The detectors and alarms whose next timer fires at or before `untilMs`, the earliest first, at most `limit`. */
  listDueTimers(untilMs: number, limit: number): Promise<readonly DueTimerRow[]>;
  /** Changes the nextTimerMs of a detector or alarm and nothing else. */
  putNextTimer(due: DueTimerRow): Promise<void>;

  /** Adds an effect behind all others and answers its sequence. */
  addEffect(effect: NewEffectRow): Promise<number>;
  /** The sources that have effects, in no order. */
  listEffectSources(): Promise<readonly string[]>;
  /** The oldest effects of a source in their order, at most `limit`. */
  listEffects(source: string, limit: number): Promise<readonly EffectRow[]>;
  putEffectAttempts(sequence: number, attempts: number): Promise<void>;
  deleteEffect(sequence: number): Promise<void>;
  /** Takes an effect from those to be performed to the dead letters. */
  buryEffect(sequence: number, attempts: number, reason: string, diedAtMs: number): Promise<void>;
  /** Ordered by sequence, those after `afterSequence`, at most `limit`. */
  listDeadLetters(afterSequence: number, limit: number): Promise<readonly DeadLetterRow[]>;
  /** The highest sequence of a dead letter; 0 if there is none. */
  getLastDeadLetter(): Promise<number>;
  /** Takes a dead letter back, behind all effects and as new; answers its source, null if there is no such letter. */
  reviveDeadLetter(sequence: number): Promise<string | null>;

  /** Records that a message was accepted; false if the same (inputName, messageId) was already, at or after `sinceMs`. */
  acceptMessage(inputName: string, messageId: string, nowMs: number, sinceMs: number): Promise<boolean>;
  /** Records which models an accepted message has not reached; an empty list: it has reached all. */
  putMissedModels(inputName: string, messageId: string, modelNames: readonly string[]): Promise<void>;
  listMissedModels(inputName: string, messageId: string): Promise<readonly string[]>;
  /** Forgets accepted messages older than `beforeMs`, at most `limit`; answers how many. */
  forgetMessages(beforeMs: number, limit: number): Promise<number>;

  putDevice(device: DeviceRow): Promise<void>;
  getDevice(deviceFleetName: string, deviceName: string): Promise<DeviceRow | null>;
  listDevices(deviceFleetName: string): Promise<readonly DeviceRow[]>;
  /** Ordered by fleet and name, those after `after`, at most `limit`, each with its last heartbeat. */
  listDevicesWithHeartbeat(page: DevicePage): Promise<readonly DeviceWithHeartbeat[]>;
  /** Deletes a device with its heartbeat and its deployments; false: there was none. */
  deleteDevice(deviceFleetName: string, deviceName: string): Promise<boolean>;
  /** Replaces the device's last heartbeat. */
  putHeartbeat(heartbeat: HeartbeatRow): Promise<void>;
  getHeartbeat(deviceFleetName: string, deviceName: string): Promise<HeartbeatRow | null>;
  putDeployment(deployment: DeploymentRow): Promise<void>;
  /** The deployments of one device that wait for its result, in the order they were put. */
  listPendingDeployments(deviceFleetName: string, deviceName: string): Promise<readonly DeploymentRow[]>;
  getDeployment(deviceFleetName: string, deviceName: string, deploymentName: string): Promise<DeploymentRow | null>;
  /** The deployments of one name, ordered by device. */
  listDeployments(deploymentName: string): Promise<readonly DeploymentRow[]>;
  /** How many deployments of one name there are in each stage and status. */
  countDeployments(deploymentName: string): Promise<readonly DeploymentCount[]>;
  /** Deletes the deployments of one name; of one stage only, unless it is null. */
  deleteDeployments(deploymentName: string, stageName: string | null): Promise<void>;
}

/** What the control planes make, other than devices. Names are unique within a kind. */
export type ResourceKind =
  | 'input'
  | 'detectorModel'
  | 'alarmModel'
  | 'detectorModelAnalysis'
  | 'loggingOptions'
  | 'deviceFleet'
  | 'edgePackagingJob'
  | 'edgeDeploymentPlan';

/** `request` is what the resource was made of, as JSON text; `version` is 1 for kinds that have no versions. */
export interface ResourceRow {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly version: number;
  readonly request: string;
  readonly tags: readonly ResourceTag[];
  readonly creationTimeMs: number;
  readonly lastUpdateTimeMs: number;
}

export interface ResourceTag {
  readonly key: string;
  readonly value: string;
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

/**
 * `snapshot` is the engine's snapshot as JSON text that keeps Integer and Decimal apart; nextTimerMs is when the first of its
 * timers fires, null if none runs.
 */
export interface DetectorRow extends DetectorSummaryRow {
  readonly nextTimerMs: number | null;
  readonly snapshot: string;
}

/** Which detectors to list. stateName null: in any state; afterKeyValue null: from the start. */
export interface DetectorPage {
  readonly detectorModelName: string;
  readonly stateName: string | null;
  readonly afterKeyValue: string | null;
  readonly limit: number;
}

/** What is known of an alarm without its snapshot. */
export interface AlarmSummaryRow {
  readonly alarmModelName: string;
  /** null: the model has no key. */
  readonly keyValue: string | null;
  readonly alarmModelVersion: string;
  readonly stateName: string;
  readonly creationTimeMs: number;
  readonly lastUpdateTimeMs: number;
}

/** `snapshot` and nextTimerMs as those of a detector. */
export interface AlarmRow extends AlarmSummaryRow {
  readonly nextTimerMs: number | null;
  readonly snapshot: string;
}

/** Which alarms to list. afterKeyValue null: from the start. */
export interface AlarmPage {
  readonly alarmModelName: string;
  readonly afterKeyValue: string | null;
  readonly limit: number;
}

/** A detector or an alarm with a timer that runs. */
export interface DueTimerRow {
  readonly kind: 'detector' | 'alarm';
  readonly modelName: string;
  readonly keyValue: string | null;
  readonly nextTimerMs: number;
}

/** `effect` is the engine's effect as JSON text; effects of one `source` are performed in their order. */
interface NewEffectRow {
  readonly source: string;
  readonly effect: string;
  /** How many iotEvents actions led to it, one after the other. */
  readonly hops: number;
}

/** An effect that waits to be performed; `attempts` have failed so far. */
export interface EffectRow extends NewEffectRow {
  readonly sequence: number;
  readonly attempts: number;
}

/** An effect that was given up. */
export interface DeadLetterRow {
  readonly sequence: number;
  readonly source: string;
  readonly effect: string;
  readonly attempts: number;
  readonly reason: string;
  readonly diedAtMs: number;
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

/** Which devices to list. deviceFleetName null: in all fleets; after null: from the start. */
interface DevicePage {
  readonly deviceFleetName: string | null;
  readonly after: Pick<DeviceRow, 'deviceFleetName' | 'deviceName'> | null;
  readonly limit: number;
}

/** `heartbeat` null: it has sent none. */
export interface DeviceWithHeartbeat extends DeviceRow {
  readonly heartbeat: Pick<HeartbeatRow, 'request' | 'receivedAtMs'> | null;
}

/** A device's part in a started stage of a deployment plan. `definition` is the GetDeployments entry (EdgeDeployment) as JSON text. */
export interface DeploymentRow {
  readonly deviceFleetName: string;
  readonly deviceName: string;
  /** That of the plan. */
  readonly deploymentName: string;
  readonly stageName: string;
  readonly definition: string;
  readonly status: DeploymentStatus;
  /** The device's own words about its result. */
  readonly statusMessage: string | null;
  readonly creationTimeMs: number;
}

/** PENDING: the device has not told its result. STOPPED: nobody waits for it any more. */
type DeploymentStatus = 'PENDING' | 'DEPLOYED' | 'FAILED' | 'STOPPED';

export interface DeploymentCount {
  readonly stageName: string;
  readonly status: DeploymentStatus;
  readonly count: number;
}
