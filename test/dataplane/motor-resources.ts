const ROLE = 'arn:aws:iam::123456789012:role/test-role';
const PRESSURE = '$input.PressureInput.sensorData.pressure';
const BREACHED = 'pressureThresholdBreached';

function set(value: string): object[] {
  return [{ setVariable: { variableName: BREACHED, value } }];
}

/** The motor of the developer guide's simple example: Dangerous above 70, Normal again after three good readings. */
const motor = {
  detectorModelName: 'motor',
  roleArn: ROLE,
  key: 'motorid',
  detectorModelDefinition: {
    initialStateName: 'Normal',
    states: [
      {
        stateName: 'Normal',
        onEnter: { events: [{ eventName: 'init', condition: 'true', actions: set('0') }] },
        onInput: {
          transitionEvents: [
            {
              eventName: 'Overpressurized',
              condition: `${PRESSURE} > 70`,
              actions: set(`$variable.${BREACHED} + 3`),
              nextState: 'Dangerous',
            },
          ],
        },
      },
      {
        stateName: 'Dangerous',
        onInput: {
          events: [
            { eventName: 'Overpressurized', condition: `${PRESSURE} > 70`, actions: set('3') },
            {
              eventName: 'Pressure Okay',
              condition: `${PRESSURE} <= 70`,
              actions: set(`$variable.${BREACHED} - 1`),
            },
          ],
          transitionEvents: [
            {
              eventName: 'BackToNormal',
              condition: `${PRESSURE} <= 70 && $variable.${BREACHED} <= 1`,
              nextState: 'Normal',
            },
          ],
        },
      },
    ],
  },
};

/** A model without key. */
const single = {
  detectorModelName: 'single',
  roleArn: ROLE,
  detectorModelDefinition: {
    initialStateName: 'Seen',
    states: [
      {
        stateName: 'Seen',
        onInput: { events: [{ eventName: 'seen', condition: `${PRESSURE} > 0`, actions: set('1') }] },
      },
    ],
  },
};

/** Models `motor` and `single` of PressureInput, and fleet `demo` with devices d0 and d1 and a deployment for d0. */
export const MOTOR_RESOURCES: readonly object[] = [
  {
    inputName: 'PressureInput',
    inputDefinition: { attributes: [{ jsonPath: 'motorid' }, { jsonPath: 'sensorData.pressure' }] },
  },
  motor,
  single,
  { DeviceFleetName: 'demo', RoleArn: ROLE, OutputConfig: { S3OutputLocation: 's3://bucket/output/' } },
  { DeviceFleetName: 'demo', Devices: [{ DeviceName: 'd0' }, { DeviceName: 'd1' }] },
  {
    EdgePackagingJobName: 'package',
    CompilationJobName: 'compilation',
    ModelName: 'anomaly',
    ModelVersion: '1.0',
    RoleArn: ROLE,
    OutputConfig: { S3OutputLocation: 's3://bucket/models/' },
    Tags: [{ Key: 'fleetgraph:sha1', Value: 'a41afb43fec956768913512bd173e6d3dec45eef' }],
  },
  {
    EdgeDeploymentPlanName: 'rollout',
    ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'package' }],
    DeviceFleetName: 'demo',
    Stages: [
      {
        StageName: 'first',
        DeviceSelectionConfig: { DeviceSubsetType: 'SELECTION', DeviceNames: ['d0'] },
        DeploymentConfig: { FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE' },
      },
    ],
  },
];
