import * as fc from 'fast-check';
import { type DetectorModelDefinition } from '../../../src/engine/detector/definition.ts';
import { readDetectorModel } from '../../../src/engine/detector/read-definition.ts';
import { requestOf } from './models.ts';

const stateNames = ['A', 'B', 'C'];
const variableNames = ['x', 'y', 'z'];
const timerNames = ['t', 'u'];

const operand = fc.constantFrom(
  '$input.V.v',
  '$input.V.w.deep',
  '$input.W.v',
  ...variableNames.map((name) => `$variable.${name}`),
  '0',
  '1',
  '2.5',
  '"text"',
  'true',
  "'${$variable.x} and ${$input.V.v}'",
);
const value = fc.oneof(
  operand,
  fc.tuple(operand, fc.constantFrom('+', '-', '*', '/', '|', '=='), operand).map((parts) => parts.join(' ')),
  operand.map((text) => `convert(String, ${text})`),
);
const condition = fc.oneof(
  fc.constant('true'),
  fc.tuple(operand, fc.constantFrom('<', '>', '==', '!='), operand).map((parts) => parts.join(' ')),
  fc.constantFrom(...timerNames).map((name) => `timeout("${name}")`),
  fc.constantFrom('currentInput("V")', 'triggerType("Timer")', 'isUndefined($variable.x)', '$variable.z'),
);

const payload = fc.oneof(
  fc.constant(undefined),
  fc.record({ contentExpression: value.filter((text) => /^['"$]/.test(text)), type: fc.constant('STRING') }),
);
const action = fc.oneof(
  fc.record({ setVariable: fc.record({ variableName: fc.constantFrom(...variableNames), value }) }),
  fc.record({
    setTimer: fc.record({
      timerName: fc.constantFrom(...timerNames),
      durationExpression: fc.oneof(
        fc.constant('60'),
        operand.filter((text) => text.startsWith('$')),
      ),
    }),
  }),
  fc.record({ resetTimer: fc.record({ timerName: fc.constantFrom(...timerNames) }) }),
  fc.record({ clearTimer: fc.record({ timerName: fc.constantFrom(...timerNames) }) }),
  fc.record({ sns: fc.record({ targetArn: fc.constant('arn:aws:sns'), payload }) }),
  fc.record({ iotTopicPublish: fc.record({ mqttTopic: value, payload }) }),
  fc.record({ sqs: fc.record({ queueUrl: fc.constant('https://q'), useBase64: fc.boolean(), payload }) }),
  fc.record({ dynamoDB: fc.record({ tableName: value, hashKeyField: value, hashKeyValue: value, payload }) }),
  fc.record({
    iotSiteWise: fc.record({
      propertyAlias: value,
      propertyValue: fc.record({ value: fc.record({ doubleValue: value }) }),
    }),
  }),
);
const event = fc.record({
  eventName: fc.constantFrom('e', 'f'),
  condition,
  actions: fc.array(action, { maxLength: 4 }),
});
const events = fc.record({ events: fc.array(event, { maxLength: 3 }) });
const transitionEvent = fc
  .tuple(event, fc.constantFrom(...stateNames))
  .map(([members, nextState]) => ({ ...members, nextState }));

/** Names every variable, timer and input once, as a model must, in a condition that never holds. */
const declarations = {
  eventName: 'declarations',
  condition: 'false && $input.V.v == $input.W.v',
  actions: [
    ...variableNames.map((variableName) => ({ setVariable: { variableName, value: '0' } })),
    ...timerNames.map((timerName) => ({ setTimer: { timerName, seconds: 60 } })),
  ],
};

/** Any detector model over the inputs V and W, the variables x, y, z and the timers t, u. */
export const anyModel: fc.Arbitrary<DetectorModelDefinition> = fc
  .record({
    evaluationMethod: fc.constantFrom('BATCH', 'SERIAL'),
    states: fc.tuple(
      ...stateNames.map((stateName) =>
        fc.record({
          stateName: fc.constant(stateName),
          onEnter: events,
          onInput: fc.record({
            events: fc.array(event, { maxLength: 3 }),
            transitionEvents: fc.array(transitionEvent, { maxLength: 3 }),
          }),
          onExit: events,
        }),
      ),
    ),
  })
  .map(({ evaluationMethod, states: [first, ...others] }) => {
    const onInput = { ...first?.onInput, events: [...(first?.onInput.events ?? []), declarations] };
    return readDetectorModel(requestOf([{ ...first, onInput }, ...others], { evaluationMethod }), new Set(['V', 'W']));
  })
  .filter((reading) => reading.ok)
  .map(({ value: definition }) => definition);
