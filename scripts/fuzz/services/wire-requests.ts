/** A request as AWS's clients send it, or as `fleetgraph` does. */
export interface WireRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly target?: string;
  /** undefined: none. */
  readonly body?: object;
}

const roleArn = 'arn:aws:iam::123456789012:role/any';
const device = { DeviceFleetName: 'demo', DeviceName: 'press-01' };
const plan = { EdgeDeploymentPlanName: 'vibration-rollout' };
const stage = { ...plan, StageName: 'presses' };
const alarm = { requestId: 'r1', alarmModelName: 'coldRoomTemperature', keyValue: 'coldroom-01' };
const inputDefinition = { attributes: [{ jsonPath: 'id' }, { jsonPath: 'value.deep' }] };
const event = {
  eventName: 'high',
  condition: '$input.Fuzzed.value.deep > 5',
  actions: [
    { setVariable: { variableName: 'count', value: '$variable.count + 1' } },
    { setTimer: { timerName: 'wait', seconds: 60 } },
    {
      sns: {
        targetArn: 'arn:aws:sns:us-east-1:123456789012:topic',
        payload: { contentExpression: "'a'", type: 'STRING' },
      },
    },
  ],
};
const detectorModelDefinition = {
  initialStateName: 'Low',
  states: [
    { stateName: 'Low', onInput: { events: [event], transitionEvents: [{ ...event, nextState: 'High' }] } },
    { stateName: 'High', onEnter: { events: [{ eventName: 'enter', condition: 'true', actions: [] }] } },
  ],
};
const detectorModel = { detectorModelDefinition, roleArn, evaluationMethod: 'BATCH', detectorModelDescription: 'text' };
const alarmModel = {
  roleArn,
  severity: 3,
  alarmRule: {
    simpleRule: { inputProperty: '$input.Fuzzed.value.deep', comparisonOperator: 'GREATER', threshold: '5' },
  },
  alarmCapabilities: { acknowledgeFlow: { enabled: true } },
};
const arn = 'arn%3Aaws%3Aiotevents%3Aus-east-1%3A123456789012%3Ainput%2FDeviceBeat';
const message = (inputName: string, payload: object) => ({
  messageId: 'm1',
  inputName,
  payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
  timestamp: { timeInMillis: 1_767_225_600_000 },
});
const alarmAction = (verb: string, more: object = {}): WireRequest => ({
  method: 'POST',
  path: `/alarms/${verb}`,
  body: { [`${verb}ActionRequests`]: [{ ...alarm, note: 'text', ...more }] },
});
const sagemaker = (operation: string, body: object): WireRequest => ({
  method: 'POST',
  path: '/',
  target: `SageMaker.${operation}`,
  body,
});
const get = (path: string): WireRequest => ({ method: 'GET', path });
const post = (path: string, body: object): WireRequest => ({ method: 'POST', path, body });
const put = (path: string, body: object): WireRequest => ({ method: 'PUT', path, body });
const remove = (path: string): WireRequest => ({ method: 'DELETE', path });

const fleet = {
  DeviceFleetName: 'fuzzed',
  RoleArn: roleArn,
  OutputConfig: { S3OutputLocation: 's3://bucket/', PresetDeploymentType: 'GreengrassV2Component' },
  Description: 'text',
};
const job = {
  EdgePackagingJobName: 'fuzzed',
  CompilationJobName: 'compilation',
  ModelName: 'vibration-anomaly',
  ModelVersion: '2.1',
  RoleArn: roleArn,
  OutputConfig: { S3OutputLocation: 's3://bucket/' },
  Tags: [{ Key: 'fleetgraph:sha1', Value: 'a41afb43fec956768913512bd173e6d3dec45eef' }],
};
const stages = [
  {
    StageName: 'fuzzed',
    DeviceSelectionConfig: { DeviceSubsetType: 'SELECTION', Percentage: 50, DeviceNames: ['press-01'] },
    DeploymentConfig: { FailureHandlingPolicy: 'DO_NOTHING' },
  },
];
const list = { MaxResults: 5, NameContains: 'd', SortOrder: 'Ascending', CreationTimeAfter: 1_700_000_000 };
const heartbeat = {
  ...device,
  AgentVersion: '1.2.3',
  AgentMetrics: [{ Dimension: 'a', MetricName: 'load', Value: 0.5, Timestamp: 1_767_225_600 }],
  Models: [{ ModelName: 'vibration-anomaly', ModelVersion: '2.1', LatestInference: 1_767_225_600.5, ModelMetrics: [] }],
  DeploymentResult: {
    DeploymentName: 'vibration-rollout',
    DeploymentStatus: 'SUCCESS',
    DeploymentModels: [{ ModelHandle: 'vibration', DesiredState: 'DEPLOY', State: 'DEPLOY', Status: 'SUCCESS' }],
  },
};

