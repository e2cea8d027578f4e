// Written by `npm run codegen` from schema/*.graphql. Never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Device as DeviceParent, DeviceModel as DeviceModelParent } from '../device/device.ts';
import type { DeviceRegistrationAnswer, DeviceFleetSummaryAnswer, DetectorModelSummaryAnswer, AlarmModelSummaryAnswer } from '../upstream/upstream.ts';
import type { Detector as DetectorParent, DetectorState as DetectorStateParent, DetectorVariable as DetectorVariableParent, DetectorOutcome as DetectorOutcomeParent } from '../detector/detector.ts';
import type { Alarm as AlarmParent, AlarmState as AlarmStateParent, AlarmOutcome as AlarmOutcomeParent } from '../alarm/alarm.ts';
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
  /** Date and time as RFC 3339 writes it, in UTC, to the millisecond: `2026-05-20T12:00:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

/** An instance of an alarm model, for one key. */
export type Alarm = Node & {
  readonly __typename?: 'Alarm';
  /** The model it is an instance of. */
  readonly alarmModelName: Scalars['String']['output'];
  /** The model's version it runs, a whole number as text. */
  readonly alarmModelVersion: Scalars['String']['output'];
  /** Where it stands. */
  readonly alarmState: AlarmState;
  /** When it was made. */
  readonly creationTime: Scalars['DateTime']['output'];
  /** The device of a fleet that its keyValue belongs to (key template in the settings): the identity, at no cost. Null: it is no device's. */
  readonly device: Maybe<Device>;
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What tells it from the model's other alarms. Null: the model has no key. */
  readonly keyValue: Maybe<Scalars['String']['output']>;
  /** When it last changed, as of the answer it came with. */
  readonly lastUpdateTime: Scalars['DateTime']['output'];
  /** How grave it is, as its model says: the higher, the graver. Costs DescribeAlarm on an alarm from a list. Null: the model does not say. */
  readonly severity: Maybe<Scalars['Int']['output']>;
};


/** An instance of an alarm model, for one key. */
export type AlarmDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
};

/** An alarm to act on. */
export type AlarmActionInput = {
  /** 1 to 128 of a-z A-Z 0-9 _ -. */
  readonly alarmModelName: Scalars['String']['input'];
  /** 1 to 128 of a-z A-Z 0-9 - _ :. Null: the model has no key. */
  readonly keyValue?: InputMaybe<Scalars['String']['input']>;
  /** Why, at most 256 characters. Null: no note. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9 _ -. Null: the gateway makes one up. */
  readonly requestId?: InputMaybe<Scalars['String']['input']>;
};

/** What a person can do to an alarm. */
export type AlarmActionName =
  /** Take note of it. */
  | 'ACKNOWLEDGE'
  /** Switch it off. */
  | 'DISABLE'
  /** Switch it on. */
  | 'ENABLE'
  /** Set it back to NORMAL. */
  | 'RESET'
  /** Switch it off for a time. */
  | 'SNOOZE';

/** The alarms of an action. */
export type AlarmActionsInput = {
  /** At least one; at most as many as the gateway's settings allow (1000 by default). Ids must differ. Sent in chunks of 10. */
  readonly alarms: ReadonlyArray<AlarmActionInput>;
};

/** What became of the actions. */
export type AlarmActionsPayload = {
  readonly __typename?: 'AlarmActionsPayload';
  /** One for each alarm, in the order given. */
  readonly results: ReadonlyArray<AlarmEntryResult>;
};

/** An event of `alarmChanged` or `alarmsChanged`. */
export type AlarmChange = {
  readonly __typename?: 'AlarmChange';
  /** The alarm after the event. Null: there is none. */
  readonly alarm: Maybe<Alarm>;
  /** The model of the alarm that it happened to. */
  readonly alarmModelName: Scalars['String']['output'];
  /** Whether it stands for several changes of the same object, as the client took its events slowly: from the state before the first to the newest. */
  readonly conflated: Scalars['Boolean']['output'];
  /** Opaque; give it as `after` to go on behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The key of the alarm that it happened to. Null: the model has no key, or the event is a GAP. */
  readonly keyValue: Maybe<Scalars['String']['output']>;
  /** What happened. */
  readonly kind: ChangeKind;
  /** When the poll that saw it was answered. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The state before, also when other things changed. Null on SNAPSHOT, CREATED and GAP. */
  readonly previousStateName: Maybe<AlarmStateName>;
};

