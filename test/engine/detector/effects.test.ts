import { describe, expect, it } from 'vitest';
import { type Effect } from '../../../src/engine/action/effect.ts';
import { transition } from '../../../src/engine/detector/transition.ts';
import { type JsonObject } from '../../../src/engine/json.ts';
import { modelOf, setOn } from './models.ts';

const settings = { keyValue: 'k', detectorModelVersion: '7' };
const nowMs = 1_558_129_816_420;
const at = 'detectorModelDefinition.states[0].onInput.events[0].actions[0]';

const message = (payload: JsonObject) => ({ kind: 'Message', inputName: 'V', messageId: '00001', payload }) as const;

/** What comes of the actions, performed on a message. */
function perform(actions: readonly object[], payload: JsonObject = { v: 1n }, keyValue: string | null = 'k') {
  const events = [{ eventName: 'e', condition: 'currentInput("V")', actions }];
  const model = modelOf([{ stateName: 'S', onInput: { events } }]);
  return transition(model, null, message(payload), nowMs, { ...settings, keyValue });
}

const only = (effects: readonly Effect[]) => {
  expect(effects).toHaveLength(1);
  return effects[0] as Effect;
};

const custom = (contentExpression: string, type = 'JSON') => ({ payload: { contentExpression, type } });

describe('the default payload', () => {
  const variables = [
    { setVariable: { variableName: 'count', value: '3' } },
    { setVariable: { variableName: 'high', value: '30.0' } },
    { setVariable: { variableName: 'name', value: `"a\\"b"` } },
    { setVariable: { variableName: 'on', value: 'true' } },
    { setTimer: { timerName: 'awake', seconds: 60 } },
  ];

  it('is what AWS sends, byte for byte', () => {
    const effect = only(
      perform([...variables, { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:T' } }]).effects,
    );
    expect(effect).toEqual({
      actionExecutionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      type: 'sns',
      target: 'arn:aws:sns:us-east-1:123456789012:T',
      parameters: {},
      payload:
        `{"eventTime":1558129816420,"eventName":"e","payload":{"actionExecutionId":"${effect.actionExecutionId}",` +
        '"detector":{"detectorModelName":"M","keyValue":"k","detectorModelVersion":"7"},' +
        '"eventTriggerDetails":{"inputName":"V","messageId":"00001","triggerType":"Message"},' +
        '"state":{"stateName":"S","variables":{"count":3,"high":30.0,"name":"a\\"b","on":true},"timers":{"awake":1558129876420}}}}',
      eventName: 'e',
      stateName: 'S',
      eventTimeMs: nowMs,
    });
  });

  it('has no keyValue for a detector without key', () => {
    const { payload } = only(perform([{ sns: { targetArn: 'arn' } }], {}, null).effects);
    expect(payload).toContain('"detector":{"detectorModelName":"M","detectorModelVersion":"7"}');
  });

  it('names the timer that fired', () => {
    const model = modelOf([
      {
        stateName: 'S',
        onInput: {
          events: [
            { eventName: 'set', condition: 'currentInput("V")', actions: [variables[4]] },
            { eventName: 'late', condition: 'timeout("awake")', actions: [{ iotTopicPublish: { mqttTopic: 'late' } }] },
          ],
        },
      },
    ]);
    const { snapshot } = transition(model, null, message({}), nowMs, settings);
    const cause = { kind: 'Timer', timerName: 'awake' } as const;
    const fired = transition(model, snapshot, cause, nowMs + 60_000, settings);
    const { payload, actionExecutionId } = only(fired.effects);
    expect(payload).toContain('"eventTriggerDetails":{"triggerType":"Timer","timerName":"awake"}');
    // The timer is the same one, however late it is looked at.
    const later = transition(model, snapshot, cause, nowMs + 99_000, settings);
    expect(only(later.effects).actionExecutionId).toBe(actionExecutionId);
  });

  it('shows the state being left until the next one is entered, and variables as they are at the moment', () => {
    const publish = (mqttTopic: string) => [{ iotTopicPublish: { mqttTopic } }];
    const enter = { eventName: 'enter', actions: publish('enter') };
    const model = modelOf([
      {
        stateName: 'A',
        onInput: {
          events: [{ ...setOn('true', 'n', '1'), actions: [...setOn('', 'n', '1').actions, ...publish('event')] }],
          transitionEvents: [
            {
              eventName: 'go',
              condition: '$input.V.v > 0',
              actions: [...setOn('', 'n', '2').actions, ...publish('transition')],
              nextState: 'B',
            },
          ],
        },
        onExit: { events: [{ eventName: 'exit', actions: publish('exit') }] },
      },
      { stateName: 'B', onEnter: { events: [enter] } },
    ]);
    const { effects } = transition(model, null, message({ v: 1n }), nowMs, settings);
    const seen = effects.map(({ target, eventName, stateName, payload }) => {
      const { state } = (JSON.parse(payload) as { payload: { state: { stateName: string; variables: object } } })
        .payload;
      expect(state.stateName).toBe(stateName);
      return [target, eventName, stateName, state.variables];
    });
    expect(seen).toEqual([
      ['event', 'set n', 'A', { n: 1 }],
      ['transition', 'go', 'A', { n: 2 }],
      ['exit', 'exit', 'A', { n: 2 }],
      ['enter', 'enter', 'B', { n: 2 }],
    ]);
  });
});

describe('a custom payload', () => {
  const topic = { mqttTopic: 'a/b' };
  const publish = (contentExpression: string, type: string) => [
    { iotTopicPublish: { ...topic, ...custom(contentExpression, type) } },
  ];

  it.each([
    [`'{"v":\${$input.V.v}}'`, 'JSON', '{"v":1}'],
    ['\'"a text"\'', 'JSON', '"a text"'],
    ["'v is ${$input.V.v}'", 'STRING', 'v is 1'],
    ['$input.V.v + 0.5', 'STRING', '1.5'],
    ['$input.V.v == 1', 'STRING', 'true'],
  ])('%s as %s sends %s', (contentExpression, type, payload) => {
    expect(perform(publish(contentExpression, type))).toMatchObject({ effects: [{ payload }], problems: [] });
  });

  it('of type JSON that is none is sent with a warning', () => {
    expect(perform(publish("'not ${$input.V.v} json'", 'JSON'))).toMatchObject({
      effects: [{ payload: 'not 1 json' }],
      problems: [
        {
          path: `${at}.iotTopicPublish.payload.contentExpression`,
          message:
            "The action was executed, but we couldn't evaluate your content expression for the action payload to valid JSON. " +
            'The defined payload type is JSON.',
          isWarning: true,
        },
      ],
    });
  });

  it.each([
    [
      '$input.V.v',
      'JSON',
      "Your payload expression {$input.V.v} isn't valid. The defined payload type is JSON, so you must specify an expression that AWS IoT Events would evaluate to a string.",
    ],
    ["'${$input.V.missing}'", 'JSON', 'Expected a value, got undefined'],
    ['$input.V', 'STRING', 'Expected a value, got an object'],
    ["1 + 'a'", 'STRING', 'Expected two numbers or two Strings for +, got Integer and String'],
    ['$input.V.long', 'STRING', 'Expected a payload of at most 1024 bytes, got 1025'],
  ])('%s as %s is a problem, and the actions that follow run', (contentExpression, type, text) => {
    const actions = [...publish(contentExpression, type), { iotTopicPublish: { mqttTopic: 'next' } }];
    const { effects, problems } = perform(actions, { v: 1n, long: `${'é'.repeat(512)}.` });
    expect(only(effects).target).toBe('next');
    expect(problems).toEqual([
      {
        path: `${at}.iotTopicPublish.payload.contentExpression`,
        message: expect.stringContaining(text) as string,
      },
    ]);
  });
});

describe('the parameters', () => {
  it.each([
    [{ iotTopicPublish: { mqttTopic: "'dev/' + $input.V.id" } }, 'dev/x'],
    [{ iotTopicPublish: { mqttTopic: 'hvac/Heating/Off' } }, 'hvac/Heating/Off'],
    [{ iotTopicPublish: { mqttTopic: '$input.V.v' } }, '1'],
    [{ lambda: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' } }, /function:f$/],
    [{ iotEvents: { inputName: 'V' } }, 'V'],
    [{ sqs: { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q' } }, /\/q$/],
    [{ firehose: { deliveryStreamName: 'stream' } }, 'stream'],
    [{ dynamoDBv2: { tableName: "'table'" } }, 'table'],
  ])('of %j lead to the target', (action, target) => {
    const effect = only(perform([action], { v: 1n, id: 'x' }).effects);
    expect(effect.type).toBe(Object.keys(action)[0]);
    expect(effect.target).toMatch(target);
  });

  it.each([
    [{ iotTopicPublish: { mqttTopic: "'dev/' + $input.V.id" } }, 'iotTopicPublish.mqttTopic'],
    [{ sns: { targetArn: '$input.V.v.w + 1' } }, 'sns.targetArn'],
    [{ iotTopicPublish: { mqttTopic: '""' } }, 'iotTopicPublish.mqttTopic'],
    [{ dynamoDB: { tableName: "'t'", hashKeyField: "'k'", hashKeyValue: '$input.V.id' } }, 'dynamoDB.hashKeyValue'],
  ])('of %j without a value are a problem', (action, member) => {
    expect(perform([action])).toMatchObject({ effects: [], problems: [{ path: `${at}.${member}` }] });
  });
});

describe('sqs and firehose', () => {
  const text = custom("'é'", 'STRING');
  it.each([
    [{ sqs: { queueUrl: 'q', useBase64: true, ...text } }, 'w6k='],
    [{ sqs: { queueUrl: 'q', useBase64: false, ...text } }, 'é'],
    [{ sqs: { queueUrl: 'q', ...text } }, 'é'],
    [{ firehose: { deliveryStreamName: 's', separator: '\r\n', ...text } }, 'é\r\n'],
    [{ firehose: { deliveryStreamName: 's', ...text } }, 'é'],
  ])('send by %j exactly %j', (action, payload) => {
    expect(only(perform([action]).effects).payload).toBe(payload);
  });
});

describe('dynamoDB', () => {
  const table = { tableName: "'t'", hashKeyField: "'id'", hashKeyValue: '$input.V.v' };

  it('says into which row and column the payload goes', () => {
    expect(only(perform([{ dynamoDB: table }]).effects)).toMatchObject({
      target: 't',
      parameters: {
        operation: 'INSERT',
        hashKeyField: 'id',
        hashKeyType: 'STRING',
        hashKeyValue: '1',
        payloadField: 'payload',
      },
    });
    const ranged = {
      ...table,
      hashKeyType: "'NUMBER'",
      rangeKeyField: "'at'",
      rangeKeyType: "'NUMBER'",
      rangeKeyValue: "'12.5'",
      operation: "'UPDATE'",
      payloadField: "'data'",
    };
    expect(only(perform([{ dynamoDB: ranged }]).effects).parameters).toEqual({
      operation: 'UPDATE',
      hashKeyField: 'id',
      hashKeyType: 'NUMBER',
      hashKeyValue: '1',
      rangeKeyField: 'at',
      rangeKeyType: 'NUMBER',
      rangeKeyValue: '12.5',
      payloadField: 'data',
    });
  });

  it('puts what is no JSON into a column of its own', () => {
    expect(only(perform([{ dynamoDB: { ...table, ...custom("'text'", 'STRING') } }]).effects).parameters).toMatchObject(
      {
        payloadField: 'payload_raw',
      },
    );
  });

  it.each([
    [{ operation: "'MERGE'" }, 'operation'],
    [{ hashKeyType: "'BINARY'" }, 'hashKeyType'],
    [{ hashKeyType: "'NUMBER'", hashKeyValue: "'x'" }, 'hashKeyValue'],
    [{ rangeKeyField: "'at'" }, 'rangeKeyValue'],
  ])('with %j is a problem', (members, member) => {
    expect(perform([{ dynamoDB: { ...table, ...members } }])).toMatchObject({
      effects: [],
      problems: [{ path: `${at}.dynamoDB.${member}` }],
    });
  });
});

describe('iotSiteWise', () => {
  const write = (value: object, members: object = {}, more: object = {}) => [
    { iotSiteWise: { propertyAlias: "'/plant/t'", propertyValue: { value, ...more }, ...members } },
  ];

  it('sends a BatchPutAssetPropertyValue request, at the time of the event', () => {
    const effect = only(perform(write({ doubleValue: '$input.V.v' })).effects);
    expect(effect.target).toBe('/plant/t');
    expect(effect.payload).toBe(
      `{"entries":[{"entryId":"${effect.actionExecutionId}","propertyAlias":"/plant/t","propertyValues":[{"value":` +
        '{"doubleValue":1.0},"timestamp":{"timeInSeconds":1558129816,"offsetInNanos":420000000}}]}]}',
    );
  });

  it('takes all that the model gives', () => {
    const asset = { propertyAlias: null, assetId: "'a'", propertyId: "'p'", entryId: "'e1'" };
    const timestamp = { timeInSeconds: "'1600000000'", offsetInNanos: '5' };
    const effect = only(perform(write({ booleanValue: "'TRUE'" }, asset, { timestamp, quality: "'BAD'" })).effects);
    expect(effect.target).toBe('a/p');
    expect(effect.payload).toBe(
      '{"entries":[{"entryId":"e1","assetId":"a","propertyId":"p","propertyValues":[{"value":{"booleanValue":true},' +
        '"timestamp":{"timeInSeconds":1600000000,"offsetInNanos":5},"quality":"BAD"}]}]}',
    );
  });

  it.each([
    [{ integerValue: "'100'" }, '"integerValue":100}'],
    [{ integerValue: '4.0' }, '"integerValue":4}'],
    [{ doubleValue: "'2.5'" }, '"doubleValue":2.5}'],
    [{ stringValue: '$input.V.v' }, '"stringValue":"1"}'],
    [{ booleanValue: 'false' }, '"booleanValue":false}'],
  ])('converts %j', (value, text) => {
    expect(only(perform(write(value)).effects).payload).toContain(text);
  });

  it.each([
    [write({ integerValue: "'1.5'" }), '.propertyValue.value.integerValue'],
    [write({ doubleValue: 'true' }), '.propertyValue.value.doubleValue'],
    [write({ booleanValue: '1' }), '.propertyValue.value.booleanValue'],
    [write({}), '.propertyValue.value'],
    [write({ integerValue: '1', doubleValue: '1' }), '.propertyValue.value'],
    [write({ integerValue: '1' }, {}, { quality: "'FINE'" }), '.propertyValue.quality'],
    [
      write({ integerValue: '1' }, {}, { timestamp: { timeInSeconds: "'now'" } }),
      '.propertyValue.timestamp.timeInSeconds',
    ],
    [write({ integerValue: '1' }, { propertyAlias: null }), ''],
  ])('with %j is a problem', (actions, member) => {
    expect(perform(actions)).toMatchObject({ effects: [], problems: [{ path: `${at}.iotSiteWise${member}` }] });
  });
});

describe('actionExecutionId', () => {
  it('differs when one action runs twice in a cycle', () => {
    const model = modelOf([
      {
        stateName: 'S',
        onEnter: { events: [{ eventName: 'enter', actions: [{ sns: { targetArn: 'arn' } }] }] },
        onInput: { transitionEvents: [{ eventName: 'again', condition: '$input.V.v > 0', nextState: 'S' }] },
      },
    ]);
    const { effects } = transition(model, null, message({ v: 1n }), nowMs, settings);
    expect(effects).toHaveLength(2);
    expect(new Set(effects.map(({ actionExecutionId }) => actionExecutionId)).size).toBe(2);
  });
});
