// Written by `npm run codegen` from schema/*.graphql. Never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Device as DeviceParent } from '../device/device.ts';
import type { Detector as DetectorParent, DetectorState as DetectorStateParent } from '../detector/detector.ts';
import type { Alarm as AlarmParent, AlarmState as AlarmStateParent } from '../alarm/alarm.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** RFC 3339 date and time, UTC. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type Alarm = Node & {
  __typename?: 'Alarm';
  alarmModelName: Scalars['String']['output'];
  alarmModelVersion: Scalars['String']['output'];
  alarmState: AlarmState;
  creationTime: Scalars['DateTime']['output'];
  device: Maybe<Device>;
  id: Scalars['ID']['output'];
  keyValue: Maybe<Scalars['String']['output']>;
  lastUpdateTime: Scalars['DateTime']['output'];
  severity: Maybe<Scalars['Int']['output']>;
};


export type AlarmDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
};

export type AlarmActionInput = {
  alarmModelName: Scalars['String']['input'];
  keyValue?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
  requestId?: InputMaybe<Scalars['String']['input']>;
};

export type AlarmActionName =
  | 'ACKNOWLEDGE'
  | 'DISABLE'
  | 'ENABLE'
  | 'RESET'
  | 'SNOOZE';

export type AlarmActionsInput = {
  alarms: Array<AlarmActionInput>;
};

export type AlarmActionsPayload = {
  __typename?: 'AlarmActionsPayload';
  results: Array<AlarmEntryResult>;
};

export type AlarmChange = {
  __typename?: 'AlarmChange';
  alarm: Maybe<Alarm>;
  alarmModelName: Scalars['String']['output'];
  cursor: Scalars['String']['output'];
  keyValue: Maybe<Scalars['String']['output']>;
  kind: ChangeKind;
  observedAt: Scalars['DateTime']['output'];
  previousStateName: Maybe<AlarmStateName>;
};

export type AlarmConnection = {
  __typename?: 'AlarmConnection';
  edges: Array<AlarmEdge>;
  nodes: Array<Alarm>;
  pageInfo: PageInfo;
};

export type AlarmCustomerAction = {
  __typename?: 'AlarmCustomerAction';
  actionName: AlarmActionName;
  note: Maybe<Scalars['String']['output']>;
  snoozeDurationSeconds: Maybe<Scalars['Int']['output']>;
};

export type AlarmEdge = {
  __typename?: 'AlarmEdge';
  cursor: Scalars['String']['output'];
  node: Alarm;
};

export type AlarmEntryResult = EntryResult & {
  __typename?: 'AlarmEntryResult';
  alarm: Maybe<Alarm>;
  error: Maybe<EntryError>;
  id: Scalars['String']['output'];
  ok: Scalars['Boolean']['output'];
};

export type AlarmModel = {
  __typename?: 'AlarmModel';
  alarmModelName: Scalars['String']['output'];
  alarmModelVersion: Scalars['String']['output'];
  alarms: Maybe<AlarmConnection>;
  creationTime: Maybe<Scalars['DateTime']['output']>;
  definition: Maybe<Scalars['JSON']['output']>;
  description: Maybe<Scalars['String']['output']>;
  key: Maybe<Scalars['String']['output']>;
  lastUpdateTime: Maybe<Scalars['DateTime']['output']>;
  severity: Maybe<Scalars['Int']['output']>;
  status: Maybe<Scalars['String']['output']>;
};


export type AlarmModelAlarmsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type AlarmModelConnection = {
  __typename?: 'AlarmModelConnection';
  edges: Array<AlarmModelEdge>;
  nodes: Array<AlarmModel>;
  pageInfo: PageInfo;
};

export type AlarmModelEdge = {
  __typename?: 'AlarmModelEdge';
  cursor: Scalars['String']['output'];
  node: AlarmModel;
};

export type AlarmState = {
  __typename?: 'AlarmState';
  customerAction: Maybe<AlarmCustomerAction>;
  ruleEvaluation: Maybe<SimpleRuleEvaluation>;
  stateName: AlarmStateName;
  systemEvent: Maybe<AlarmSystemEvent>;
};

export type AlarmStateName =
  | 'ACKNOWLEDGED'
  | 'ACTIVE'
  | 'DISABLED'
  | 'LATCHED'
  | 'NORMAL'
  | 'SNOOZE_DISABLED';

export type AlarmSystemEvent = {
  __typename?: 'AlarmSystemEvent';
  eventType: Scalars['String']['output'];
  triggerType: Maybe<Scalars['String']['output']>;
};

export type BatchEntryResult = EntryResult & {
  __typename?: 'BatchEntryResult';
  error: Maybe<EntryError>;
  id: Scalars['String']['output'];
  ok: Scalars['Boolean']['output'];
};

/** What an event of a subscription tells. */
export type ChangeKind =
  | 'CREATED'
  | 'DELETED'
  /** Events after the cursor given in `after` are no longer known; a SNAPSHOT follows. */
  | 'GAP'
  /** The state when the subscription began. */
  | 'SNAPSHOT'
  | 'UPDATED';

export type Checksum = {
  __typename?: 'Checksum';
  sum: Scalars['String']['output'];
  type: ChecksumType;
};

export type ChecksumType =
  | 'SHA1';

export type ComparisonOperator =
  | 'EQUAL'
  | 'GREATER'
  | 'GREATER_OR_EQUAL'
  | 'LESS'
  | 'LESS_OR_EQUAL'
  | 'NOT_EQUAL';

export type DeleteDetectorsInput = {
  detectors: Array<DetectorKeyInput>;
};

export type DeleteDetectorsPayload = {
  __typename?: 'DeleteDetectorsPayload';
  results: Array<BatchEntryResult>;
};

export type Deployment = {
  __typename?: 'Deployment';
  definitions: Array<ModelDefinition>;
  deploymentName: Scalars['String']['output'];
  failureHandlingPolicy: FailureHandlingPolicy;
  type: DeploymentType;
};

export type DeploymentModelInput = {
  desiredState?: InputMaybe<ModelState>;
  modelHandle?: InputMaybe<Scalars['String']['input']>;
  modelName?: InputMaybe<Scalars['String']['input']>;
  modelVersion?: InputMaybe<Scalars['String']['input']>;
  rollbackFailureReason?: InputMaybe<Scalars['String']['input']>;
  state?: InputMaybe<ModelState>;
  status?: InputMaybe<DeploymentStatus>;
  statusReason?: InputMaybe<Scalars['String']['input']>;
};