/** A page of alarms. */
export type AlarmConnection = {
  readonly __typename?: 'AlarmConnection';
  /** The alarms with their cursors. */
  readonly edges: ReadonlyArray<AlarmEdge>;
  /** The alarms. */
  readonly nodes: ReadonlyArray<Alarm>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** What a person did to an alarm. */
export type AlarmCustomerAction = {
  readonly __typename?: 'AlarmCustomerAction';
  /** The action. */
  readonly actionName: AlarmActionName;
  /** The note given with it. Null: none. */
  readonly note: Maybe<Scalars['String']['output']>;
  /** For how long it was snoozed, in seconds. Null: the action is no SNOOZE. */
  readonly snoozeDurationSeconds: Maybe<Scalars['Int']['output']>;
};

/** An alarm in a page. */
export type AlarmEdge = {
  readonly __typename?: 'AlarmEdge';
  /** Opaque; give it as `after` to read on behind this alarm. */
  readonly cursor: Scalars['String']['output'];
  /** The alarm. */
  readonly node: Alarm;
};

/** What became of one entry of an alarm mutation. */
export type AlarmEntryResult = EntryResult & {
  readonly __typename?: 'AlarmEntryResult';
  /** The alarm after the action, at the cost of one DescribeAlarm. Null: the entry failed, or the alarm has gone since. */
  readonly alarm: Maybe<Alarm>;
  /** Why not; null exactly if `ok`. */
  readonly error: Maybe<EntryError>;
  /** The entry's requestId: the one given, or the one made up where none was. */
  readonly id: Scalars['String']['output'];
  /** Whether upstream accepted the entry; the alarm's state may follow a little later. */
  readonly ok: Scalars['Boolean']['output'];
};

/**
 * An alarm model: the rule and the notifications that its alarms run by. `alarmModelName`, `description` and `creationTime` come with the list; the
 * other fields but `alarms` cost one DescribeAlarmModel for all of them, and are null if the model has gone since it was listed.
 */
export type AlarmModel = {
  readonly __typename?: 'AlarmModel';
  /** Its name, unique in the account. */
  readonly alarmModelName: Scalars['String']['output'];
  /** Its version, a whole number as text. NOT_FOUND if the model has gone since it was listed. */
  readonly alarmModelVersion: Scalars['String']['output'];
  /** Its alarms (ListAlarms). */
  readonly alarms: Maybe<AlarmConnection>;
  /** When it was made. Null: not told. */
  readonly creationTime: Maybe<Scalars['DateTime']['output']>;
  /** Its alarmRule, alarmNotification, alarmEventActions and alarmCapabilities, as far as it has them, as AWS writes them. */
  readonly definition: Maybe<Scalars['JSON']['output']>;
  /** What it is for. Null: nothing is said. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** The input attribute that tells its alarms apart. Null: it has one alarm only. */
  readonly key: Maybe<Scalars['String']['output']>;
  /** When it was last changed. Null: not told. */
  readonly lastUpdateTime: Maybe<Scalars['DateTime']['output']>;
  /** How grave its alarms are: the higher, the graver. Null: not said. */
  readonly severity: Maybe<Scalars['Int']['output']>;
  /** AWS's status of this version, for example ACTIVE. Null: not told. */
  readonly status: Maybe<Scalars['String']['output']>;
};


/**
 * An alarm model: the rule and the notifications that its alarms run by. `alarmModelName`, `description` and `creationTime` come with the list; the
 * other fields but `alarms` cost one DescribeAlarmModel for all of them, and are null if the model has gone since it was listed.
 */
export type AlarmModelAlarmsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of alarm models. */
export type AlarmModelConnection = {
  readonly __typename?: 'AlarmModelConnection';
  /** The alarm models with their cursors. */
  readonly edges: ReadonlyArray<AlarmModelEdge>;
  /** The alarm models. */
  readonly nodes: ReadonlyArray<AlarmModel>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An alarm model in a page. */
export type AlarmModelEdge = {
  readonly __typename?: 'AlarmModelEdge';
  /** Opaque; give it as `after` to read on behind this alarm model. */
  readonly cursor: Scalars['String']['output'];
  /** The alarm model. */
  readonly node: AlarmModel;
};

/**
 * The state of an alarm. On an alarm from a list all but `stateName` cost one DescribeAlarm, shared by them and `severity`, so they may be
 * newer; they are null if the alarm has gone since it was listed.
 */
export type AlarmState = {
  readonly __typename?: 'AlarmState';
  /** What a person last did that led to the state. Null: it was not a person. */
  readonly customerAction: Maybe<AlarmCustomerAction>;
  /** How its rule was last evaluated. Null: not told. */
  readonly ruleEvaluation: Maybe<SimpleRuleEvaluation>;
  /** The state. */
  readonly stateName: AlarmStateName;
  /** What the service last did that led to the state. Null: it was not the service. */
  readonly systemEvent: Maybe<AlarmSystemEvent>;
};

/** The states of an alarm. */
export type AlarmStateName =
  /** It was active, and somebody has acknowledged that. */
  | 'ACKNOWLEDGED'
  /** Its rule applies. */
  | 'ACTIVE'
  /** It is switched off and evaluates nothing. */
  | 'DISABLED'
  /** Its rule applied and does no longer, but nobody has acknowledged it yet. */
  | 'LATCHED'
  /** It is ready, and its rule does not apply. */
  | 'NORMAL'
  /** It is switched off for a time. */
  | 'SNOOZE_DISABLED';

/** What the service did to an alarm. */
export type AlarmSystemEvent = {
  readonly __typename?: 'AlarmSystemEvent';
  /** AWS's word for it: STATE_CHANGE. */
  readonly eventType: Scalars['String']['output'];
  /** What brought it about: SNOOZE_TIMEOUT. Null: not told. */
  readonly triggerType: Maybe<Scalars['String']['output']>;
};

/** What became of one entry of `putMessages` or `deleteDetectors`. */
export type BatchEntryResult = EntryResult & {
  readonly __typename?: 'BatchEntryResult';
  /** Why not; null exactly if `ok`. */
  readonly error: Maybe<EntryError>;
  /** The entry's messageId: the one given, or the one made up where none was. */
  readonly id: Scalars['String']['output'];
  /** Whether upstream accepted the entry. */
  readonly ok: Scalars['Boolean']['output'];
};

/** What an event of a subscription tells. */
export type ChangeKind =
  /** New since the poll before. */
  | 'CREATED'
  /** Gone since the poll before. */
  | 'DELETED'
  /** Events after the cursor given in `after` are no longer known; the present state follows as SNAPSHOT. */
  | 'GAP'
  /** The state when the subscription began. */
  | 'SNAPSHOT'
  /** A new lastUpdateTime or other content. Also an object that was deleted and made anew between two polls, or that enters or leaves the state asked for. */
  | 'UPDATED';

/** A checksum of a packaged model. */
export type Checksum = {
  readonly __typename?: 'Checksum';
  /** The sum, in lower-case hexadecimal. */
  readonly sum: Scalars['String']['output'];
  /** The algorithm. */
  readonly type: ChecksumType;
};

/** An algorithm for checksums. */
export type ChecksumType =
  /** SHA-1, 160 bits. */
  | 'SHA1';

/** How an alarm's rule compares the input's value with the threshold. */
export type ComparisonOperator =
  /** The two are equal. */
  | 'EQUAL'
  /** The value is above the threshold. */
  | 'GREATER'
  /** The value is at or above the threshold. */
  | 'GREATER_OR_EQUAL'
  /** The value is below the threshold. */
  | 'LESS'
  /** The value is at or below the threshold. */
  | 'LESS_OR_EQUAL'
  /** The two are not equal. */
  | 'NOT_EQUAL';

/** What `deleteDetectors` deletes. */
export type DeleteDetectorsInput = {
  /** At least one; at most as many as the gateway's settings allow (1000 by default). Ids must differ. */
  readonly detectors: ReadonlyArray<DetectorKeyInput>;
};

/** What became of the deletions. */
export type DeleteDetectorsPayload = {
  readonly __typename?: 'DeleteDetectorsPayload';
  /** One for each detector, in the order given. */
  readonly results: ReadonlyArray<BatchEntryResult>;
};

/** A deployment that a device is to carry out. */
export type Deployment = {
  readonly __typename?: 'Deployment';
  /** The models to deploy or to remove. */
  readonly definitions: ReadonlyArray<ModelDefinition>;
  /** The edge deployment plan's name; the device's DeploymentResult names it again. */
  readonly deploymentName: Scalars['String']['output'];
  /** What the device is to do if it fails. */
  readonly failureHandlingPolicy: FailureHandlingPolicy;
  /** What is deployed. */
  readonly type: DeploymentType;
};

/** How the deployment of one model went. A member that is null is not sent. */
export type DeploymentModelInput = {
  /** What was to become of it. */
  readonly desiredState?: InputMaybe<ModelState>;
  /** 1 to 63 of a-z A-Z 0-9, with - in between. */
  readonly modelHandle?: InputMaybe<Scalars['String']['input']>;
  /** 4 to 255 of a-z A-Z 0-9, with - in between. */
  readonly modelName?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9, space, _ and period. */
  readonly modelVersion?: InputMaybe<Scalars['String']['input']>;
  /** Why it could not be rolled back, if so. */
  readonly rollbackFailureReason?: InputMaybe<Scalars['String']['input']>;
  /** What became of it. */
  readonly state?: InputMaybe<ModelState>;
  /** Whether that is a success. */
  readonly status?: InputMaybe<DeploymentStatus>;
  /** Why. */
  readonly statusReason?: InputMaybe<Scalars['String']['input']>;
};

/** How a deployment went on a device. A member that is null is not sent. */
export type DeploymentResultInput = {
  /** When the device had done. */
  readonly deploymentEndTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** The models of the deployment. */
  readonly deploymentModels?: InputMaybe<ReadonlyArray<DeploymentModelInput>>;
  /** The deployment's name: 1 to 63 of a-z A-Z 0-9, with - in between. */
  readonly deploymentName?: InputMaybe<Scalars['String']['input']>;
  /** When the device began. */
  readonly deploymentStartTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** The outcome in a word, which AWS calls a bucket error code: 1 to 63 of a-z A-Z 0-9, with - in between. */
  readonly deploymentStatus?: InputMaybe<Scalars['String']['input']>;
  /** The outcome in words. */
  readonly deploymentStatusMessage?: InputMaybe<Scalars['String']['input']>;
};

/** How the deployment of a model ended. */
export type DeploymentStatus =
  /** With a failure; `statusReason` tells more. */
  | 'FAIL'
  /** As it should. */
  | 'SUCCESS';

/** What a deployment brings. */
export type DeploymentType =
  /** Machine-learning models. */
  | 'MODEL';

/** An event of `deploymentsChanged`. */
export type DeploymentsChange = {
  readonly __typename?: 'DeploymentsChange';
  /** Whether it stands for several changes of the same object, as the client took its events slowly: from the state before the first to the newest. */
  readonly conflated: Scalars['Boolean']['output'];
  /** Opaque; give it as `after` to go on behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** Its deployments after the event. */
  readonly deployments: ReadonlyArray<Deployment>;
  /** The device. */
  readonly device: Device;
  /** What happened. */
  readonly kind: ChangeKind;
  /** When the poll that saw it was answered. */
  readonly observedAt: Scalars['DateTime']['output'];
};

/** An instance of a detector model, for one key. */
export type Detector = Node & {
  readonly __typename?: 'Detector';
  /** When it was made. */
  readonly creationTime: Scalars['DateTime']['output'];
  /** The model it is an instance of. */
  readonly detectorModelName: Scalars['String']['output'];
  /** The model's version it runs, a whole number as text. */
  readonly detectorModelVersion: Scalars['String']['output'];
  /** The device of a fleet that its keyValue belongs to (key template in the settings): the identity, at no cost. Null: it is no device's. */
  readonly device: Maybe<Device>;
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What tells it from the model's other detectors. Null: the model has no key. */
  readonly keyValue: Maybe<Scalars['String']['output']>;
  /** When it last changed, as of the answer it came with. */
  readonly lastUpdateTime: Scalars['DateTime']['output'];
  /** Where it stands. */
  readonly state: DetectorState;
};


/** An instance of a detector model, for one key. */
export type DetectorDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
};

/** An event of `detectorChanged` or `detectorsChanged`. */
export type DetectorChange = {
  readonly __typename?: 'DetectorChange';
  /** Whether it stands for several changes of the same object, as the client took its events slowly: from the state before the first to the newest. */
  readonly conflated: Scalars['Boolean']['output'];
  /** Opaque; give it as `after` to go on behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The detector after the event. Null: there is none. */
  readonly detector: Maybe<Detector>;
  /** The model of the detector that it happened to. */
  readonly detectorModelName: Scalars['String']['output'];
  /** The key of the detector that it happened to. Null: the model has no key, or the event is a GAP. */
  readonly keyValue: Maybe<Scalars['String']['output']>;
  /** What happened. */
  readonly kind: ChangeKind;
  /** When the poll that saw it was answered. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The state before, also when only variables changed. Null on SNAPSHOT, CREATED and GAP. */
  readonly previousStateName: Maybe<Scalars['String']['output']>;
};

/** A page of detectors. */
export type DetectorConnection = {
  readonly __typename?: 'DetectorConnection';
  /** The detectors with their cursors. */
  readonly edges: ReadonlyArray<DetectorEdge>;
  /** The detectors. */
  readonly nodes: ReadonlyArray<Detector>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A detector in a page. */
export type DetectorEdge = {
  readonly __typename?: 'DetectorEdge';
  /** Opaque; give it as `after` to read on behind this detector. */
  readonly cursor: Scalars['String']['output'];
  /** The detector. */
  readonly node: Detector;
};

/** What became of one entry of `updateDetectors`. */
export type DetectorEntryResult = EntryResult & {
  readonly __typename?: 'DetectorEntryResult';
  /** The detector as it is after the update, at the cost of one DescribeDetector. Null: the entry failed, or the detector has gone since. */
  readonly detector: Maybe<Detector>;
  /** Why not; null exactly if `ok`. */
  readonly error: Maybe<EntryError>;
  /** The entry's messageId: the one given, or the one made up where none was. */
  readonly id: Scalars['String']['output'];
  /** Whether upstream accepted the entry. */
  readonly ok: Scalars['Boolean']['output'];
};

/** A detector to delete. */
export type DetectorKeyInput = {
  /** 1 to 128 of a-z A-Z 0-9 _ -. */
  readonly detectorModelName: Scalars['String']['input'];
  /** 1 to 128 of a-z A-Z 0-9 - _ :. Null: the model has no key. */
  readonly keyValue?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9 _ -. Null: the gateway makes one up. */
  readonly messageId?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A detector model: states, conditions and actions that its detectors run by. `detectorModelName`, `description` and `creationTime` come with the
 * list; the other fields but `detectors` cost one DescribeDetectorModel for all of them, and are null if the model has gone since it was listed.
 */
export type DetectorModel = {
  readonly __typename?: 'DetectorModel';
  /** When it was made. Null: not told. */
  readonly creationTime: Maybe<Scalars['DateTime']['output']>;
  /** Its detectorModelDefinition, as AWS writes it. Null: not told. */
  readonly definition: Maybe<Scalars['JSON']['output']>;
  /** What it is for. Null: nothing is said. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Its name, unique in the account. */
  readonly detectorModelName: Scalars['String']['output'];
  /** Its version, a whole number as text. NOT_FOUND if the model has gone since it was listed. */
  readonly detectorModelVersion: Scalars['String']['output'];
  /** Its detectors (ListDetectors). */
  readonly detectors: Maybe<DetectorConnection>;
  /** How it evaluates a message's conditions. Null: not told. */
  readonly evaluationMethod: Maybe<EvaluationMethod>;
  /** The inputs that its expressions name, each once. Null: its definition is not told. */
  readonly inputNames: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The input attribute that tells its detectors apart. Null: it has one detector only. */
  readonly key: Maybe<Scalars['String']['output']>;
  /** When it was last changed. Null: not told. */
  readonly lastUpdateTime: Maybe<Scalars['DateTime']['output']>;
  /** Its states' names. Null: its definition is not told. */
  readonly stateNames: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** AWS's status of this version, for example ACTIVE. Null: not told. */
  readonly status: Maybe<Scalars['String']['output']>;
};


/**
 * A detector model: states, conditions and actions that its detectors run by. `detectorModelName`, `description` and `creationTime` come with the
 * list; the other fields but `detectors` cost one DescribeDetectorModel for all of them, and are null if the model has gone since it was listed.
 */
export type DetectorModelDetectorsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  stateName: InputMaybe<Scalars['String']['input']>;
};

/** A page of detector models. */
export type DetectorModelConnection = {
  readonly __typename?: 'DetectorModelConnection';
  /** The detector models with their cursors. */
  readonly edges: ReadonlyArray<DetectorModelEdge>;
  /** The detector models. */
  readonly nodes: ReadonlyArray<DetectorModel>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A detector model in a page. */
export type DetectorModelEdge = {
  readonly __typename?: 'DetectorModelEdge';
  /** Opaque; give it as `after` to read on behind this detector model. */
  readonly cursor: Scalars['String']['output'];
  /** The detector model. */
  readonly node: DetectorModel;
};

/** The state of a detector. On a detector from a list all but `stateName` cost one DescribeDetector, shared by them, so they may be newer. */
export type DetectorState = {
  readonly __typename?: 'DetectorState';
  /** The state's name. */
  readonly stateName: Scalars['String']['output'];
  /** Its timers, expired ones too. Null: the detector has gone since it was listed, or with an error. */
  readonly timers: Maybe<ReadonlyArray<DetectorTimer>>;
  /** One variable. Null: it has none of that name, or the detector has gone since it was listed, or with an error. */
  readonly variable: Maybe<DetectorVariable>;
  /** Its variables. Null: the detector has gone since it was listed, or with an error. */
  readonly variables: Maybe<ReadonlyArray<DetectorVariable>>;
};


/** The state of a detector. On a detector from a list all but `stateName` cost one DescribeDetector, shared by them, so they may be newer. */
export type DetectorStateVariableArgs = {
  name: Scalars['String']['input'];
};

/** The whole new state of a detector. */
export type DetectorStateInput = {
  /** A state of the model: 1 to 128 characters. */
  readonly stateName: Scalars['String']['input'];
  /** All timers it is to have; others are cleared and do not expire. */
  readonly timers: ReadonlyArray<DetectorTimerInput>;
  /** All variables it is to have; others are cleared. */
  readonly variables: ReadonlyArray<DetectorVariableInput>;
};

/** A timer of a detector. */
export type DetectorTimer = {
  readonly __typename?: 'DetectorTimer';
  /** The timer's name. */
  readonly name: Scalars['String']['output'];
  /** When it expires, or expired. */
  readonly timestamp: Scalars['DateTime']['output'];
};

/** A timer that starts now. */
export type DetectorTimerInput = {
  /** 1 to 128 characters. */
  readonly name: Scalars['String']['input'];
  /** Seconds from now until it expires: 1 to 31622400 (366 days). */
  readonly seconds: Scalars['Int']['input'];
};

/** A variable of a detector. */
export type DetectorVariable = {
  readonly __typename?: 'DetectorVariable';
  /** The value of that text: a number, a Boolean or a string; the text itself where it is no literal. */
  readonly json: Maybe<Scalars['JSON']['output']>;
  /** The variable's name. */
  readonly name: Scalars['String']['output'];
  /** AWS's text form: numbers and Booleans as text, strings with double quotes inside the text, Decimals with a fraction (`20.0`). */
  readonly value: Scalars['String']['output'];
};

/** A variable's new value. */
export type DetectorVariableInput = {
  /** 1 to 128 of a-z A-Z 0-9 _, a letter first. */
  readonly name: Scalars['String']['input'];
  /** AWS's text form, 1 to 1024 characters: `22`, `1.0`, `true`, or a string with double quotes inside the text. */
  readonly value: Scalars['String']['input'];
};

/**
 * An edge device of a fleet. The fields from `description` on are the registry's: on a device of `devices` they cost nothing more, else one
 * DescribeDevice for all of them. They are null where there is no registry, and where it does not know the device.
 */
export type Device = Node & {
  readonly __typename?: 'Device';
  /** The Edge Manager agent's version in its last heartbeat. Null: none came yet. */
  readonly agentVersion: Maybe<Scalars['String']['output']>;
  /** The alarms whose keyValue belongs to this device: those that exist. One call for each model; if one fails the list is null, with an error. */
  readonly alarms: Maybe<ReadonlyArray<Alarm>>;
  /** Its active deployments (GetDeployments). Null only with an error. */
  readonly deployments: Maybe<ReadonlyArray<Deployment>>;
  /** What its registration says of it. Null: nothing. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** The detector of a model whose keyValue belongs to this device (key template in the settings). Null: there is none. */
  readonly detector: Maybe<Detector>;
  /** The detectors whose keyValue belongs to this device: those that exist. One call for each model; if one fails the list is null, with an error. */
  readonly detectors: Maybe<ReadonlyArray<Detector>>;
  /** The fleet it belongs to. */
  readonly deviceFleetName: Scalars['String']['output'];
  /** Its name, unique in its fleet. */
  readonly deviceName: Scalars['String']['output'];
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** Its thing in AWS IoT. Null: it has none. */
  readonly iotThingName: Maybe<Scalars['String']['output']>;
  /** When its last heartbeat came. Null: none came yet. */
  readonly latestHeartbeat: Maybe<Scalars['DateTime']['output']>;
  /** The models in its last heartbeat; empty before the first. */
  readonly models: Maybe<ReadonlyArray<DeviceModel>>;
  /** How lately it was heard of, by the heartbeat interval in the settings (a minute by default). */
  readonly presence: Maybe<DevicePresence>;
  /** Whether it is registered (GetDeviceRegistration). Null only with an error. */
  readonly registration: Maybe<DeviceRegistration>;
  /** When it was registered. Null: not told. */
  readonly registrationTime: Maybe<Scalars['DateTime']['output']>;
};


/**
 * An edge device of a fleet. The fields from `description` on are the registry's: on a device of `devices` they cost nothing more, else one
 * DescribeDevice for all of them. They are null where there is no registry, and where it does not know the device.
 */
export type DeviceAlarmsArgs = {
  alarmModelNames: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/**
 * An edge device of a fleet. The fields from `description` on are the registry's: on a device of `devices` they cost nothing more, else one
 * DescribeDevice for all of them. They are null where there is no registry, and where it does not know the device.
 */
export type DeviceDetectorArgs = {
  detectorModelName: Scalars['String']['input'];
};


/**
 * An edge device of a fleet. The fields from `description` on are the registry's: on a device of `devices` they cost nothing more, else one
 * DescribeDevice for all of them. They are null where there is no registry, and where it does not know the device.
 */
export type DeviceDetectorsArgs = {
  detectorModelNames: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A page of devices. */
export type DeviceConnection = {
  readonly __typename?: 'DeviceConnection';
  /** The devices with their cursors. */
  readonly edges: ReadonlyArray<DeviceEdge>;
  /** The devices. */
  readonly nodes: ReadonlyArray<Device>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A device in a page. */
export type DeviceEdge = {
  readonly __typename?: 'DeviceEdge';
  /** Opaque; give it as `after` to read on behind this device. */
  readonly cursor: Scalars['String']['output'];
  /** The device. */
  readonly node: Device;
};

/** A fleet of edge devices. */
export type DeviceFleet = {
  readonly __typename?: 'DeviceFleet';
  /** How many of them are connected, as the registry sees it: it has a time of its own for that. Null: as `registeredDeviceCount`. */
  readonly connectedDeviceCount: Maybe<Scalars['Int']['output']>;
  /** When it was made. Null: not told. */
  readonly creationTime: Maybe<Scalars['DateTime']['output']>;
  /** What it is for, at the cost of one DescribeDeviceFleet. Null: nothing is said, or the fleet has gone since it was listed. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Its name, unique in the account. */
  readonly deviceFleetName: Scalars['String']['output'];
  /** Its devices (ListDevices). */
  readonly devices: Maybe<DeviceConnection>;
  /** When it was last changed. Null: not told. */
  readonly lastModifiedTime: Maybe<Scalars['DateTime']['output']>;
  /** How many devices it has, at the cost of one GetDeviceFleetReport for both counts. Null: the fleet has gone since it was listed. */
  readonly registeredDeviceCount: Maybe<Scalars['Int']['output']>;
};


/** A fleet of edge devices. */
export type DeviceFleetDevicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  presence: InputMaybe<DevicePresence>;
};

/** A page of fleets. */
export type DeviceFleetConnection = {
  readonly __typename?: 'DeviceFleetConnection';
  /** The fleets with their cursors. */
  readonly edges: ReadonlyArray<DeviceFleetEdge>;
  /** The fleets. */
  readonly nodes: ReadonlyArray<DeviceFleet>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A fleet in a page. */
export type DeviceFleetEdge = {
  readonly __typename?: 'DeviceFleetEdge';
  /** Opaque; give it as `after` to read on behind this fleet. */
  readonly cursor: Scalars['String']['output'];
  /** The fleet. */
  readonly node: DeviceFleet;
};

/** A model that runs on a device, from the device's heartbeats. */
export type DeviceModel = {
  readonly __typename?: 'DeviceModel';
  /** When the device last made an inference with it. Costs as `latestSampleTime`. Null: not told. */
  readonly latestInference: Maybe<Scalars['DateTime']['output']>;
  /** When the device last took a sample for it. Costs DescribeDevice, once for the device, on a device from a list. Null: not told. */
  readonly latestSampleTime: Maybe<Scalars['DateTime']['output']>;
  /** The model's name. */
  readonly modelName: Scalars['String']['output'];
  /** The model's version. */
  readonly modelVersion: Scalars['String']['output'];
};

/** How lately a device was heard of. */
export type DevicePresence =
  /** Two heartbeats in a row are missing. */
  | 'LATE'
  /** No heartbeat ever came. */
  | 'NEVER_SEEN'
  /** Three heartbeats in a row are missing, or more. */
  | 'OFFLINE'
  /** Fewer than two heartbeats in a row are missing. */
  | 'ONLINE';

/** What GetDeviceRegistration tells. */
export type DeviceRegistration = {
  readonly __typename?: 'DeviceRegistration';
  /** How long the device may go by this answer, in seconds. Null: upstream gave no whole number. */
  readonly cacheTtlSeconds: Maybe<Scalars['Int']['output']>;
  /** Upstream's own word, for example `Registered`. */
  readonly deviceRegistration: Scalars['String']['output'];
  /** Whether that word is `Registered`, `true` or `active`, in any case. */
  readonly isRegistered: Scalars['Boolean']['output'];
};

/** One measure. A member that is null is not sent. */
export type EdgeMetricInput = {
  /** What it is a measure of: 1 to 1000 of a-z A-Z 0-9 and /, with - in between. */
  readonly dimension?: InputMaybe<Scalars['String']['input']>;
  /** What is measured: 4 to 100 of a-z A-Z 0-9, with - in between. */
  readonly metricName?: InputMaybe<Scalars['String']['input']>;
  /** When it was measured. */
  readonly timestamp?: InputMaybe<Scalars['DateTime']['input']>;
  /** The measured value, in the metric's own unit. */
  readonly value?: InputMaybe<Scalars['Float']['input']>;
};

/** A model on a device. A member that is null is not sent. */
export type EdgeModelInput = {
  /** When the last inference was made with it. */
  readonly latestInference?: InputMaybe<Scalars['DateTime']['input']>;
  /** When the last sample was taken for it. */
  readonly latestSampleTime?: InputMaybe<Scalars['DateTime']['input']>;
  /** Measures of the model. */
  readonly modelMetrics?: InputMaybe<ReadonlyArray<EdgeMetricInput>>;
  /** 4 to 255 of a-z A-Z 0-9, with - in between. */
  readonly modelName?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9, space, _ and period. */
  readonly modelVersion?: InputMaybe<Scalars['String']['input']>;
};

/** Why an entry of a batch mutation was not accepted, or is not known to have been. */
export type EntryError = {
  readonly __typename?: 'EntryError';
  /** The kind of failure. */
  readonly code: EntryErrorCode;
  /** Upstream's text, or the gateway's own where the whole call failed. */
  readonly message: Scalars['String']['output'];
  /** Whether sending the entry again, with the same id, can help: INTERNAL_FAILURE, SERVICE_UNAVAILABLE, THROTTLING and OUTCOME_UNKNOWN. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** The kinds of failure of an entry: AWS's per-entry error codes, and two for whole calls that failed. */
export type EntryErrorCode =
  /** The gateway's credentials are missing or do not suffice: the entry was not applied. */
  | 'FORBIDDEN'
  /** Upstream failed on this entry; it was not applied. */
  | 'INTERNAL_FAILURE'
  /** Upstream refused the entry, or the call it was in. */
  | 'INVALID_REQUEST'
  /** The call broke off after it was sent: the entry may have been applied. AWS drops a repeated messageId within five minutes. */
  | 'OUTCOME_UNKNOWN'
  /** The input, detector, alarm or model does not exist. */
  | 'RESOURCE_NOT_FOUND'
  /** Upstream was not there, or not reached: the entry was not applied. */
  | 'SERVICE_UNAVAILABLE'
  /** Too many requests: the entry was not applied. */
  | 'THROTTLING';

/** What became of one entry of a batch mutation. */
export type EntryResult = {
  /** Why not; null exactly if `ok`. */
  readonly error: Maybe<EntryError>;
  /** The entry's messageId or requestId: the one given, or the one made up where none was. */
  readonly id: Scalars['String']['output'];
  /** Whether upstream accepted the entry. */
  readonly ok: Scalars['Boolean']['output'];
};

/** How a detector model evaluates a message's conditions. */
export type EvaluationMethod =
  /** All conditions by the values before the message, then the variables change. */
  | 'BATCH'
  /** One condition after the other, in the order of the definition, each by what those before it have set. */
  | 'SERIAL';

/** What a device is to do if a deployment fails. */
export type FailureHandlingPolicy =
  /** Leave things as they are. */
  | 'DO_NOTHING'
  /** Go back to what was there before. */
  | 'ROLLBACK_ON_FAILURE';

/** A message to an input, with exactly one of `payload` and `payloadText`. */
export type MessageInput = {
  /** The input: 1 to 128 of a-z A-Z 0-9 _ . -, a letter or digit first. */
  readonly inputName: Scalars['String']['input'];
  /** 1 to 64 of a-z A-Z 0-9 _ -; upstream drops one that it had within five minutes. Null: the gateway makes one up. */
  readonly messageId?: InputMaybe<Scalars['String']['input']>;
  /** A JSON object. GraphQL keeps no difference between `20` and `20.0`: where Integer and Decimal must be told apart, use `payloadText`. Null counts as not given. */
  readonly payload?: InputMaybe<Scalars['JSON']['input']>;
  /** The JSON text of an object, sent as it is, byte for byte in UTF-8. Null counts as not given. */
  readonly payloadText?: InputMaybe<Scalars['String']['input']>;
  /** When it happened, after 1970-01-01T00:00:00Z. Null: when upstream receives it. */
  readonly timestamp?: InputMaybe<Scalars['DateTime']['input']>;
};

/** One model in a deployment. */
export type ModelDefinition = {
  readonly __typename?: 'ModelDefinition';
  /** The packaged model's checksum. Null: not given. */
  readonly checksum: Maybe<Checksum>;
  /** What the device knows the model by. */
  readonly modelHandle: Scalars['String']['output'];
  /** Where the packaged model is, as `s3://bucket/key`. Null: not given. */
  readonly s3Url: Maybe<Scalars['String']['output']>;
  /** What is to become of the model. */
  readonly state: ModelState;
};

/** What is to become of a model, or has. */
export type ModelState =
  /** It is loaded. */
  | 'DEPLOY'
  /** It is removed. */
  | 'UNDEPLOY';

/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Acknowledges alarms (BatchAcknowledgeAlarm): ACKNOWLEDGED, or NORMAL for those that are LATCHED. */
  readonly acknowledgeAlarms: AlarmActionsPayload;
  /** Deletes detectors (BatchDeleteDetector), any number, in chunks of 10. The next message for a deleted one makes it anew. */
  readonly deleteDetectors: DeleteDetectorsPayload;
  /** Disables alarms (BatchDisableAlarm): DISABLED. */
  readonly disableAlarms: AlarmActionsPayload;
  /** Enables alarms that are DISABLED or SNOOZE_DISABLED (BatchEnableAlarm): NORMAL. */
  readonly enableAlarms: AlarmActionsPayload;
  /**
   * Sends messages to inputs (BatchPutMessage), any number, in chunks of 10 and in no order, as AWS says. A chunk that fails costs its own
   * messages only. `ok` means accepted: detectors change soon after.
   */
  readonly putMessages: PutMessagesPayload;
  /** Resets alarms (BatchResetAlarm): NORMAL. */
  readonly resetAlarms: AlarmActionsPayload;
  /**
   * Sends a device's heartbeat (SendHeartbeat). Fails with upstream's code; the message tells if the heartbeat may have been applied all
   * the same.
   */
  readonly sendHeartbeat: SendHeartbeatPayload;
  /** Snoozes alarms for a time (BatchSnoozeAlarm): SNOOZE_DISABLED. */
  readonly snoozeAlarms: AlarmActionsPayload;
  /** Puts detectors into the states given (BatchUpdateDetector), any number, in chunks of 10. Neither conditions nor actions run. */
  readonly updateDetectors: UpdateDetectorsPayload;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationAcknowledgeAlarmsArgs = {
  input: AlarmActionsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationDeleteDetectorsArgs = {
  input: DeleteDetectorsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationDisableAlarmsArgs = {
  input: AlarmActionsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationEnableAlarmsArgs = {
  input: AlarmActionsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationPutMessagesArgs = {
  input: PutMessagesInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationResetAlarmsArgs = {
  input: AlarmActionsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationSendHeartbeatArgs = {
  input: SendHeartbeatInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationSnoozeAlarmsArgs = {
  input: SnoozeAlarmsInput;
};


/** Arguments are checked before anything is sent (BAD_USER_INPUT). What may have been applied upstream is never sent again by the gateway. */
export type MutationUpdateDetectorsArgs = {
  input: UpdateDetectorsInput;
};

/** An object that can be fetched again by its id. */
export type Node = {
  /** Opaque and stable: the same object has the same id in every answer. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page of a connection stands. Connections go forward only. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Where to read on: give it as `after`. Null on an empty page that ends the list; on an empty page that does not, it still leads on. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether the list may go on after this page. False for certain at the list's end; true where upstream gave a token to read on with. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Always false: pages go forward only. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first edge; null on an empty page. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
};

/** What `putMessages` sends. */
export type PutMessagesInput = {
  /** At least one; at most as many as the gateway's settings allow (1000 by default). Ids must differ. */
  readonly messages: ReadonlyArray<MessageInput>;
};

/** What became of the messages. */
export type PutMessagesPayload = {
  readonly __typename?: 'PutMessagesPayload';
  /** One for each message, in the order given. */
  readonly results: ReadonlyArray<BatchEntryResult>;
};

/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type Query = {
  readonly __typename?: 'Query';
  /** One alarm (DescribeAlarm). Null: there is no such alarm. */
  readonly alarm: Maybe<Alarm>;
  /** The alarm models (ListAlarmModels). NOT_CONFIGURED where there is no IoT Events control plane. */
  readonly alarmModels: Maybe<AlarmModelConnection>;
  /** The alarms of a model (ListAlarms). NOT_FOUND if there is no such model. */
  readonly alarms: Maybe<AlarmConnection>;
  /** One detector (DescribeDetector). Null: there is no such detector. */
  readonly detector: Maybe<Detector>;
  /** The detector models (ListDetectorModels). NOT_CONFIGURED where there is no IoT Events control plane. */
  readonly detectorModels: Maybe<DetectorModelConnection>;
  /** The detectors of a model (ListDetectors). NOT_FOUND if there is no such model. */
  readonly detectors: Maybe<DetectorConnection>;
  /** A device by its names. The identity only: it costs no call and is given whether the device exists or not; `registration` tells. */
  readonly device: Device;
  /** The fleets (ListDeviceFleets). NOT_CONFIGURED where there is no registry (SageMaker control plane). */
  readonly deviceFleets: Maybe<DeviceFleetConnection>;
  /**
   * The registered devices (ListDevices), which tells all fields of the registry but the times of `models`. NOT_CONFIGURED where there is no
   * registry (SageMaker control plane).
   */
  readonly devices: Maybe<DeviceConnection>;
  /** A detector or alarm that does not exist is null; a device is its identity. A malformed id is BAD_USER_INPUT. A detector or alarm costs one Describe call. */
  readonly node: Maybe<Node>;
  /** As `node`, in the order given; an id that fails costs its place in the list only. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryAlarmArgs = {
  alarmModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryAlarmModelsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryAlarmsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDetectorArgs = {
  detectorModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDetectorModelsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDetectorsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  stateName: InputMaybe<Scalars['String']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDeviceArgs = {
  deviceFleetName: Scalars['String']['input'];
  deviceName: Scalars['String']['input'];
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDeviceFleetsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryDevicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  deviceFleetName: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  presence: InputMaybe<DevicePresence>;
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Each field that costs a call upstream of its own is nullable, so that a fault costs that field only, with one error at its path. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** A device's heartbeat. */
export type SendHeartbeatInput = {
  /** Measures of the agent. Null: none are sent. */
  readonly agentMetrics?: InputMaybe<ReadonlyArray<EdgeMetricInput>>;
  /** The Edge Manager agent's version: 1 to 64 of a-z A-Z 0-9, space, _ and period. */
  readonly agentVersion: Scalars['String']['input'];
  /** How a deployment went. Null: none has ended since the last heartbeat. */
  readonly deploymentResult?: InputMaybe<DeploymentResultInput>;
  /** 1 to 63 of a-z A-Z 0-9, with - and _ in between. */
  readonly deviceFleetName: Scalars['String']['input'];
  /** 1 to 63 of a-z A-Z 0-9, with - and _ in between. */
  readonly deviceName: Scalars['String']['input'];
  /** The models on the device. Null: none are sent. */
  readonly models?: InputMaybe<ReadonlyArray<EdgeModelInput>>;
};

/** What `sendHeartbeat` gives. */
export type SendHeartbeatPayload = {
  readonly __typename?: 'SendHeartbeatPayload';
  /** The device the heartbeat is of. */
  readonly device: Device;
};

/** An evaluation of an alarm's rule: value, operator, threshold. */
export type SimpleRuleEvaluation = {
  readonly __typename?: 'SimpleRuleEvaluation';
  /** The input's value, as text. Null: not told. */
  readonly inputPropertyValue: Maybe<Scalars['String']['output']>;
  /** How the two are compared. Null: not told. */
  readonly operator: Maybe<ComparisonOperator>;
  /** The threshold, as text. Null: not told. */
  readonly thresholdValue: Maybe<Scalars['String']['output']>;
};

/** An alarm to snooze. */
export type SnoozeAlarmInput = {
  /** 1 to 128 of a-z A-Z 0-9 _ -. */
  readonly alarmModelName: Scalars['String']['input'];
  /** 1 to 128 of a-z A-Z 0-9 - _ :. Null: the model has no key. */
  readonly keyValue?: InputMaybe<Scalars['String']['input']>;
  /** Why, at most 256 characters. Null: no note. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9 _ -. Null: the gateway makes one up. */
  readonly requestId?: InputMaybe<Scalars['String']['input']>;
  /** For how long, in seconds: 0 or more. */
  readonly snoozeDurationSeconds: Scalars['Int']['input'];
};

/** The alarms to snooze. */
export type SnoozeAlarmsInput = {
  /** At least one; at most as many as the gateway's settings allow (1000 by default). Ids must differ. Sent in chunks of 10. */
  readonly alarms: ReadonlyArray<SnoozeAlarmInput>;
};

/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** One alarm, as it changes. The first event comes in any case, its `alarm` null if there is none. */
  readonly alarmChanged: AlarmChange;
  /** All alarms of a model, as they change. */
  readonly alarmsChanged: AlarmChange;
  /** The deployments of one device, as they change. */
  readonly deploymentsChanged: DeploymentsChange;
  /** One detector, as it changes. The first event comes in any case, its `detector` null if there is none. */
  readonly detectorChanged: DetectorChange;
  /** All detectors of a model, as they change. */
  readonly detectorsChanged: DetectorChange;
};


/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type SubscriptionAlarmChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
  pollIntervalMs: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type SubscriptionAlarmsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  alarmModelName: Scalars['String']['input'];
  pollIntervalMs: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type SubscriptionDeploymentsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  deviceFleetName: Scalars['String']['input'];
  deviceName: Scalars['String']['input'];
  pollIntervalMs: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type SubscriptionDetectorChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  keyValue: InputMaybe<Scalars['String']['input']>;
  pollIntervalMs: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Poll-driven: first the present state as SNAPSHOT, then one event for each change that a poll saw. Upstream faults do not end a
 * subscription.
 */
export type SubscriptionDetectorsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  detectorModelName: Scalars['String']['input'];
  pollIntervalMs: InputMaybe<Scalars['Int']['input']>;
  stateName: InputMaybe<Scalars['String']['input']>;
};

/** A detector and its new state. */
export type UpdateDetectorInput = {
  /** 1 to 128 of a-z A-Z 0-9 _ -. */
  readonly detectorModelName: Scalars['String']['input'];
  /** 1 to 128 of a-z A-Z 0-9 - _ :. Null: the model has no key. */
  readonly keyValue?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of a-z A-Z 0-9 _ -. Null: the gateway makes one up. */
  readonly messageId?: InputMaybe<Scalars['String']['input']>;
  /** The whole new state: what is not named is cleared. */
  readonly state: DetectorStateInput;
};

/** What `updateDetectors` sets. */
export type UpdateDetectorsInput = {
  /** At least one; at most as many as the gateway's settings allow (1000 by default). Ids must differ. */
  readonly detectors: ReadonlyArray<UpdateDetectorInput>;
};

/** What became of the updates. */
export type UpdateDetectorsPayload = {
  readonly __typename?: 'UpdateDetectorsPayload';
  /** One for each detector, in the order given. */
  readonly results: ReadonlyArray<DetectorEntryResult>;
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
    | ( AlarmOutcomeParent )
    | ( BatchEntryResult )
    | ( DetectorOutcomeParent )
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
  AlarmActionsPayload: ResolverTypeWrapper<Omit<AlarmActionsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['AlarmEntryResult']> }>;
  AlarmChange: ResolverTypeWrapper<Omit<AlarmChange, 'alarm'> & { alarm?: Maybe<ResolversTypes['Alarm']> }>;
  AlarmConnection: ResolverTypeWrapper<Omit<AlarmConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AlarmEdge']>, nodes: ReadonlyArray<ResolversTypes['Alarm']> }>;
  AlarmCustomerAction: ResolverTypeWrapper<AlarmCustomerAction>;
  AlarmEdge: ResolverTypeWrapper<Omit<AlarmEdge, 'node'> & { node: ResolversTypes['Alarm'] }>;
  AlarmEntryResult: ResolverTypeWrapper<AlarmOutcomeParent>;
  AlarmModel: ResolverTypeWrapper<AlarmModelSummaryAnswer>;
  AlarmModelConnection: ResolverTypeWrapper<Omit<AlarmModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AlarmModelEdge']>, nodes: ReadonlyArray<ResolversTypes['AlarmModel']> }>;
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
  DetectorConnection: ResolverTypeWrapper<Omit<DetectorConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DetectorEdge']>, nodes: ReadonlyArray<ResolversTypes['Detector']> }>;
  DetectorEdge: ResolverTypeWrapper<Omit<DetectorEdge, 'node'> & { node: ResolversTypes['Detector'] }>;
  DetectorEntryResult: ResolverTypeWrapper<DetectorOutcomeParent>;
  DetectorKeyInput: DetectorKeyInput;
  DetectorModel: ResolverTypeWrapper<DetectorModelSummaryAnswer>;
  DetectorModelConnection: ResolverTypeWrapper<Omit<DetectorModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DetectorModelEdge']>, nodes: ReadonlyArray<ResolversTypes['DetectorModel']> }>;
  DetectorModelEdge: ResolverTypeWrapper<Omit<DetectorModelEdge, 'node'> & { node: ResolversTypes['DetectorModel'] }>;
  DetectorState: ResolverTypeWrapper<DetectorStateParent>;
  DetectorStateInput: DetectorStateInput;
  DetectorTimer: ResolverTypeWrapper<DetectorTimer>;
  DetectorTimerInput: DetectorTimerInput;
  DetectorVariable: ResolverTypeWrapper<DetectorVariableParent>;
  DetectorVariableInput: DetectorVariableInput;
  Device: ResolverTypeWrapper<DeviceParent>;
  DeviceConnection: ResolverTypeWrapper<Omit<DeviceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DeviceEdge']>, nodes: ReadonlyArray<ResolversTypes['Device']> }>;
  DeviceEdge: ResolverTypeWrapper<Omit<DeviceEdge, 'node'> & { node: ResolversTypes['Device'] }>;
  DeviceFleet: ResolverTypeWrapper<DeviceFleetSummaryAnswer>;
  DeviceFleetConnection: ResolverTypeWrapper<Omit<DeviceFleetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DeviceFleetEdge']>, nodes: ReadonlyArray<ResolversTypes['DeviceFleet']> }>;
  DeviceFleetEdge: ResolverTypeWrapper<Omit<DeviceFleetEdge, 'node'> & { node: ResolversTypes['DeviceFleet'] }>;
  DeviceModel: ResolverTypeWrapper<DeviceModelParent>;
  DevicePresence: DevicePresence;
  DeviceRegistration: ResolverTypeWrapper<DeviceRegistrationAnswer>;
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
  UpdateDetectorsPayload: ResolverTypeWrapper<Omit<UpdateDetectorsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['DetectorEntryResult']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Alarm: AlarmParent;
  AlarmActionInput: AlarmActionInput;
  AlarmActionsInput: AlarmActionsInput;
  AlarmActionsPayload: Omit<AlarmActionsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['AlarmEntryResult']> };
  AlarmChange: Omit<AlarmChange, 'alarm'> & { alarm?: Maybe<ResolversParentTypes['Alarm']> };
  AlarmConnection: Omit<AlarmConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AlarmEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Alarm']> };
  AlarmCustomerAction: AlarmCustomerAction;
  AlarmEdge: Omit<AlarmEdge, 'node'> & { node: ResolversParentTypes['Alarm'] };
  AlarmEntryResult: AlarmOutcomeParent;
  AlarmModel: AlarmModelSummaryAnswer;
  AlarmModelConnection: Omit<AlarmModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AlarmModelEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AlarmModel']> };
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
  DetectorConnection: Omit<DetectorConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DetectorEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Detector']> };
  DetectorEdge: Omit<DetectorEdge, 'node'> & { node: ResolversParentTypes['Detector'] };
  DetectorEntryResult: DetectorOutcomeParent;
  DetectorKeyInput: DetectorKeyInput;
  DetectorModel: DetectorModelSummaryAnswer;
  DetectorModelConnection: Omit<DetectorModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DetectorModelEdge']>, nodes: ReadonlyArray<ResolversParentTypes['DetectorModel']> };
  DetectorModelEdge: Omit<DetectorModelEdge, 'node'> & { node: ResolversParentTypes['DetectorModel'] };
  DetectorState: DetectorStateParent;
  DetectorStateInput: DetectorStateInput;
  DetectorTimer: DetectorTimer;
  DetectorTimerInput: DetectorTimerInput;
  DetectorVariable: DetectorVariableParent;
  DetectorVariableInput: DetectorVariableInput;
  Device: DeviceParent;
  DeviceConnection: Omit<DeviceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DeviceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Device']> };
  DeviceEdge: Omit<DeviceEdge, 'node'> & { node: ResolversParentTypes['Device'] };
  DeviceFleet: DeviceFleetSummaryAnswer;
  DeviceFleetConnection: Omit<DeviceFleetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DeviceFleetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['DeviceFleet']> };
  DeviceFleetEdge: Omit<DeviceFleetEdge, 'node'> & { node: ResolversParentTypes['DeviceFleet'] };
  DeviceModel: DeviceModelParent;
  DeviceRegistration: DeviceRegistrationAnswer;
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
  UpdateDetectorsPayload: Omit<UpdateDetectorsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['DetectorEntryResult']> };
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
  results?: Resolver<ReadonlyArray<ResolversTypes['AlarmEntryResult']>, ParentType, ContextType>;
};

export type AlarmChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmChange'] = ResolversParentTypes['AlarmChange']> = {
  alarm?: Resolver<Maybe<ResolversTypes['Alarm']>, ParentType, ContextType>;
  alarmModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  conflated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStateName?: Resolver<Maybe<ResolversTypes['AlarmStateName']>, ParentType, ContextType>;
};

export type AlarmConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlarmConnection'] = ResolversParentTypes['AlarmConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AlarmEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Alarm']>, ParentType, ContextType>;
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
  edges?: Resolver<ReadonlyArray<ResolversTypes['AlarmModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AlarmModel']>, ParentType, ContextType>;
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
  results?: Resolver<ReadonlyArray<ResolversTypes['BatchEntryResult']>, ParentType, ContextType>;
};

export type DeploymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Deployment'] = ResolversParentTypes['Deployment']> = {
  definitions?: Resolver<ReadonlyArray<ResolversTypes['ModelDefinition']>, ParentType, ContextType>;
  deploymentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failureHandlingPolicy?: Resolver<ResolversTypes['FailureHandlingPolicy'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['DeploymentType'], ParentType, ContextType>;
};

export type DeploymentsChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeploymentsChange'] = ResolversParentTypes['DeploymentsChange']> = {
  conflated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deployments?: Resolver<ReadonlyArray<ResolversTypes['Deployment']>, ParentType, ContextType>;
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
  conflated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType>;
  detectorModelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keyValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStateName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DetectorConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorConnection'] = ResolversParentTypes['DetectorConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DetectorEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Detector']>, ParentType, ContextType>;
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
  inputNames?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUpdateTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stateNames?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DetectorModelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorModelConnection'] = ResolversParentTypes['DetectorModelConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DetectorModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DetectorModel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DetectorModelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorModelEdge'] = ResolversParentTypes['DetectorModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DetectorModel'], ParentType, ContextType>;
};

export type DetectorStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DetectorState'] = ResolversParentTypes['DetectorState']> = {
  stateName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timers?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DetectorTimer']>>, ParentType, ContextType>;
  variable?: Resolver<Maybe<ResolversTypes['DetectorVariable']>, ParentType, ContextType, RequireFields<DetectorStateVariableArgs, 'name'>>;
  variables?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DetectorVariable']>>, ParentType, ContextType>;
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
  alarms?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Alarm']>>, ParentType, ContextType, Partial<DeviceAlarmsArgs>>;
  deployments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Deployment']>>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detector?: Resolver<Maybe<ResolversTypes['Detector']>, ParentType, ContextType, RequireFields<DeviceDetectorArgs, 'detectorModelName'>>;
  detectors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Detector']>>, ParentType, ContextType, Partial<DeviceDetectorsArgs>>;
  deviceFleetName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deviceName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  iotThingName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latestHeartbeat?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  models?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DeviceModel']>>, ParentType, ContextType>;
  presence?: Resolver<Maybe<ResolversTypes['DevicePresence']>, ParentType, ContextType>;
  registration?: Resolver<Maybe<ResolversTypes['DeviceRegistration']>, ParentType, ContextType>;
  registrationTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceConnection'] = ResolversParentTypes['DeviceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeviceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Device']>, ParentType, ContextType>;
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
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeviceFleetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DeviceFleet']>, ParentType, ContextType>;
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
  results?: Resolver<ReadonlyArray<ResolversTypes['BatchEntryResult']>, ParentType, ContextType>;
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
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
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
  results?: Resolver<ReadonlyArray<ResolversTypes['DetectorEntryResult']>, ParentType, ContextType>;
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

