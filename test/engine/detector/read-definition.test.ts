import { describe, expect, it } from 'vitest';
import { readDetectorModel } from '../../../src/engine/detector/read-definition.ts';
import { parseJson } from '../../../src/engine/json.ts';
import { modelOf, requestOf, setOn } from './models.ts';

const inputNames = new Set(['V']);
const stateWith = (...actions: object[]) => ({
  stateName: 'S',
  onInput: { events: [{ eventName: 'e', condition: '$input.V.v > 0', actions }] },
});

describe('readDetectorModel', () => {
  it('finds everything that is wrong at once, each with its place', () => {
    const reading = readDetectorModel(
      {
        detectorModelName: 'a b',
        detectorModelDefinition: {
          initialStateName: 'X',
          states: [
            {
              stateName: 'S',
              onEnter: { events: [{ condition: '1 +' }] },
              onInput: {
                events: [setOn('$input.Nope.v > $variable.q', '9', 'not quoted')],
                transitionEvents: [{ eventName: 't', condition: 'timeout("t")', nextState: 'Nowhere' }],
              },
            },
          ],
        },
      },
      inputNames,
    );
    const places = reading.ok
      ? []
      : reading.issues.map(({ path }) => path.replace('detectorModelDefinition.states[0].', ''));
    expect(places).toEqual([
      'detectorModelName',
      'roleArn',
      'onEnter.events[0].eventName',
      'onEnter.events[0].condition',
      'onInput.events[0].actions[0].setVariable.variableName',
      'onInput.events[0].actions[0].setVariable.value',
      'detectorModelDefinition.initialStateName',
      'onInput.transitionEvents[0].nextState',
      'onInput.events[0].condition',
      'onInput.events[0].condition',
      'onInput.transitionEvents[0].condition',
    ]);
  });

  it.each([
    ['a condition that does not parse', { events: [{ eventName: 'e', condition: '$input.V.v >' }] }],
    ['a condition of the wrong kind', { events: [{ eventName: 'e', condition: 5 }] }],
    ['a transition without condition', { transitionEvents: [{ eventName: 't', nextState: 'S' }] }],
  ])('does not miss an input because of %s', (_what, onInput) => {
    const reading = readDetectorModel(requestOf([{ stateName: 'S', onInput }]), inputNames);
    expect(reading).toMatchObject({ ok: false, issues: [{ path: expect.stringMatching(/condition$/) as string }] });
  });

  it('does not miss an initial state because there are no states', () => {
    const reading = readDetectorModel(requestOf([], {}), inputNames);
    expect(reading).toMatchObject({ ok: false, issues: [{ path: 'detectorModelDefinition.states' }] });
  });

  it('wants an input in a condition: one in an action does not count', () => {
    const events = [setOn('true', 'x', '$input.V.v')];
    expect(readDetectorModel(requestOf([{ stateName: 'S', onInput: { events } }]), inputNames)).toEqual({
      ok: false,
      issues: [
        {
          path: 'detectorModelDefinition',
          message: 'Detector Model Definition must use at least one Input in a condition.',
        },
      ],
    });
  });

  it('accepts numbers as parseJson and as JSON.parse give them', () => {
    const text = JSON.stringify(requestOf([stateWith({ setTimer: { timerName: 't', seconds: 60 } })]));
    for (const request of [parseJson(text), JSON.parse(text) as unknown]) {
      expect(readDetectorModel(request, inputNames)).toMatchObject({ ok: true });
    }
  });

  it('notes a condition that cannot be Boolean and a duration that cannot be a number, without refusing them', () => {
    const state = stateWith({ setTimer: { timerName: 't', durationExpression: 'isNull($input.V.v)' } });
    const events = [{ eventName: 'n', condition: "'a' + $input.V.v" }];
    const reading = readDetectorModel(requestOf([{ ...state, onEnter: { events } }]), inputNames);
    const messages = reading.ok ? reading.notes.map(({ message }) => message) : [];
    expect(messages).toContain('Expected a Boolean condition, got a String: it never holds');
    expect(messages).toContain('Your duration expression for the timer named t could not be evaluated to a number.');
  });

  it('counts an input that any expression refers to as used, and no other', () => {
    const action = { iotTopicPublish: { mqttTopic: "'a/' + $input.W.id" } };
    const names = new Set(['V', 'W', 'Unused']);
    const reading = readDetectorModel(requestOf([stateWith(action)]), names);
    expect(reading.ok && reading.value.inputNames).toEqual(new Set(['V', 'W']));
  });

  it('keeps a topic that is no expression as text, and one that is as expression', () => {
    const publish = (mqttTopic: string) => {
      const definition = modelOf([stateWith({ iotTopicPublish: { mqttTopic } })]);
      const action = definition.states.get('S')?.onInput[0]?.actions[0];
      return action?.type === 'iotTopicPublish' ? action.parameters.get('mqttTopic') : undefined;
    };
    expect(publish('hvac/Heating/Off')).toEqual({ kind: 'literal', value: 'hvac/Heating/Off' });
    expect(publish("'hvac/' + $input.V.v")).toMatchObject({ kind: 'binary', operator: '+' });
  });

  it.each([
    { sns: { targetArn: 'arn', payload: { contentExpression: "'x'", type: 'STRING' } } },
    { iotTopicPublish: { mqttTopic: 'a/b' } },
    { lambda: { functionArn: 'arn' } },
    { iotEvents: { inputName: 'V' } },
    { sqs: { queueUrl: 'https://q', useBase64: true } },
    { firehose: { deliveryStreamName: 's', separator: '\r\n' } },
    { dynamoDB: { tableName: "'t'", hashKeyField: "'k'", hashKeyValue: '$input.V.v', operation: "'INSERT'" } },
    { dynamoDBv2: { tableName: "'t'", payload: { contentExpression: "'{}'", type: 'JSON' } } },
    {
      iotSiteWise: {
        propertyAlias: "'/a'",
        propertyValue: { value: { doubleValue: '$input.V.v' }, quality: "'GOOD'" },
      },
    },
    { resetTimer: { timerName: 't' } },
    { clearTimer: { timerName: 't' } },
  ])('reads the action %o', (action) => {
    expect(readDetectorModel(requestOf([stateWith(action)]), inputNames)).toMatchObject({ ok: true });
  });

  it.each([
    [{ sns: {} }, 'sns.targetArn'],
    [{ sqs: { queueUrl: 'q', useBase64: 'yes' } }, 'sqs.useBase64'],
    [{ firehose: { deliveryStreamName: 's', separator: ';' } }, 'firehose.separator'],
    [
      { iotSiteWise: { propertyValue: { value: { stringValue: 'no quotes' } } } },
      'iotSiteWise.propertyValue.value.stringValue',
    ],
    [{ setTimer: { timerName: 't', seconds: 60.5 } }, 'setTimer.seconds'],
    [{ iotTopicPublish: { mqttTopic: 'x'.repeat(129) } }, 'iotTopicPublish.mqttTopic'],
    [{ lambda: 'arn' }, 'lambda'],
  ])('refuses the action %o at its member', (action, path) => {
    expect(readDetectorModel(requestOf([stateWith(action)]), inputNames)).toMatchObject({
      ok: false,
      issues: [{ path: `detectorModelDefinition.states[0].onInput.events[0].actions[0].${path}` }],
    });
  });

  it('takes other limits than those of AWS', () => {
    const limits = {
      maxStates: 1,
      maxEventsPerState: 1,
      maxTransitionEventsPerState: 1,
      maxActionsPerEvent: 1,
      maxVariables: 1,
      minTimerSeconds: 1,
    };
    const timer = requestOf([stateWith({ setTimer: { timerName: 't', seconds: 1 } })]);
    expect(readDetectorModel(timer, inputNames, limits).ok).toBe(true);
    const states = requestOf([stateWith(), { stateName: 'T' }]);
    expect(readDetectorModel(states, inputNames, limits).ok).toBe(false);
  });

  it.each([null, undefined, 'text', [], 5])('refuses the request %o', (request) => {
    expect(readDetectorModel(request, inputNames).ok).toBe(false);
  });
});