export type DeploymentResultInput = {
  deploymentEndTime?: InputMaybe<Scalars['DateTime']['input']>;
  deploymentModels?: InputMaybe<Array<DeploymentModelInput>>;
  deploymentName?: InputMaybe<Scalars['String']['input']>;
  deploymentStartTime?: InputMaybe<Scalars['DateTime']['input']>;
  deploymentStatus?: InputMaybe<Scalars['String']['input']>;
  deploymentStatusMessage?: InputMaybe<Scalars['String']['input']>;
};

export type DeploymentStatus =
  | 'FAIL'
  | 'SUCCESS';

export type DeploymentType =
  | 'MODEL';

export type DeploymentsChange = {
  __typename?: 'DeploymentsChange';
  cursor: Scalars['String']['output'];
  deployments: Array<Deployment>;
  device: Device;
  kind: ChangeKind;
  observedAt: Scalars['DateTime']['output'];
};

export type Detector = Node & {
  __typename?: 'Detector';
  creationTime: Scalars['DateTime']['output'];
  detectorModelName: Scalars['String']['output'];
  detectorModelVersion: Scalars['String']['output'];
  device: Maybe<Device>;
  id: Scalars['ID']['output'];
  keyValue: Maybe<Scalars['String']['output']>;
  lastUpdateTime: Scalars['DateTime']['output'];
  state: DetectorState;
};


export type DetectorDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
};

export type DetectorChange = {
  __typename?: 'DetectorChange';
  cursor: Scalars['String']['output'];
  detector: Maybe<Detector>;
  detectorModelName: Scalars['String']['output'];
  keyValue: Maybe<Scalars['String']['output']>;
  kind: ChangeKind;
  observedAt: Scalars['DateTime']['output'];
  previousStateName: Maybe<Scalars['String']['output']>;
};

export type DetectorConnection = {
  __typename?: 'DetectorConnection';
  edges: Array<DetectorEdge>;
  nodes: Array<Detector>;
  pageInfo: PageInfo;
};

export type DetectorEdge = {
  __typename?: 'DetectorEdge';
  cursor: Scalars['String']['output'];
  node: Detector;
};

export type DetectorEntryResult = EntryResult & {
  __typename?: 'DetectorEntryResult';
  detector: Maybe<Detector>;
  error: Maybe<EntryError>;
  id: Scalars['String']['output'];
  ok: Scalars['Boolean']['output'];
};

export type DetectorKeyInput = {
  detectorModelName: Scalars['String']['input'];
  keyValue?: InputMaybe<Scalars['String']['input']>;
  messageId?: InputMaybe<Scalars['String']['input']>;
};

export type DetectorModel = {
  __typename?: 'DetectorModel';
  creationTime: Maybe<Scalars['DateTime']['output']>;
  definition: Maybe<Scalars['JSON']['output']>;
  description: Maybe<Scalars['String']['output']>;
  detectorModelName: Scalars['String']['output'];
  detectorModelVersion: Scalars['String']['output'];
  detectors: Maybe<DetectorConnection>;
  evaluationMethod: Maybe<EvaluationMethod>;
  inputNames: Maybe<Array<Scalars['String']['output']>>;
  key: Maybe<Scalars['String']['output']>;
  lastUpdateTime: Maybe<Scalars['DateTime']['output']>;
  stateNames: Maybe<Array<Scalars['String']['output']>>;
  status: Maybe<Scalars['String']['output']>;
};


export type DetectorModelDetectorsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  stateName: InputMaybe<Scalars['String']['input']>;
};

export type DetectorModelConnection = {
  __typename?: 'DetectorModelConnection';
  edges: Array<DetectorModelEdge>;
  nodes: Array<DetectorModel>;
  pageInfo: PageInfo;
};

export type DetectorModelEdge = {
  __typename?: 'DetectorModelEdge';
  cursor: Scalars['String']['output'];
  node: DetectorModel;
};

export type DetectorState = {
  __typename?: 'DetectorState';
  stateName: Scalars['String']['output'];
  timers: Maybe<Array<DetectorTimer>>;
  variable: Maybe<DetectorVariable>;
  variables: Maybe<Array<DetectorVariable>>;
};


export type DetectorStateVariableArgs = {
  name: Scalars['String']['input'];
};

export type DetectorStateInput = {
  stateName: Scalars['String']['input'];
  timers: Array<DetectorTimerInput>;
  variables: Array<DetectorVariableInput>;
};

export type DetectorTimer = {
  __typename?: 'DetectorTimer';
  name: Scalars['String']['output'];
  timestamp: Scalars['DateTime']['output'];
};

export type DetectorTimerInput = {
  name: Scalars['String']['input'];
  seconds: Scalars['Int']['input'];
};

export type DetectorVariable = {
  __typename?: 'DetectorVariable';
  json: Maybe<Scalars['JSON']['output']>;
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type DetectorVariableInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type Device = Node & {
  __typename?: 'Device';
  agentVersion: Maybe<Scalars['String']['output']>;
  alarms: Maybe<Array<Alarm>>;
  deployments: Maybe<Array<Deployment>>;
  description: Maybe<Scalars['String']['output']>;
  detector: Maybe<Detector>;
  detectors: Maybe<Array<Detector>>;
  deviceFleetName: Scalars['String']['output'];
  deviceName: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  iotThingName: Maybe<Scalars['String']['output']>;
  latestHeartbeat: Maybe<Scalars['DateTime']['output']>;
  models: Maybe<Array<DeviceModel>>;
  presence: Maybe<DevicePresence>;
  registration: Maybe<DeviceRegistration>;
  registrationTime: Maybe<Scalars['DateTime']['output']>;
};


export type DeviceAlarmsArgs = {
  alarmModelNames: InputMaybe<Array<Scalars['String']['input']>>;
};


export type DeviceDetectorArgs = {
  detectorModelName: Scalars['String']['input'];
};


export type DeviceDetectorsArgs = {
  detectorModelNames: InputMaybe<Array<Scalars['String']['input']>>;
};

export type DeviceConnection = {
  __typename?: 'DeviceConnection';
  edges: Array<DeviceEdge>;
  nodes: Array<Device>;
  pageInfo: PageInfo;
};

export type DeviceEdge = {
  __typename?: 'DeviceEdge';
  cursor: Scalars['String']['output'];
  node: Device;
};

export type DeviceFleet = {
  __typename?: 'DeviceFleet';
  connectedDeviceCount: Maybe<Scalars['Int']['output']>;
  creationTime: Maybe<Scalars['DateTime']['output']>;
  description: Maybe<Scalars['String']['output']>;
  deviceFleetName: Scalars['String']['output'];
  devices: Maybe<DeviceConnection>;
  lastModifiedTime: Maybe<Scalars['DateTime']['output']>;
  registeredDeviceCount: Maybe<Scalars['Int']['output']>;
};


export type DeviceFleetDevicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  presence: InputMaybe<DevicePresence>;
};

