/** The fleet under load: devices that send heartbeats. */
export const FLEET = 'fleet';
export const DEVICES = ['device-0', 'device-1'];

/** What a run loads at each start. */
export const RESOURCES: readonly object[] = [
  input('Tick', 'key', 'number'),
  input('Wake', 'key'),
  input('Hold', 'key'),
  // Counts the messages of each key, and announces the number of each.
  model('ticks', {
    onEnter: events(['start', null, [setVariable('count', '0')]]),
    onInput: events(['tick', 'currentInput("Tick")', [setVariable('count', '$variable.count + 1'), announce()]]),
  }),
  // Announces once for each key, a second after its message.
  model('wakes', {
    onEnter: events(['start', null, [{ setTimer: { timerName: 'wake', durationExpression: '1' } }]]),
    onInput: events(
      ['wake', 'currentInput("Wake")', [setVariable('seen', 'true')]],
      ['woken', 'timeout("wake")', [announce("'woken'")]],
    ),
  }),
  // Keeps what BatchUpdateDetector writes.
  model('holds', { onInput: events(['hold', 'currentInput("Hold")', [setVariable('value', '0')]]) }),
  { DeviceFleetName: FLEET, OutputConfig: { S3OutputLocation: 's3://kill/out/' } },
  { DeviceFleetName: FLEET, Devices: DEVICES.map((DeviceName) => ({ DeviceName })) },
];

function input(inputName: string, ...jsonPaths: readonly string[]): object {
  return { inputName, inputDefinition: { attributes: jsonPaths.map((jsonPath) => ({ jsonPath })) } };
}

function model(detectorModelName: string, lifecycle: object): object {
  return {
    detectorModelName,
    key: 'key',
    evaluationMethod: 'SERIAL',
    roleArn: 'arn:aws:iam::123456789012:role/kill',
    detectorModelDefinition: { initialStateName: 'Only', states: [{ stateName: 'Only', ...lifecycle }] },
  };
}

function events(...list: readonly (readonly [string, string | null, readonly object[]])[]): object {
  return {
    events: list.map(([eventName, condition, actions]) => ({
      eventName,
      ...(condition !== null && { condition }),
      actions,
    })),
  };
}

function setVariable(variableName: string, value: string): object {
  return { setVariable: { variableName, value } };
}

function announce(text = "'${$input.Tick.number}'"): object {
  const payload = { contentExpression: text, type: 'STRING' };
  return { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:kill', payload } };
}
