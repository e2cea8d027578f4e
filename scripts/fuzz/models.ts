import { type AlarmSnapshot, formatAlarmSnapshot, parseAlarmSnapshot } from '../../src/engine/alarm/snapshot.ts';
import { type AlarmCause } from '../../src/engine/alarm/cause.ts';
import { readAlarmModel } from '../../src/engine/alarm/read-definition.ts';
import { alarmTransition } from '../../src/engine/alarm/transition.ts';
import { type DetectorModelDefinition } from '../../src/engine/detector/definition.ts';
import { readDetectorModel } from '../../src/engine/detector/read-definition.ts';
import { type DetectorSnapshot, formatSnapshot, parseSnapshot } from '../../src/engine/detector/snapshot.ts';
import { dueTimers } from '../../src/engine/detector/timer.ts';
import { transition } from '../../src/engine/detector/transition.ts';
import { pieces, randomExpression, randomPayload } from './expressions.ts';
import { type Random, mutateJson } from './random.ts';

const inputNames = new Set(['V', 'W']);
const startMs = 1_767_225_600_000;

/** What members are replaced by. */
const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e300, '', 'S', 'a b', '${', {}, [], [null], { a: [] }, 'x'.repeat(200), 60, '60'],
  ...[{ setTimer: { timerName: 't', seconds: 60 } }, { sns: { targetArn: 'a' } }, pieces.join(' ')],
];

/** Reads a mutated detector model, and runs it where it is accepted. */
export function fuzzDetectorModel(random: Random): void {
  const request = mutateJson(random, randomDetectorModel(random), values);
  const reading = readDetectorModel(request, inputNames);
  if (reading.ok) live(random, reading.value, 3);
}

/** Runs any model through any messages and timers: nothing throws, and no variable is lost. */
export function fuzzTransition(random: Random): void {
  const reading = readDetectorModel(randomDetectorModel(random), inputNames);
  if (reading.ok) live(random, reading.value, 12);
}

/** Reads a mutated alarm model, and runs it where it is accepted. */
export function fuzzAlarmModel(random: Random): void {
  const side = () =>
    random.pick(['$input.V.v', '$input.W.list[0]', '5', '$input.V.w.deep', randomExpression(random, 1)]);
  const rule = {
    inputProperty: side(),
    threshold: side(),
    comparisonOperator: random.pick(['GREATER', 'EQUAL', 'LESS_OR_EQUAL']),
  };
  const request = {
    alarmModelName: 'A',
    roleArn: 'arn',
    key: 'id',
    severity: random.below(9),
    alarmRule: { simpleRule: rule },
    alarmEventActions: { alarmActions: [randomAction(random)] },
    alarmNotification: {
      notificationActions: [
        {
          action: { lambdaAction: { functionArn: 'arn', payload: { contentExpression: side(), type: 'STRING' } } },
          emailConfigurations: [
            { from: 'a@b.c', recipients: { to: [{ ssoIdentity: { identityStoreId: 'i', userId: 'u' } }] } },
          ],
        },
      ],
    },
    alarmCapabilities: {
      initializationConfiguration: { disabledOnInitialization: random.oneIn(9) },
      acknowledgeFlow: { enabled: random.oneIn(2) },
    },
  };
  const reading = readAlarmModel(random.oneIn(2) ? request : mutateJson(random, request, values), inputNames);
  if (!reading.ok) return;
  let snapshot: AlarmSnapshot | null = null;
  for (let step = 0; step < 6; step += 1) {
    const cause = snapshot === null ? messageOf(random, step) : randomAlarmCause(random, step);
    const settings = { keyValue: 'k', alarmModelVersion: '1' };
    const result = alarmTransition(reading.value, snapshot, cause, startMs + step * 60_000, settings);
    if (result.ok) snapshot = parseAlarmSnapshot(formatAlarmSnapshot(result.snapshot));
  }
}

function messageOf(random: Random, step: number) {
  return {
    kind: 'Message',
    inputName: random.pick(['V', 'W']),
    messageId: String(step),
    payload: randomPayload(random),
  } as const;
}