export type DeviceFleetConnection = {
  __typename?: 'DeviceFleetConnection';
  edges: Array<DeviceFleetEdge>;
  nodes: Array<DeviceFleet>;
  pageInfo: PageInfo;
};

export type DeviceFleetEdge = {
  __typename?: 'DeviceFleetEdge';
  cursor: Scalars['String']['output'];
  node: DeviceFleet;
};

export type DeviceModel = {
  __typename?: 'DeviceModel';
  latestInference: Maybe<Scalars['DateTime']['output']>;
  latestSampleTime: Maybe<Scalars['DateTime']['output']>;
  modelName: Scalars['String']['output'];
  modelVersion: Scalars['String']['output'];
};

export type DevicePresence =
  | 'LATE'
  | 'NEVER_SEEN'
  | 'OFFLINE'
  | 'ONLINE';

export type DeviceRegistration = {
  __typename?: 'DeviceRegistration';
  cacheTtlSeconds: Maybe<Scalars['Int']['output']>;
  deviceRegistration: Scalars['String']['output'];
  isRegistered: Scalars['Boolean']['output'];
};

export type EdgeMetricInput = {
  dimension?: InputMaybe<Scalars['String']['input']>;
  metricName?: InputMaybe<Scalars['String']['input']>;
  timestamp?: InputMaybe<Scalars['DateTime']['input']>;
  value?: InputMaybe<Scalars['Float']['input']>;
};

export type EdgeModelInput = {
  latestInference?: InputMaybe<Scalars['DateTime']['input']>;
  latestSampleTime?: InputMaybe<Scalars['DateTime']['input']>;
  modelMetrics?: InputMaybe<Array<EdgeMetricInput>>;
  modelName?: InputMaybe<Scalars['String']['input']>;
  modelVersion?: InputMaybe<Scalars['String']['input']>;
};

export type EntryError = {
  __typename?: 'EntryError';
  code: EntryErrorCode;
  message: Scalars['String']['output'];
  /** Whether sending the entry again, with the same id, can help. */
  retryable: Scalars['Boolean']['output'];
};

export type EntryErrorCode =
  | 'FORBIDDEN'
  | 'INTERNAL_FAILURE'
  | 'INVALID_REQUEST'
  /** The call broke off after it was sent: the entry may have been applied. AWS drops a repeated messageId within five minutes. */
  | 'OUTCOME_UNKNOWN'
  | 'RESOURCE_NOT_FOUND'
  | 'SERVICE_UNAVAILABLE'
  | 'THROTTLING';

/** What became of one entry of a batch mutation. */
export type EntryResult = {
  /** Null exactly if `ok`. */
  error: Maybe<EntryError>;
  /** The entry's messageId or requestId. */
  id: Scalars['String']['output'];
  ok: Scalars['Boolean']['output'];
};

export type EvaluationMethod =
  | 'BATCH'
  | 'SERIAL';

export type FailureHandlingPolicy =
  | 'DO_NOTHING'
  | 'ROLLBACK_ON_FAILURE';

export type MessageInput = {
  inputName: Scalars['String']['input'];
  messageId?: InputMaybe<Scalars['String']['input']>;
  payload?: InputMaybe<Scalars['JSON']['input']>;
  payloadText?: InputMaybe<Scalars['String']['input']>;
  timestamp?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ModelDefinition = {
  __typename?: 'ModelDefinition';
  checksum: Maybe<Checksum>;
  modelHandle: Scalars['String']['output'];
  s3Url: Maybe<Scalars['String']['output']>;
  state: ModelState;
};

export type ModelState =
  | 'DEPLOY'
  | 'UNDEPLOY';

export type Mutation = {
  __typename?: 'Mutation';
  acknowledgeAlarms: AlarmActionsPayload;
  deleteDetectors: DeleteDetectorsPayload;
  disableAlarms: AlarmActionsPayload;
  enableAlarms: AlarmActionsPayload;
  putMessages: PutMessagesPayload;
  resetAlarms: AlarmActionsPayload;
  sendHeartbeat: SendHeartbeatPayload;
  snoozeAlarms: AlarmActionsPayload;
  updateDetectors: UpdateDetectorsPayload;
};


export type MutationAcknowledgeAlarmsArgs = {
  input: AlarmActionsInput;
};


export type MutationDeleteDetectorsArgs = {
  input: DeleteDetectorsInput;
};


export type MutationDisableAlarmsArgs = {
  input: AlarmActionsInput;
};


export type MutationEnableAlarmsArgs = {
  input: AlarmActionsInput;
};


export type MutationPutMessagesArgs = {
  input: PutMessagesInput;
};


export type MutationResetAlarmsArgs = {
  input: AlarmActionsInput;
};


export type MutationSendHeartbeatArgs = {
  input: SendHeartbeatInput;
};


export type MutationSnoozeAlarmsArgs = {
  input: SnoozeAlarmsInput;
};


export type MutationUpdateDetectorsArgs = {
  input: UpdateDetectorsInput;
};

/** An object that can be fetched again by its id. */
export type Node = {
  /** Opaque and stable: the same object has the same id in every answer. */
  id: Scalars['ID']['output'];
};

/** Where a page of a connection stands. Connections go forward only. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the page's last edge; null on an empty page. Give it as `after` to read on. */
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  /** Always false: pages go forward only. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first edge; null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

export type PutMessagesInput = {
  messages: Array<MessageInput>;
};

export type PutMessagesPayload = {
  __typename?: 'PutMessagesPayload';
  results: Array<BatchEntryResult>;
};

export type Query = {
  __typename?: 'Query';
  alarm: Maybe<Alarm>;
  alarmModels: Maybe<AlarmModelConnection>;
  alarms: Maybe<AlarmConnection>;
  detector: Maybe<Detector>;
  detectorModels: Maybe<DetectorModelConnection>;
  detectors: Maybe<DetectorConnection>;
  device: Device;
  deviceFleets: Maybe<DeviceFleetConnection>;
  devices: Maybe<DeviceConnection>;
  /** A detector or alarm that does not exist is null; a device is its identity. A malformed id is BAD_USER_INPUT. */
  node: Maybe<Node>;
  /** As `node`, in the order given. */
  nodes: Array<Maybe<Node>>;
};


