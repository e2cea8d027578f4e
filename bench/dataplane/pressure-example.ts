const pressure = '$input.PressureInput.sensorData.pressure';
const breached = '$variable.pressureThresholdBreached';
const topic = (name: string) => ({ sns: { targetArn: `arn:aws:sns:us-east-1:123456789012:${name}` } });
const set = (variableName: string, value: string) => ({ setVariable: { variableName, value } });
const count = {
  eventName: 'count',
  condition: 'true',
  actions: [set('received', '$variable.received + 1')],
};

/**
 * The pressure example, and an event in each state that counts the messages of the motor.
 * Source: AWS IoT Events Developer Guide, "Simple step-by-step example".
 */
export const pressureExample: readonly object[] = [
  {
    inputName: 'PressureInput',
    inputDescription: 'Pressure readings from a motor',
    inputDefinition: { attributes: [{ jsonPath: 'sensorData.pressure' }, { jsonPath: 'motorid' }] },
  },
  {
    detectorModelName: 'motorDetectorModel',
    key: 'motorid',
    roleArn: 'arn:aws:iam::123456789012:role/IoTEventsRole',
    detectorModelDefinition: {
      initialStateName: 'Normal',
      states: [
        {
          stateName: 'Normal',
          onEnter: {
            events: [
              { eventName: 'init', condition: 'true', actions: [set('pressureThresholdBreached', '0')] },
              { eventName: 'begin', condition: 'isUndefined($variable.received)', actions: [set('received', '0')] },
            ],
          },
          onInput: {
            events: [count],
            transitionEvents: [
              {
                eventName: 'Overpressurized',
                condition: `${pressure} > 70`,
                actions: [set('pressureThresholdBreached', `${breached} + 3`)],
                nextState: 'Dangerous',
              },
            ],
          },
        },
        {
          stateName: 'Dangerous',
          onEnter: {
            events: [
              {
                eventName: 'Pressure Threshold Breached',
                condition: `${breached} > 1`,
                actions: [topic('underPressureAction')],
              },
            ],
          },
          onInput: {
            events: [
              count,
              {
                eventName: 'Overpressurized',
                condition: `${pressure} > 70`,
                actions: [set('pressureThresholdBreached', '3')],
              },
              {
                eventName: 'Pressure Okay',
                condition: `${pressure} <= 70`,
                actions: [set('pressureThresholdBreached', `${breached} - 1`)],
              },
            ],
            transitionEvents: [
              {
                eventName: 'BackToNormal',
                condition: `${pressure} <= 70 && ${breached} <= 1`,
                nextState: 'Normal',
              },
            ],
          },
          onExit: {
            events: [
              { eventName: 'Normal Pressure Restored', condition: 'true', actions: [topic('pressureClearedAction')] },
            ],
          },
        },
      ],
    },
  },
];
