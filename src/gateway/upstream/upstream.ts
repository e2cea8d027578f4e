/**
 * What the gateway asks of AWS's two data planes and two control planes: one function per operation, answers checked and in our
 * own types. Each function rejects with an UpstreamError (errors.ts) and nothing else, and stops when `call.signal` aborts.
 */
export interface Upstream {
  // SageMaker Edge Manager
  getDeviceRegistration(device: DeviceKey, call: UpstreamCall): Promise<DeviceRegistrationAnswer>;
  getDeployments(device: DeviceKey, call: UpstreamCall): Promise<readonly DeploymentAnswer[]>;
  sendHeartbeat(heartbeat: HeartbeatRequest, call: UpstreamCall): Promise<void>;

  // IoT Events Data: reads. Describe answers null for what is not there; a list on an unknown model is an UpstreamError.
  describeDetector(detector: DetectorKey, call: UpstreamCall): Promise<DetectorAnswer | null>;
  listDetectors(page: DetectorPageRequest, call: UpstreamCall): Promise<Page<DetectorSummaryAnswer>>;
  describeAlarm(alarm: AlarmKey, call: UpstreamCall): Promise<AlarmAnswer | null>;
  listAlarms(page: AlarmPageRequest, call: UpstreamCall): Promise<Page<AlarmSummaryAnswer>>;

  // IoT Events Data: mutations, at most 10 entries a call. They answer the entries that failed; all others succeeded.
  batchPutMessage(messages: readonly MessageRequest[], call: UpstreamCall): Promise<readonly EntryFailure[]>;
  batchUpdateDetector(
    detectors: readonly UpdateDetectorRequest[],
    call: UpstreamCall,
  ): Promise<readonly EntryFailure[]>;
  batchDeleteDetector(
    detectors: readonly DeleteDetectorRequest[],
    call: UpstreamCall,
  ): Promise<readonly EntryFailure[]>;
  batchAlarmAction(
    action: AlarmActionName,
    alarms: readonly AlarmActionRequest[],
    call: UpstreamCall,
  ): Promise<readonly EntryFailure[]>;

  // The control planes reject with code NOT_CONFIGURED where there is none. Describe answers null for what is not there.
  // SageMaker: the registry of fleets and devices; pages of at most 100
  listDevices(page: DevicePageRequest, call: UpstreamCall): Promise<Page<DeviceSummaryAnswer>>;
  describeDevice(device: DeviceKey, call: UpstreamCall): Promise<DeviceAnswer | null>;
  listDeviceFleets(page: PageRequest, call: UpstreamCall): Promise<Page<DeviceFleetSummaryAnswer>>;
  describeDeviceFleet(deviceFleetName: string, call: UpstreamCall): Promise<DeviceFleetAnswer | null>;
  getDeviceFleetReport(deviceFleetName: string, call: UpstreamCall): Promise<DeviceFleetReportAnswer | null>;
  // IoT Events: the models
  listDetectorModels(page: PageRequest, call: UpstreamCall): Promise<Page<DetectorModelSummaryAnswer>>;
  describeDetectorModel(detectorModelName: string, call: UpstreamCall): Promise<DetectorModelAnswer | null>;
  listAlarmModels(page: PageRequest, call: UpstreamCall): Promise<Page<AlarmModelSummaryAnswer>>;
  describeAlarmModel(alarmModelName: string, call: UpstreamCall): Promise<AlarmModelAnswer | null>;
}

/**
 * What belongs to one call: when it is to stop (the client has gone, or the operation's deadline has passed), and who
 * counts: `onRequest` hears of each request upstream, retries included, by the operation's AWS name.
 */
export interface UpstreamCall {
  readonly signal: AbortSignal;
  readonly onRequest?: (operation: string) => void;
  /** False where the caller itself tries again later; else a read is repeated where that can help. */
  readonly retries?: boolean;
  /** Present where the caller takes an answer from before, as far as the settings allow; it is told how old that is. */
  readonly onKept?: (ageMs: number) => void;
  /** Names what the caller may read: only reads of the same rights are shared. Absent: what everyone may. */
  readonly rights?: string;
}

export interface DeviceKey {
  readonly deviceFleetName: string;
  readonly deviceName: string;
}