export type QueryAlarmArgs = {
  alarmModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


export type QueryAlarmModelsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryAlarmsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDetectorArgs = {
  detectorModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


export type QueryDetectorModelsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDetectorsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  stateName: InputMaybe<Scalars['String']['input']>;
};


export type QueryDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
  deviceName: Scalars['String']['input'];
};


export type QueryDeviceFleetsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDevicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  deviceFleetName: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  presence: InputMaybe<DevicePresence>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};

export type SendHeartbeatInput = {
  agentMetrics?: InputMaybe<Array<EdgeMetricInput>>;
  agentVersion: Scalars['String']['input'];
  deploymentResult?: InputMaybe<DeploymentResultInput>;
  deviceFleetName: Scalars['String']['input'];
  deviceName: Scalars['String']['input'];
  models?: InputMaybe<Array<EdgeModelInput>>;
};

export type SendHeartbeatPayload = {
  __typename?: 'SendHeartbeatPayload';
  device: Device;
};

export type SimpleRuleEvaluation = {
  __typename?: 'SimpleRuleEvaluation';
  inputPropertyValue: Maybe<Scalars['String']['output']>;
  operator: Maybe<ComparisonOperator>;
  thresholdValue: Maybe<Scalars['String']['output']>;
};

export type SnoozeAlarmInput = {
  alarmModelName: Scalars['String']['input'];
  keyValue?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
  requestId?: InputMaybe<Scalars['String']['input']>;
  snoozeDurationSeconds: Scalars['Int']['input'];
};

export type SnoozeAlarmsInput = {
  alarms: Array<SnoozeAlarmInput>;
};

export type Subscription = {
  __typename?: 'Subscription';
  alarmChanged: AlarmChange;
  alarmsChanged: AlarmChange;
  deploymentsChanged: DeploymentsChange;
  detectorChanged: DetectorChange;
  detectorsChanged: DetectorChange;
};


export type SubscriptionAlarmChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionAlarmsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
};


export type SubscriptionDeploymentsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  deviceFleetName: Scalars['String']['input'];
  deviceName: Scalars['String']['input'];
};


export type SubscriptionDetectorChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionDetectorsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  stateName: InputMaybe<Scalars['String']['input']>;
};

export type UpdateDetectorInput = {
  detectorModelName: Scalars['String']['input'];
  keyValue?: InputMaybe<Scalars['String']['input']>;
  messageId?: InputMaybe<Scalars['String']['input']>;
  state: DetectorStateInput;
};

export type UpdateDetectorsInput = {
  detectors: Array<UpdateDetectorInput>;
};