function randomAlarmCause(random: Random, step: number): AlarmCause {
  if (random.oneIn(2)) return messageOf(random, step);
  if (random.oneIn(4)) return { kind: 'SnoozeTimeout' };
  const actionName = random.pick(['ACKNOWLEDGE', 'DISABLE', 'ENABLE', 'RESET', 'SNOOZE'] as const);
  return {
    kind: 'CustomerAction',
    requestId: 'r',
    action: { actionName, note: null, snoozeDuration: random.below(200) },
  };
}

function live(random: Random, model: DetectorModelDefinition, steps: number): void {
  let snapshot: DetectorSnapshot | null = null;
  let nowMs = startMs;
  for (let step = 0; step < steps; step += 1) {
    nowMs += random.below(100_000);
    const [timerName] = snapshot === null ? [] : dueTimers(snapshot, nowMs);
    const cause = timerName === undefined ? messageOf(random, step) : ({ kind: 'Timer', timerName } as const);
    const settings = { keyValue: 'k', detectorModelVersion: '1' };
    const { snapshot: after, effects } = transition(model, snapshot, cause, nowMs, settings);
    for (const name of snapshot?.variables.keys() ?? []) {
      if (!after.variables.has(name)) throw new Error(`Expected the variable ${name} to stay, got none`);
    }
    for (const { target } of effects) if (typeof target !== 'string') throw new Error('Expected a target, got none');
    const text = formatSnapshot(after);
    snapshot = parseSnapshot(text);
    if (formatSnapshot(snapshot) !== text) throw new Error('Expected the snapshot to read back as it was, got another');
  }
}

function randomDetectorModel(random: Random): object {
  const names = ['S', 'T', 'U'].slice(0, 1 + random.below(3));
  const list = (max: number, entry: () => object) => Array.from({ length: random.below(max + 1) }, entry);
  const event = () => ({
    eventName: random.pick(['e', 'f']),
    ...(random.oneIn(4) ? {} : { condition: randomExpression(random, 2) }),
    actions: list(3, () => randomAction(random)),
  });
  const declarations = {
    eventName: 'declarations',
    condition: 'false && $input.V.v == $input.W.v',
    actions: [
      ...['x', 'y', 'none'].map((variableName) => ({ setVariable: { variableName, value: '0' } })),
      { setTimer: { timerName: 't', seconds: 60 } },
    ],
  };
  return {
    detectorModelName: 'M',
    roleArn: 'arn',
    key: 'id',
    evaluationMethod: random.pick(['BATCH', 'SERIAL']),
    detectorModelDefinition: {
      initialStateName: 'S',
      states: names.map((stateName) => ({
        stateName,
        onEnter: { events: list(2, event) },
        onInput: {
          events: [declarations, ...list(3, event)],
          transitionEvents: list(2, () => ({
            ...event(),
            condition: randomExpression(random, 2),
            nextState: random.pick(names),
          })),
        },
        onExit: { events: list(1, event) },
      })),
    },
  };
}

function randomAction(random: Random): object {
  const expression = () => randomExpression(random, 2);
  const payload = random.oneIn(2)
    ? {}
    : { payload: { contentExpression: expression(), type: random.pick(['STRING', 'JSON']) } };
  return random.pick([
    () => ({ setVariable: { variableName: random.pick(['x', 'y', 'none']), value: expression() } }),
    () => ({ setTimer: { timerName: 't', durationExpression: random.pick(['60', '$input.V.v', expression()]) } }),
    () => ({ resetTimer: { timerName: 't' } }),
    () => ({ clearTimer: { timerName: 't' } }),
    () => ({ sns: { targetArn: 'arn', ...payload } }),
    () => ({ iotTopicPublish: { mqttTopic: expression(), ...payload } }),
    () => ({ lambda: { functionArn: 'arn', ...payload } }),
    () => ({ sqs: { queueUrl: 'url', useBase64: random.oneIn(2), ...payload } }),
    () => ({ firehose: { deliveryStreamName: 'stream', separator: ',', ...payload } }),
    () => ({ iotEvents: { inputName: 'V', ...payload } }),
    () => ({ dynamoDB: { tableName: "'t'", hashKeyField: "'k'", hashKeyValue: expression(), ...payload } }),
    () => ({ dynamoDBv2: { tableName: "'t'", ...payload } }),
    () => ({ iotSiteWise: { propertyAlias: expression(), propertyValue: { value: { doubleValue: expression() } } } }),
  ])();
}