/** keyValue null: the model has no key and this is its only detector. */
export interface DetectorKey {
  readonly detectorModelName: string;
  readonly keyValue: string | null;
}

/** keyValue null: the model has no key and this is its only alarm. */
export interface AlarmKey {
  readonly alarmModelName: string;
  readonly keyValue: string | null;
}

/** cacheTtlSeconds null: absent, or no whole number. */
export interface DeviceRegistrationAnswer {
  readonly deviceRegistration: string;
  readonly cacheTtlSeconds: number | null;
}

export interface DeploymentAnswer {
  readonly deploymentName: string;
  readonly type: 'MODEL';
  readonly failureHandlingPolicy: 'ROLLBACK_ON_FAILURE' | 'DO_NOTHING';
  readonly definitions: readonly ModelDefinitionAnswer[];
}

interface ModelDefinitionAnswer {
  readonly modelHandle: string;
  readonly s3Url: string | null;
  readonly checksum: { readonly type: 'SHA1'; readonly sum: string } | null;
  readonly state: 'DEPLOY' | 'UNDEPLOY';
}

export interface HeartbeatRequest extends DeviceKey {
  readonly agentVersion: string;
  readonly agentMetrics: readonly EdgeMetric[] | null;
  readonly models: readonly EdgeModel[] | null;
  readonly deploymentResult: DeploymentResult | null;
}

export interface EdgeMetric {
  readonly dimension: string | null;
  readonly metricName: string | null;
  readonly value: number | null;
  readonly timestamp: Date | null;
}

export interface EdgeModel {
  readonly modelName: string | null;
  readonly modelVersion: string | null;
  readonly latestSampleTime: Date | null;
  readonly latestInference: Date | null;
  readonly modelMetrics: readonly EdgeMetric[] | null;
}

export interface DeploymentResult {
  readonly deploymentName: string | null;
  readonly deploymentStatus: string | null;
  readonly deploymentStatusMessage: string | null;
  readonly deploymentStartTime: Date | null;
  readonly deploymentEndTime: Date | null;
  readonly deploymentModels: readonly DeploymentModel[] | null;
}

export interface DeploymentModel {
  readonly modelHandle: string | null;
  readonly modelName: string | null;
  readonly modelVersion: string | null;
  readonly desiredState: 'DEPLOY' | 'UNDEPLOY' | null;
  readonly state: 'DEPLOY' | 'UNDEPLOY' | null;
  readonly status: 'SUCCESS' | 'FAIL' | null;
  readonly statusReason: string | null;
  readonly rollbackFailureReason: string | null;
}

/** A ListDetectors entry: everything but variables and timers. */
export interface DetectorSummaryAnswer extends DetectorKey {
  readonly detectorModelVersion: string;
  readonly stateName: string;
  readonly creationTime: Date;
  readonly lastUpdateTime: Date;
}

/** A DescribeDetector answer. `value` is AWS's text form; `timestamp` is when the timer expires, or expired. */
export interface DetectorAnswer extends DetectorSummaryAnswer {
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly timers: readonly { readonly name: string; readonly timestamp: Date }[];
}

type AlarmStateName = 'DISABLED' | 'NORMAL' | 'ACTIVE' | 'ACKNOWLEDGED' | 'SNOOZE_DISABLED' | 'LATCHED';
export type AlarmActionName = 'SNOOZE' | 'ENABLE' | 'DISABLE' | 'ACKNOWLEDGE' | 'RESET';
type ComparisonOperator = 'GREATER' | 'GREATER_OR_EQUAL' | 'LESS' | 'LESS_OR_EQUAL' | 'EQUAL' | 'NOT_EQUAL';

/** A ListAlarms entry: everything but severity and what led to the state. */
export interface AlarmSummaryAnswer extends AlarmKey {
  readonly alarmModelVersion: string;
  readonly stateName: AlarmStateName;
  readonly creationTime: Date;
  readonly lastUpdateTime: Date;
}

/** A DescribeAlarm answer. */
export interface AlarmAnswer extends AlarmSummaryAnswer {
  readonly severity: number | null;
  readonly ruleEvaluation: {
    readonly inputPropertyValue: string | null;
    readonly operator: ComparisonOperator | null;
    readonly thresholdValue: string | null;
  } | null;
  readonly customerAction: {
    readonly actionName: AlarmActionName;
    readonly note: string | null;
    readonly snoozeDurationSeconds: number | null;
  } | null;
  readonly systemEvent: { readonly eventType: string; readonly triggerType: string | null } | null;
}