export type UpdateDetectorsPayload = {
  __typename?: 'UpdateDetectorsPayload';
  results: Array<DetectorEntryResult>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  EntryResult:
    | ( Omit<AlarmEntryResult, 'alarm'> & { alarm?: Maybe<_RefType['Alarm']> } )
    | ( BatchEntryResult )
    | ( Omit<DetectorEntryResult, 'detector'> & { detector?: Maybe<_RefType['Detector']> } )
  ;
  Node:
    | ( AlarmParent )
    | ( DetectorParent )
    | ( DeviceParent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Alarm: ResolverTypeWrapper<AlarmParent>;
  AlarmActionInput: AlarmActionInput;
  AlarmActionName: AlarmActionName;
  AlarmActionsInput: AlarmActionsInput;
  AlarmActionsPayload: ResolverTypeWrapper<Omit<AlarmActionsPayload, 'results'> & { results: Array<ResolversTypes['AlarmEntryResult']> }>;
  AlarmChange: ResolverTypeWrapper<Omit<AlarmChange, 'alarm'> & { alarm?: Maybe<ResolversTypes['Alarm']> }>;
  AlarmConnection: ResolverTypeWrapper<Omit<AlarmConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AlarmEdge']>, nodes: Array<ResolversTypes['Alarm']> }>;
  AlarmCustomerAction: ResolverTypeWrapper<AlarmCustomerAction>;
  AlarmEdge: ResolverTypeWrapper<Omit<AlarmEdge, 'node'> & { node: ResolversTypes['Alarm'] }>;
  AlarmEntryResult: ResolverTypeWrapper<Omit<AlarmEntryResult, 'alarm'> & { alarm?: Maybe<ResolversTypes['Alarm']> }>;
  AlarmModel: ResolverTypeWrapper<Omit<AlarmModel, 'alarms'> & { alarms?: Maybe<ResolversTypes['AlarmConnection']> }>;
  AlarmModelConnection: ResolverTypeWrapper<Omit<AlarmModelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AlarmModelEdge']>, nodes: Array<ResolversTypes['AlarmModel']> }>;
  AlarmModelEdge: ResolverTypeWrapper<Omit<AlarmModelEdge, 'node'> & { node: ResolversTypes['AlarmModel'] }>;
  AlarmState: ResolverTypeWrapper<AlarmStateParent>;
  AlarmStateName: AlarmStateName;
  AlarmSystemEvent: ResolverTypeWrapper<AlarmSystemEvent>;
  BatchEntryResult: ResolverTypeWrapper<BatchEntryResult>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ChangeKind: ChangeKind;
  Checksum: ResolverTypeWrapper<Checksum>;
  ChecksumType: ChecksumType;
  ComparisonOperator: ComparisonOperator;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteDetectorsInput: DeleteDetectorsInput;
  DeleteDetectorsPayload: ResolverTypeWrapper<DeleteDetectorsPayload>;
  Deployment: ResolverTypeWrapper<Deployment>;
  DeploymentModelInput: DeploymentModelInput;
  DeploymentResultInput: DeploymentResultInput;
  DeploymentStatus: DeploymentStatus;
  DeploymentType: DeploymentType;
  DeploymentsChange: ResolverTypeWrapper<Omit<DeploymentsChange, 'device'> & { device: ResolversTypes['Device'] }>;
  Detector: ResolverTypeWrapper<DetectorParent>;
  DetectorChange: ResolverTypeWrapper<Omit<DetectorChange, 'detector'> & { detector?: Maybe<ResolversTypes['Detector']> }>;
  DetectorConnection: ResolverTypeWrapper<Omit<DetectorConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DetectorEdge']>, nodes: Array<ResolversTypes['Detector']> }>;
  DetectorEdge: ResolverTypeWrapper<Omit<DetectorEdge, 'node'> & { node: ResolversTypes['Detector'] }>;
  DetectorEntryResult: ResolverTypeWrapper<Omit<DetectorEntryResult, 'detector'> & { detector?: Maybe<ResolversTypes['Detector']> }>;
  DetectorKeyInput: DetectorKeyInput;
  DetectorModel: ResolverTypeWrapper<Omit<DetectorModel, 'detectors'> & { detectors?: Maybe<ResolversTypes['DetectorConnection']> }>;
  DetectorModelConnection: ResolverTypeWrapper<Omit<DetectorModelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DetectorModelEdge']>, nodes: Array<ResolversTypes['DetectorModel']> }>;
  DetectorModelEdge: ResolverTypeWrapper<Omit<DetectorModelEdge, 'node'> & { node: ResolversTypes['DetectorModel'] }>;
  DetectorState: ResolverTypeWrapper<DetectorStateParent>;
  DetectorStateInput: DetectorStateInput;
  DetectorTimer: ResolverTypeWrapper<DetectorTimer>;
  DetectorTimerInput: DetectorTimerInput;
  DetectorVariable: ResolverTypeWrapper<DetectorVariable>;
  DetectorVariableInput: DetectorVariableInput;
  Device: ResolverTypeWrapper<DeviceParent>;
  DeviceConnection: ResolverTypeWrapper<Omit<DeviceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DeviceEdge']>, nodes: Array<ResolversTypes['Device']> }>;
  DeviceEdge: ResolverTypeWrapper<Omit<DeviceEdge, 'node'> & { node: ResolversTypes['Device'] }>;
  DeviceFleet: ResolverTypeWrapper<Omit<DeviceFleet, 'devices'> & { devices?: Maybe<ResolversTypes['DeviceConnection']> }>;
  DeviceFleetConnection: ResolverTypeWrapper<Omit<DeviceFleetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DeviceFleetEdge']>, nodes: Array<ResolversTypes['DeviceFleet']> }>;
  DeviceFleetEdge: ResolverTypeWrapper<Omit<DeviceFleetEdge, 'node'> & { node: ResolversTypes['DeviceFleet'] }>;
  DeviceModel: ResolverTypeWrapper<DeviceModel>;
  DevicePresence: DevicePresence;
  DeviceRegistration: ResolverTypeWrapper<DeviceRegistration>;
  EdgeMetricInput: EdgeMetricInput;
  EdgeModelInput: EdgeModelInput;
  EntryError: ResolverTypeWrapper<EntryError>;
  EntryErrorCode: EntryErrorCode;
  EntryResult: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['EntryResult']>;
  EvaluationMethod: EvaluationMethod;
  FailureHandlingPolicy: FailureHandlingPolicy;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MessageInput: MessageInput;
  ModelDefinition: ResolverTypeWrapper<ModelDefinition>;
  ModelState: ModelState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PutMessagesInput: PutMessagesInput;
  PutMessagesPayload: ResolverTypeWrapper<PutMessagesPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SendHeartbeatInput: SendHeartbeatInput;
  SendHeartbeatPayload: ResolverTypeWrapper<Omit<SendHeartbeatPayload, 'device'> & { device: ResolversTypes['Device'] }>;
  SimpleRuleEvaluation: ResolverTypeWrapper<SimpleRuleEvaluation>;
  SnoozeAlarmInput: SnoozeAlarmInput;
  SnoozeAlarmsInput: SnoozeAlarmsInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UpdateDetectorInput: UpdateDetectorInput;
  UpdateDetectorsInput: UpdateDetectorsInput;
  UpdateDetectorsPayload: ResolverTypeWrapper<Omit<UpdateDetectorsPayload, 'results'> & { results: Array<ResolversTypes['DetectorEntryResult']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Alarm: AlarmParent;
  AlarmActionInput: AlarmActionInput;
  AlarmActionsInput: AlarmActionsInput;
  AlarmActionsPayload: Omit<AlarmActionsPayload, 'results'> & { results: Array<ResolversParentTypes['AlarmEntryResult']> };
  AlarmChange: Omit<AlarmChange, 'alarm'> & { alarm?: Maybe<ResolversParentTypes['Alarm']> };
  AlarmConnection: Omit<AlarmConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AlarmEdge']>, nodes: Array<ResolversParentTypes['Alarm']> };
  AlarmCustomerAction: AlarmCustomerAction;
  AlarmEdge: Omit<AlarmEdge, 'node'> & { node: ResolversParentTypes['Alarm'] };
  AlarmEntryResult: Omit<AlarmEntryResult, 'alarm'> & { alarm?: Maybe<ResolversParentTypes['Alarm']> };
  AlarmModel: Omit<AlarmModel, 'alarms'> & { alarms?: Maybe<ResolversParentTypes['AlarmConnection']> };
  AlarmModelConnection: Omit<AlarmModelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AlarmModelEdge']>, nodes: Array<ResolversParentTypes['AlarmModel']> };
  AlarmModelEdge: Omit<AlarmModelEdge, 'node'> & { node: ResolversParentTypes['AlarmModel'] };
  AlarmState: AlarmStateParent;
  AlarmSystemEvent: AlarmSystemEvent;
  BatchEntryResult: BatchEntryResult;
  Boolean: Scalars['Boolean']['output'];
  Checksum: Checksum;
  DateTime: Scalars['DateTime']['output'];
  DeleteDetectorsInput: DeleteDetectorsInput;
  DeleteDetectorsPayload: DeleteDetectorsPayload;
  Deployment: Deployment;
  DeploymentModelInput: DeploymentModelInput;
  DeploymentResultInput: DeploymentResultInput;
  DeploymentsChange: Omit<DeploymentsChange, 'device'> & { device: ResolversParentTypes['Device'] };
  Detector: DetectorParent;
  DetectorChange: Omit<DetectorChange, 'detector'> & { detector?: Maybe<ResolversParentTypes['Detector']> };
  DetectorConnection: Omit<DetectorConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DetectorEdge']>, nodes: Array<ResolversParentTypes['Detector']> };
  DetectorEdge: Omit<DetectorEdge, 'node'> & { node: ResolversParentTypes['Detector'] };
  DetectorEntryResult: Omit<DetectorEntryResult, 'detector'> & { detector?: Maybe<ResolversParentTypes['Detector']> };
  DetectorKeyInput: DetectorKeyInput;
  DetectorModel: Omit<DetectorModel, 'detectors'> & { detectors?: Maybe<ResolversParentTypes['DetectorConnection']> };
  DetectorModelConnection: Omit<DetectorModelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DetectorModelEdge']>, nodes: Array<ResolversParentTypes['DetectorModel']> };
  DetectorModelEdge: Omit<DetectorModelEdge, 'node'> & { node: ResolversParentTypes['DetectorModel'] };
  DetectorState: DetectorStateParent;
  DetectorStateInput: DetectorStateInput;
  DetectorTimer: DetectorTimer;
  DetectorTimerInput: DetectorTimerInput;
  DetectorVariable: DetectorVariable;
  DetectorVariableInput: DetectorVariableInput;
  Device: DeviceParent;
  DeviceConnection: Omit<DeviceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DeviceEdge']>, nodes: Array<ResolversParentTypes['Device']> };
  DeviceEdge: Omit<DeviceEdge, 'node'> & { node: ResolversParentTypes['Device'] };
  DeviceFleet: Omit<DeviceFleet, 'devices'> & { devices?: Maybe<ResolversParentTypes['DeviceConnection']> };
  DeviceFleetConnection: Omit<DeviceFleetConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DeviceFleetEdge']>, nodes: Array<ResolversParentTypes['DeviceFleet']> };
  DeviceFleetEdge: Omit<DeviceFleetEdge, 'node'> & { node: ResolversParentTypes['DeviceFleet'] };
  DeviceModel: DeviceModel;
  DeviceRegistration: DeviceRegistration;
  EdgeMetricInput: EdgeMetricInput;
  EdgeModelInput: EdgeModelInput;
  EntryError: EntryError;
  EntryResult: ResolversInterfaceTypes<ResolversParentTypes>['EntryResult'];
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  MessageInput: MessageInput;
  ModelDefinition: ModelDefinition;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  PutMessagesInput: PutMessagesInput;
  PutMessagesPayload: PutMessagesPayload;
  Query: Record<PropertyKey, never>;
  SendHeartbeatInput: SendHeartbeatInput;
  SendHeartbeatPayload: Omit<SendHeartbeatPayload, 'device'> & { device: ResolversParentTypes['Device'] };
  SimpleRuleEvaluation: SimpleRuleEvaluation;
  SnoozeAlarmInput: SnoozeAlarmInput;
  SnoozeAlarmsInput: SnoozeAlarmsInput;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  UpdateDetectorInput: UpdateDetectorInput;
  UpdateDetectorsInput: UpdateDetectorsInput;
  UpdateDetectorsPayload: Omit<UpdateDetectorsPayload, 'results'> & { results: Array<ResolversParentTypes['DetectorEntryResult']> };
};

export type AlarmResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Alarm'] = ResolversParentTypes['Alarm']> = {
  alarmModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alarmModelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alarmState?: Resolver<ResolversTypes['AlarmState'], ParentType, ContextType>;
  creationTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType, RequireFields<AlarmDeviceArgs, 'deviceFleetName'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUpdateTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AlarmActionsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmActionsPayload'] = ResolversParentTypes['AlarmActionsPayload']> = {
  results?: Resolver<Array<ResolversTypes['AlarmEntryResult']>, ParentType, ContextType>;
};

export type AlarmChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmChange'] = ResolversParentTypes['AlarmChange']> = {
  alarm?: Resolver<Maybe<ResolversTypes['Alarm']>, ParentType, ContextType>;
  alarmModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStateName?: Resolver<Maybe<ResolversTypes['AlarmStateName']>, ParentType, ContextType>;
};

