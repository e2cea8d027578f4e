import { MOTOR_RESOURCES } from '../../dataplane/motor-resources.ts';

/** MOTOR_RESOURCES, and the alarm model `hot`, one alarm for each motor: active above a pressure of 70, to be acknowledged. */
export const HOT_RESOURCES: readonly object[] = [
  ...MOTOR_RESOURCES,
  {
    alarmModelName: 'hot',
    alarmModelDescription: 'Too much pressure',
    roleArn: 'arn:aws:iam::123456789012:role/test-role',
    key: 'motorid',
    severity: 2,
    alarmRule: {
      simpleRule: {
        inputProperty: '$input.PressureInput.sensorData.pressure',
        comparisonOperator: 'GREATER',
        threshold: '70',
      },
    },
    alarmCapabilities: {
      initializationConfiguration: { disabledOnInitialization: false },
      acknowledgeFlow: { enabled: true },
    },
  },
];