/** nextToken null: the list's first page. */
export interface PageRequest {
  readonly nextToken: string | null;
  readonly maxResults: number;
}

export interface DetectorPageRequest extends PageRequest {
  readonly detectorModelName: string;
  readonly stateName: string | null;
}

export interface AlarmPageRequest extends PageRequest {
  readonly alarmModelName: string;
}

/** deviceFleetName null: the devices of all fleets. */
export interface DevicePageRequest extends PageRequest {
  readonly deviceFleetName: string | null;
}

/** nextToken null: the list ends here. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | null;
}

export interface MessageRequest {
  readonly messageId: string;
  readonly inputName: string;
  readonly payload: Uint8Array;
  readonly timestamp: Date | null;
}

export interface UpdateDetectorRequest extends DetectorKey {
  readonly messageId: string;
  readonly stateName: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly timers: readonly { readonly name: string; readonly seconds: number }[];
}

export interface DeleteDetectorRequest extends DetectorKey {
  readonly messageId: string;
}

/** snoozeDurationSeconds is set exactly for SNOOZE. */
export interface AlarmActionRequest extends AlarmKey {
  readonly requestId: string;
  readonly note: string | null;
  readonly snoozeDurationSeconds: number | null;
}

/** One entry that upstream refused: its messageId or requestId, and AWS's error code and text. */
export interface EntryFailure {
  readonly id: string;
  readonly errorCode:
    | 'ResourceNotFoundException'
    | 'InvalidRequestException'
    | 'InternalFailureException'
    | 'ServiceUnavailableException'
    | 'ThrottlingException';
  readonly errorMessage: string;
}

/** A ListDevices entry: everything but when its models were last used. latestHeartbeat null: none came yet. */
export interface DeviceSummaryAnswer extends DeviceKey {
  readonly description: string | null;
  readonly iotThingName: string | null;
  readonly registrationTime: Date | null;
  readonly latestHeartbeat: Date | null;
  readonly agentVersion: string | null;
  readonly models: readonly { readonly modelName: string; readonly modelVersion: string }[];
}

/** A DescribeDevice answer. */
export interface DeviceAnswer extends DeviceSummaryAnswer {
  readonly models: readonly {
    readonly modelName: string;
    readonly modelVersion: string;
    readonly latestSampleTime: Date | null;
    readonly latestInference: Date | null;
  }[];
}

/** A ListDeviceFleets entry. */
export interface DeviceFleetSummaryAnswer {
  readonly deviceFleetName: string;
  readonly creationTime: Date | null;
  readonly lastModifiedTime: Date | null;
}

/** What DescribeDeviceFleet adds. */
export interface DeviceFleetAnswer {
  readonly description: string | null;
}

/** The counts of a GetDeviceFleetReport answer. */
export interface DeviceFleetReportAnswer {
  readonly registeredDeviceCount: number;
  readonly connectedDeviceCount: number;
}

/** A ListDetectorModels entry. */
export interface DetectorModelSummaryAnswer {
  readonly detectorModelName: string;
  readonly description: string | null;
  readonly creationTime: Date | null;
}

/** What DescribeDetectorModel adds. `definition` is AWS's detectorModelDefinition as it came. */
export interface DetectorModelAnswer {
  readonly detectorModelVersion: string;
  readonly key: string | null;
  readonly evaluationMethod: 'BATCH' | 'SERIAL' | null;
  readonly status: string | null;
  readonly lastUpdateTime: Date | null;
  readonly definition: Readonly<Record<string, unknown>> | null;
}

/** A ListAlarmModels entry. */
export interface AlarmModelSummaryAnswer {
  readonly alarmModelName: string;
  readonly description: string | null;
  readonly creationTime: Date | null;
}

/** What DescribeAlarmModel adds. `definition` has those of AWS's members that make the alarm, as they came. */
export interface AlarmModelAnswer {
  readonly alarmModelVersion: string;
  readonly key: string | null;
  readonly severity: number | null;
  readonly status: string | null;
  readonly lastUpdateTime: Date | null;
  readonly definition: Readonly<Record<string, unknown>>;
}