export type AlarmConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmConnection'] = ResolversParentTypes['AlarmConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AlarmEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Alarm']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AlarmCustomerActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmCustomerAction'] = ResolversParentTypes['AlarmCustomerAction']> = {
  actionName?: Resolver<ResolversTypes['AlarmActionName'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  snoozeDurationSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AlarmEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmEdge'] = ResolversParentTypes['AlarmEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Alarm'], ParentType, ContextType>;
};

export type AlarmEntryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmEntryResult'] = ResolversParentTypes['AlarmEntryResult']> = {
  alarm?: Resolver<Maybe<ResolversTypes['Alarm']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['EntryError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AlarmModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmModel'] = ResolversParentTypes['AlarmModel']> = {
  alarmModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alarmModelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alarms?: Resolver<Maybe<ResolversTypes['AlarmConnection']>, ParentType, ContextType, RequireFields<AlarmModelAlarmsArgs, 'first'>>;
  creationTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  definition?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUpdateTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AlarmModelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmModelConnection'] = ResolversParentTypes['AlarmModelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AlarmModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AlarmModel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AlarmModelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmModelEdge'] = ResolversParentTypes['AlarmModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AlarmModel'], ParentType, ContextType>;
};

export type AlarmStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmState'] = ResolversParentTypes['AlarmState']> = {
  customerAction?: Resolver<Maybe<ResolversTypes['AlarmCustomerAction']>, ParentType, ContextType>;
  ruleEvaluation?: Resolver<Maybe<ResolversTypes['SimpleRuleEvaluation']>, ParentType, ContextType>;
  stateName?: Resolver<ResolversTypes['AlarmStateName'], ParentType, ContextType>;
  systemEvent?: Resolver<Maybe<ResolversTypes['AlarmSystemEvent']>, ParentType, ContextType>;
};

export type AlarmSystemEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmSystemEvent'] = ResolversParentTypes['AlarmSystemEvent']> = {
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  triggerType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BatchEntryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BatchEntryResult'] = ResolversParentTypes['BatchEntryResult']> = {
  error?: Resolver<Maybe<ResolversTypes['EntryError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChecksumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Checksum'] = ResolversParentTypes['Checksum']> = {
  sum?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ChecksumType'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteDetectorsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteDetectorsPayload'] = ResolversParentTypes['DeleteDetectorsPayload']> = {
  results?: Resolver<Array<ResolversTypes['BatchEntryResult']>, ParentType, ContextType>;
};

export type DeploymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Deployment'] = ResolversParentTypes['Deployment']> = {
  definitions?: Resolver<Array<ResolversTypes['ModelDefinition']>, ParentType, ContextType>;
  deploymentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failureHandlingPolicy?: Resolver<ResolversTypes['FailureHandlingPolicy'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['DeploymentType'], ParentType, ContextType>;
};