/** A good request of every operation, by its name. Source: wire.md, sections 4 to 8. */
export const WIRE_REQUESTS: Readonly<Record<string, WireRequest>> = {
  BatchPutMessage: post('/inputs/messages', {
    messages: [message('Fuzzed', { id: 'a', value: { deep: 7 } }), message('DeviceBeat', { deviceName: 'press-01' })],
  }),
  BatchUpdateDetector: post('/detectors', {
    detectors: [
      {
        messageId: 'm1',
        detectorModelName: 'motorPressure',
        keyValue: 'press-01',
        state: {
          stateName: 'Normal',
          variables: [{ name: 'pressure', value: '1' }],
          timers: [{ name: 'settle', seconds: 60 }],
        },
      },
    ],
  }),
  BatchDeleteDetector: post('/detectors/delete', {
    detectors: [{ messageId: 'm1', detectorModelName: 'motorPressure', keyValue: 'press-02' }],
  }),
  DescribeDetector: get('/detectors/motorPressure/keyValues/?keyValue=press-01'),
  ListDetectors: get('/detectors/motorPressure?stateName=Normal&maxResults=5'),
  DescribeAlarm: get('/alarms/coldRoomTemperature/keyValues/?keyValue=coldroom-01'),
  ListAlarms: get('/alarms/coldRoomTemperature?maxResults=5'),
  BatchAcknowledgeAlarm: alarmAction('acknowledge'),
  BatchResetAlarm: alarmAction('reset'),
  BatchEnableAlarm: alarmAction('enable'),
  BatchDisableAlarm: alarmAction('disable'),
  BatchSnoozeAlarm: alarmAction('snooze', { snoozeDuration: 60 }),
  GetDeviceRegistration: post('/GetDeviceRegistration', device),
  GetDeployments: post('/GetDeployments', device),
  SendHeartbeat: post('/SendHeartbeat', heartbeat),
  CreateInput: post('/inputs', { inputName: 'Fuzzed', inputDefinition, tags: [{ key: 'a', value: 'b' }] }),
  UpdateInput: put('/inputs/Fuzzed', { inputDefinition, inputDescription: 'text' }),
  DescribeInput: get('/inputs/DeviceBeat'),
  ListInputs: get('/inputs?maxResults=5'),
  DeleteInput: remove('/inputs/Fuzzed'),
  ListInputRoutings: post('/input-routings', {
    inputIdentifier: { iotEventsInputIdentifier: { inputName: 'DeviceBeat' } },
    maxResults: 5,
  }),
  CreateDetectorModel: post('/detector-models', { ...detectorModel, detectorModelName: 'fuzzed', key: 'id' }),
  UpdateDetectorModel: post('/detector-models/fuzzed', detectorModel),
  DescribeDetectorModel: get('/detector-models/motorPressure?version=1'),
  ListDetectorModels: get('/detector-models?maxResults=5'),
  ListDetectorModelVersions: get('/detector-models/motorPressure/versions?maxResults=5'),
  DeleteDetectorModel: remove('/detector-models/fuzzed'),
  CreateAlarmModel: post('/alarm-models', { ...alarmModel, alarmModelName: 'fuzzed', key: 'id' }),
  UpdateAlarmModel: post('/alarm-models/fuzzed', alarmModel),
  DescribeAlarmModel: get('/alarm-models/coldRoomTemperature?version=1'),
  ListAlarmModels: get('/alarm-models?maxResults=5'),
  ListAlarmModelVersions: get('/alarm-models/coldRoomTemperature/versions?maxResults=5'),
  DeleteAlarmModel: remove('/alarm-models/fuzzed'),
  StartDetectorModelAnalysis: post('/analysis/detector-models/', { detectorModelDefinition }),
  DescribeDetectorModelAnalysis: get('/analysis/detector-models/a1'),
  GetDetectorModelAnalysisResults: get('/analysis/detector-models/a1/results?maxResults=5'),
  PutLoggingOptions: put('/logging', {
    loggingOptions: {
      roleArn,
      level: 'ERROR',
      enabled: true,
      detectorDebugOptions: [{ detectorModelName: 'motorPressure', keyValue: 'press-01' }],
    },
  }),
  DescribeLoggingOptions: get('/logging'),
  TagResource: post(`/tags?resourceArn=${arn}`, { tags: [{ key: 'a', value: 'b' }] }),
  UntagResource: remove(`/tags?resourceArn=${arn}&tagKeys=a&tagKeys=b`),
  ListTagsForResource: get(`/tags?resourceArn=${arn}`),
  CreateDeviceFleet: sagemaker('CreateDeviceFleet', fleet),
  UpdateDeviceFleet: sagemaker('UpdateDeviceFleet', fleet),
  DescribeDeviceFleet: sagemaker('DescribeDeviceFleet', { DeviceFleetName: 'demo' }),
  ListDeviceFleets: sagemaker('ListDeviceFleets', { ...list, SortBy: 'NAME' }),
  DeleteDeviceFleet: sagemaker('DeleteDeviceFleet', { DeviceFleetName: 'fuzzed' }),
  GetDeviceFleetReport: sagemaker('GetDeviceFleetReport', { DeviceFleetName: 'demo' }),
  RegisterDevices: sagemaker('RegisterDevices', {
    DeviceFleetName: 'fuzzed',
    Devices: [{ DeviceName: 'd1', Description: 'text', IotThingName: 'thing' }],
  }),
  UpdateDevices: sagemaker('UpdateDevices', { DeviceFleetName: 'demo', Devices: [{ DeviceName: 'press-01' }] }),
  DeregisterDevices: sagemaker('DeregisterDevices', { DeviceFleetName: 'fuzzed', DeviceNames: ['d1'] }),
  DescribeDevice: sagemaker('DescribeDevice', device),
  ListDevices: sagemaker('ListDevices', {
    DeviceFleetName: 'demo',
    MaxResults: 5,
    LatestHeartbeatAfter: 1_700_000_000,
  }),
  CreateEdgePackagingJob: sagemaker('CreateEdgePackagingJob', job),
  DescribeEdgePackagingJob: sagemaker('DescribeEdgePackagingJob', { EdgePackagingJobName: 'door-vision-1-4' }),
  ListEdgePackagingJobs: sagemaker('ListEdgePackagingJobs', { ...list, StatusEquals: 'COMPLETED' }),
  StopEdgePackagingJob: sagemaker('StopEdgePackagingJob', { EdgePackagingJobName: 'fuzzed' }),
  CreateEdgeDeploymentPlan: sagemaker('CreateEdgeDeploymentPlan', {
    EdgeDeploymentPlanName: 'fuzzed',
    DeviceFleetName: 'demo',
    ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'door-vision-1-4' }],
    Stages: stages,
  }),
  DescribeEdgeDeploymentPlan: sagemaker('DescribeEdgeDeploymentPlan', { ...plan, MaxResults: 5 }),
  ListEdgeDeploymentPlans: sagemaker('ListEdgeDeploymentPlans', list),
  DeleteEdgeDeploymentPlan: sagemaker('DeleteEdgeDeploymentPlan', { EdgeDeploymentPlanName: 'fuzzed' }),
  CreateEdgeDeploymentStage: sagemaker('CreateEdgeDeploymentStage', { ...plan, Stages: stages }),
  DeleteEdgeDeploymentStage: sagemaker('DeleteEdgeDeploymentStage', { ...plan, StageName: 'fuzzed' }),
  StartEdgeDeploymentStage: sagemaker('StartEdgeDeploymentStage', stage),
  StopEdgeDeploymentStage: sagemaker('StopEdgeDeploymentStage', stage),
  ListStageDevices: sagemaker('ListStageDevices', { ...stage, MaxResults: 5 }),
  ListDeadLetters: get('/fleetgraph/dead-letters?maxResults=5'),
  RetryDeadLetters: post('/fleetgraph/dead-letters/retry', { ids: [1, 2] }),
  LoadResources: post('/fleetgraph/load', {
    files: [{ file: 'input.yaml', text: 'inputName: Loaded\ninputDefinition: &d {attributes: [{jsonPath: id}]}\n' }],
    dryRun: true,
  }),
  ExportResources: get('/fleetgraph/export'),
};