export type DeploymentsChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeploymentsChange'] = ResolversParentTypes['DeploymentsChange']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deployments?: Resolver<Array<ResolversTypes['Deployment']>, ParentType, ContextType>;
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DetectorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Detector'] = ResolversParentTypes['Detector']> = {
  creationTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  detectorModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detectorModelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType, RequireFields<DetectorDeviceArgs, 'deviceFleetName'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUpdateTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DetectorState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DetectorChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorChange'] = ResolversParentTypes['DetectorChange']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType>;
  detectorModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStateName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DetectorConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorConnection'] = ResolversParentTypes['DetectorConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DetectorEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Detector']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DetectorEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorEdge'] = ResolversParentTypes['DetectorEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Detector'], ParentType, ContextType>;
};

export type DetectorEntryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorEntryResult'] = ResolversParentTypes['DetectorEntryResult']> = {
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['EntryError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DetectorModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorModel'] = ResolversParentTypes['DetectorModel']> = {
  creationTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  definition?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detectorModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detectorModelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detectors?: Resolver<Maybe<ResolversTypes['DetectorConnection']>, ParentType, ContextType, RequireFields<DetectorModelDetectorsArgs, 'first'>>;
  evaluationMethod?: Resolver<Maybe<ResolversTypes['EvaluationMethod']>, ParentType, ContextType>;
  inputNames?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUpdateTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stateNames?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DetectorModelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorModelConnection'] = ResolversParentTypes['DetectorModelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DetectorModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['DetectorModel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DetectorModelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorModelEdge'] = ResolversParentTypes['DetectorModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DetectorModel'], ParentType, ContextType>;
};

export type DetectorStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorState'] = ResolversParentTypes['DetectorState']> = {
  stateName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timers?: Resolver<Maybe<Array<ResolversTypes['DetectorTimer']>>, ParentType, ContextType>;
  variable?: Resolver<Maybe<ResolversTypes['DetectorVariable']>, ParentType, ContextType, RequireFields<DetectorStateVariableArgs, 'name'>>;
  variables?: Resolver<Maybe<Array<ResolversTypes['DetectorVariable']>>, ParentType, ContextType>;
};

export type DetectorTimerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorTimer'] = ResolversParentTypes['DetectorTimer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DetectorVariableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorVariable'] = ResolversParentTypes['DetectorVariable']> = {
  json?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device']> = {
  agentVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  alarms?: Resolver<Maybe<Array<ResolversTypes['Alarm']>>, ParentType, ContextType, Partial<DeviceAlarmsArgs>>;
  deployments?: Resolver<Maybe<Array<ResolversTypes['Deployment']>>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType, RequireFields<DeviceDetectorArgs, 'detectorModelName'>>;
  detectors?: Resolver<Maybe<Array<ResolversTypes['Detector']>>, ParentType, ContextType, Partial<DeviceDetectorsArgs>>;
  deviceFleetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deviceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  iotThingName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latestHeartbeat?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  models?: Resolver<Maybe<Array<ResolversTypes['DeviceModel']>>, ParentType, ContextType>;
  presence?: Resolver<Maybe<ResolversTypes['DevicePresence']>, ParentType, ContextType>;
  registration?: Resolver<Maybe<ResolversTypes['DeviceRegistration']>, ParentType, ContextType>;
  registrationTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceConnection'] = ResolversParentTypes['DeviceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DeviceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Device']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeviceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceEdge'] = ResolversParentTypes['DeviceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
};

export type DeviceFleetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceFleet'] = ResolversParentTypes['DeviceFleet']> = {
  connectedDeviceCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  creationTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deviceFleetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  devices?: Resolver<Maybe<ResolversTypes['DeviceConnection']>, ParentType, ContextType, RequireFields<DeviceFleetDevicesArgs, 'first'>>;
  lastModifiedTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  registeredDeviceCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeviceFleetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceFleetConnection'] = ResolversParentTypes['DeviceFleetConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DeviceFleetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['DeviceFleet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeviceFleetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceFleetEdge'] = ResolversParentTypes['DeviceFleetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeviceFleet'], ParentType, ContextType>;
};

export type DeviceModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceModel'] = ResolversParentTypes['DeviceModel']> = {
  latestInference?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  latestSampleTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  modelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeviceRegistrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceRegistration'] = ResolversParentTypes['DeviceRegistration']> = {
  cacheTtlSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  deviceRegistration?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isRegistered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EntryErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntryError'] = ResolversParentTypes['EntryError']> = {
  code?: Resolver<ResolversTypes['EntryErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EntryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntryResult'] = ResolversParentTypes['EntryResult']> = {
  __resolveType: TypeResolveFn<'AlarmEntryResult' | 'BatchEntryResult' | 'DetectorEntryResult', ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type ModelDefinitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelDefinition'] = ResolversParentTypes['ModelDefinition']> = {
  checksum?: Resolver<Maybe<ResolversTypes['Checksum']>, ParentType, ContextType>;
  modelHandle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  s3Url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ModelState'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgeAlarms?: Resolver<ResolversTypes['AlarmActionsPayload'], ParentType, ContextType, RequireFields<MutationAcknowledgeAlarmsArgs, 'input'>>;
  deleteDetectors?: Resolver<ResolversTypes['DeleteDetectorsPayload'], ParentType, ContextType, RequireFields<MutationDeleteDetectorsArgs, 'input'>>;
  disableAlarms?: Resolver<ResolversTypes['AlarmActionsPayload'], ParentType, ContextType, RequireFields<MutationDisableAlarmsArgs, 'input'>>;
  enableAlarms?: Resolver<ResolversTypes['AlarmActionsPayload'], ParentType, ContextType, RequireFields<MutationEnableAlarmsArgs, 'input'>>;
  putMessages?: Resolver<ResolversTypes['PutMessagesPayload'], ParentType, ContextType, RequireFields<MutationPutMessagesArgs, 'input'>>;
  resetAlarms?: Resolver<ResolversTypes['AlarmActionsPayload'], ParentType, ContextType, RequireFields<MutationResetAlarmsArgs, 'input'>>;
  sendHeartbeat?: Resolver<ResolversTypes['SendHeartbeatPayload'], ParentType, ContextType, RequireFields<MutationSendHeartbeatArgs, 'input'>>;
  snoozeAlarms?: Resolver<ResolversTypes['AlarmActionsPayload'], ParentType, ContextType, RequireFields<MutationSnoozeAlarmsArgs, 'input'>>;
  updateDetectors?: Resolver<ResolversTypes['UpdateDetectorsPayload'], ParentType, ContextType, RequireFields<MutationUpdateDetectorsArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Alarm' | 'Detector' | 'Device', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PutMessagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PutMessagesPayload'] = ResolversParentTypes['PutMessagesPayload']> = {
  results?: Resolver<Array<ResolversTypes['BatchEntryResult']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  alarm?: Resolver<Maybe<ResolversTypes['Alarm']>, ParentType, ContextType, RequireFields<QueryAlarmArgs, 'alarmModelName'>>;
  alarmModels?: Resolver<Maybe<ResolversTypes['AlarmModelConnection']>, ParentType, ContextType, RequireFields<QueryAlarmModelsArgs, 'first'>>;
  alarms?: Resolver<Maybe<ResolversTypes['AlarmConnection']>, ParentType, ContextType, RequireFields<QueryAlarmsArgs, 'alarmModelName' | 'first'>>;
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType, RequireFields<QueryDetectorArgs, 'detectorModelName'>>;
  detectorModels?: Resolver<Maybe<ResolversTypes['DetectorModelConnection']>, ParentType, ContextType, RequireFields<QueryDetectorModelsArgs, 'first'>>;
  detectors?: Resolver<Maybe<ResolversTypes['DetectorConnection']>, ParentType, ContextType, RequireFields<QueryDetectorsArgs, 'detectorModelName' | 'first'>>;
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType, RequireFields<QueryDeviceArgs, 'deviceFleetName' | 'deviceName'>>;
  deviceFleets?: Resolver<Maybe<ResolversTypes['DeviceFleetConnection']>, ParentType, ContextType, RequireFields<QueryDeviceFleetsArgs, 'first'>>;
  devices?: Resolver<Maybe<ResolversTypes['DeviceConnection']>, ParentType, ContextType, RequireFields<QueryDevicesArgs, 'first'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
};

export type SendHeartbeatPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendHeartbeatPayload'] = ResolversParentTypes['SendHeartbeatPayload']> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
};

export type SimpleRuleEvaluationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SimpleRuleEvaluation'] = ResolversParentTypes['SimpleRuleEvaluation']> = {
  inputPropertyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operator?: Resolver<Maybe<ResolversTypes['ComparisonOperator']>, ParentType, ContextType>;
  thresholdValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  alarmChanged?: SubscriptionResolver<ResolversTypes['AlarmChange'], "alarmChanged", ParentType, ContextType, RequireFields<SubscriptionAlarmChangedArgs, 'alarmModelName'>>;
  alarmsChanged?: SubscriptionResolver<ResolversTypes['AlarmChange'], "alarmsChanged", ParentType, ContextType, RequireFields<SubscriptionAlarmsChangedArgs, 'alarmModelName'>>;
  deploymentsChanged?: SubscriptionResolver<ResolversTypes['DeploymentsChange'], "deploymentsChanged", ParentType, ContextType, RequireFields<SubscriptionDeploymentsChangedArgs, 'deviceFleetName' | 'deviceName'>>;
  detectorChanged?: SubscriptionResolver<ResolversTypes['DetectorChange'], "detectorChanged", ParentType, ContextType, RequireFields<SubscriptionDetectorChangedArgs, 'detectorModelName'>>;
  detectorsChanged?: SubscriptionResolver<ResolversTypes['DetectorChange'], "detectorsChanged", ParentType, ContextType, RequireFields<SubscriptionDetectorsChangedArgs, 'detectorModelName'>>;
};

export type UpdateDetectorsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateDetectorsPayload'] = ResolversParentTypes['UpdateDetectorsPayload']> = {
  results?: Resolver<Array<ResolversTypes['DetectorEntryResult']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Alarm?: AlarmResolvers<ContextType>;
  AlarmActionsPayload?: AlarmActionsPayloadResolvers<ContextType>;
  AlarmChange?: AlarmChangeResolvers<ContextType>;
  AlarmConnection?: AlarmConnectionResolvers<ContextType>;
  AlarmCustomerAction?: AlarmCustomerActionResolvers<ContextType>;
  AlarmEdge?: AlarmEdgeResolvers<ContextType>;
  AlarmEntryResult?: AlarmEntryResultResolvers<ContextType>;
  AlarmModel?: AlarmModelResolvers<ContextType>;
  AlarmModelConnection?: AlarmModelConnectionResolvers<ContextType>;
  AlarmModelEdge?: AlarmModelEdgeResolvers<ContextType>;
  AlarmState?: AlarmStateResolvers<ContextType>;
  AlarmSystemEvent?: AlarmSystemEventResolvers<ContextType>;
  BatchEntryResult?: BatchEntryResultResolvers<ContextType>;
  Checksum?: ChecksumResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteDetectorsPayload?: DeleteDetectorsPayloadResolvers<ContextType>;
  Deployment?: DeploymentResolvers<ContextType>;
  DeploymentsChange?: DeploymentsChangeResolvers<ContextType>;
  Detector?: DetectorResolvers<ContextType>;
  DetectorChange?: DetectorChangeResolvers<ContextType>;
  DetectorConnection?: DetectorConnectionResolvers<ContextType>;
  DetectorEdge?: DetectorEdgeResolvers<ContextType>;
  DetectorEntryResult?: DetectorEntryResultResolvers<ContextType>;
  DetectorModel?: DetectorModelResolvers<ContextType>;
  DetectorModelConnection?: DetectorModelConnectionResolvers<ContextType>;
  DetectorModelEdge?: DetectorModelEdgeResolvers<ContextType>;
  DetectorState?: DetectorStateResolvers<ContextType>;
  DetectorTimer?: DetectorTimerResolvers<ContextType>;
  DetectorVariable?: DetectorVariableResolvers<ContextType>;
  Device?: DeviceResolvers<ContextType>;
  DeviceConnection?: DeviceConnectionResolvers<ContextType>;
  DeviceEdge?: DeviceEdgeResolvers<ContextType>;
  DeviceFleet?: DeviceFleetResolvers<ContextType>;
  DeviceFleetConnection?: DeviceFleetConnectionResolvers<ContextType>;
  DeviceFleetEdge?: DeviceFleetEdgeResolvers<ContextType>;
  DeviceModel?: DeviceModelResolvers<ContextType>;
  DeviceRegistration?: DeviceRegistrationResolvers<ContextType>;
  EntryError?: EntryErrorResolvers<ContextType>;
  EntryResult?: EntryResultResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  ModelDefinition?: ModelDefinitionResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PutMessagesPayload?: PutMessagesPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SendHeartbeatPayload?: SendHeartbeatPayloadResolvers<ContextType>;
  SimpleRuleEvaluation?: SimpleRuleEvaluationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UpdateDetectorsPayload?: UpdateDetectorsPayloadResolvers<ContextType>;
};

