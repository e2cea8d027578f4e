import { describe, expect, it } from 'vitest';
import { type AlarmModelDefinition } from '../../../src/engine/alarm/definition.ts';
import {
  type AlarmSnapshot,
  type AlarmStateName,
  type CustomerAction,
  describeAlarmState,
} from '../../../src/engine/alarm/snapshot.ts';
import { type AlarmCause } from '../../../src/engine/alarm/cause.ts';
import { alarmTransition } from '../../../src/engine/alarm/transition.ts';
import { type Json } from '../../../src/engine/json.ts';
import { alarmModelOf } from './models.ts';

const settings = { keyValue: 'd', alarmModelVersion: '1' };
const nowMs = 1_600_000_000_000;
const flow = alarmModelOf();
const noFlow = alarmModelOf({
  alarmCapabilities: {
    initializationConfiguration: { disabledOnInitialization: false },
    acknowledgeFlow: { enabled: false },
  },
});

const value = (v: Json, inputName = 'V') => ({ kind: 'Message', inputName, messageId: 'm1', payload: { v } }) as const;
const breach = value(35n);
const noBreach = value(20n);
const act = (actionName: CustomerAction['actionName'], snoozeDuration: number | null = null) =>
  ({ kind: 'CustomerAction', requestId: 'r1', action: { actionName, note: 'n', snoozeDuration } }) as const;
const snooze = act('SNOOZE', 60);

const inState = (stateName: AlarmStateName): AlarmSnapshot => ({
  stateName,
  inputs: new Map(),
  ruleEvaluation: null,
  stateCause: null,
  snoozeEndsAtMs: stateName === 'SNOOZE_DISABLED' ? nowMs : null,
});

function run(definition: AlarmModelDefinition, snapshot: AlarmSnapshot | null, cause: AlarmCause, atMs = nowMs) {
  const result = alarmTransition(definition, snapshot, cause, atMs, settings);
  if (!result.ok) throw new Error(result.message);
  return result;
}

describe('alarmTransition', () => {
  it.each<[AlarmStateName, AlarmCause, AlarmStateName, AlarmModelDefinition?]>([
    ['NORMAL', breach, 'ACTIVE'],
    ['NORMAL', noBreach, 'NORMAL'],
    ['ACTIVE', breach, 'ACTIVE'],
    ['ACTIVE', noBreach, 'LATCHED'],
    ['ACTIVE', noBreach, 'NORMAL', noFlow],
    ['ACTIVE', act('ACKNOWLEDGE'), 'ACKNOWLEDGED'],
    ['ACKNOWLEDGED', breach, 'ACKNOWLEDGED'],
    ['ACKNOWLEDGED', noBreach, 'NORMAL'],
    ['LATCHED', noBreach, 'LATCHED'],
    ['LATCHED', breach, 'ACTIVE'],
    ['LATCHED', act('ACKNOWLEDGE'), 'NORMAL'],
    ['NORMAL', snooze, 'SNOOZE_DISABLED'],
    ['ACTIVE', snooze, 'SNOOZE_DISABLED'],
    ['ACKNOWLEDGED', snooze, 'SNOOZE_DISABLED'],
    ['LATCHED', snooze, 'SNOOZE_DISABLED'],
    ['SNOOZE_DISABLED', snooze, 'SNOOZE_DISABLED'],
    ['SNOOZE_DISABLED', { kind: 'SnoozeTimeout' }, 'NORMAL'],
    ['SNOOZE_DISABLED', act('ENABLE'), 'NORMAL'],
    ['DISABLED', act('ENABLE'), 'NORMAL'],
    ['DISABLED', act('DISABLE'), 'DISABLED'],
    ['NORMAL', act('DISABLE'), 'DISABLED'],
    ['ACTIVE', act('DISABLE'), 'DISABLED'],
    ['ACKNOWLEDGED', act('DISABLE'), 'DISABLED'],
    ['LATCHED', act('DISABLE'), 'DISABLED'],
    ['SNOOZE_DISABLED', act('DISABLE'), 'DISABLED'],
    ['NORMAL', act('RESET'), 'NORMAL'],
    ['ACTIVE', act('RESET'), 'NORMAL'],
    ['ACKNOWLEDGED', act('RESET'), 'NORMAL'],
    ['LATCHED', act('RESET'), 'NORMAL'],
    ['SNOOZE_DISABLED', act('RESET'), 'NORMAL'],
    ['DISABLED', breach, 'DISABLED'],
    ['SNOOZE_DISABLED', breach, 'SNOOZE_DISABLED'],
  ])('takes an alarm that is %s by %o to %s', (from, cause, to, definition = flow) => {
    expect(run(definition, inState(from), cause).snapshot.stateName).toBe(to);
  });

  it.each<[AlarmStateName, AlarmCause, string, AlarmModelDefinition?]>([
    [
      'NORMAL',
      act('ACKNOWLEDGE'),
      'Expected an alarm in one of the states ACTIVE, LATCHED for ACKNOWLEDGE, got NORMAL',
    ],
    ['ACKNOWLEDGED', act('ACKNOWLEDGE'), 'got ACKNOWLEDGED'],
    ['ACTIVE', act('ACKNOWLEDGE'), 'Expected a model with the acknowledge flow enabled, got one without', noFlow],
    [
      'NORMAL',
      act('ENABLE'),
      'Expected an alarm in one of the states DISABLED, SNOOZE_DISABLED for ENABLE, got NORMAL',
    ],
    ['ACTIVE', act('ENABLE'), 'got ACTIVE'],
    ['DISABLED', act('RESET'), 'got DISABLED'],
    ['DISABLED', snooze, 'got DISABLED'],
    ['ACTIVE', act('SNOOZE', 0), 'Expected a snoozeDuration of at least 1 second, got 0'],
    ['ACTIVE', act('SNOOZE'), 'Expected a snoozeDuration of at least 1 second, got null'],
  ])('refuses for an alarm that is %s the cause %o', (from, cause, message, definition = flow) => {
    const result = alarmTransition(definition, inState(from), cause, nowMs, settings);
    expect(result).toEqual({ ok: false, message: expect.stringContaining(message) as string });
  });

  it('creates an alarm in its initial state and evaluates the message if that is NORMAL', () => {
    expect(run(flow, null, breach).snapshot.stateName).toBe('ACTIVE');
    expect(run(flow, null, noBreach).snapshot.stateName).toBe('NORMAL');
    expect(run(alarmModelOf({ alarmCapabilities: null }), null, breach).snapshot.stateName).toBe('DISABLED');
  });

  it('creates no alarm by anything but a message', () => {
    expect(() => alarmTransition(flow, null, act('RESET'), nowMs, settings)).toThrow(
      'Expected an alarm for the cause CustomerAction, got none',
    );
  });

  it('ends a snooze at its time, not before, and not after it was cancelled or prolonged', () => {
    const snoozed = run(flow, inState('ACTIVE'), snooze).snapshot;
    expect(snoozed.snoozeEndsAtMs).toBe(nowMs + 60_000);
    const timeout = { kind: 'SnoozeTimeout' } as const;
    expect(run(flow, snoozed, timeout, nowMs + 59_999).snapshot).toEqual(snoozed);
    expect(run(flow, snoozed, timeout, nowMs + 60_000).snapshot).toMatchObject({
      stateName: 'NORMAL',
      snoozeEndsAtMs: null,
      stateCause: 'SNOOZE_TIMEOUT',
    });
    const prolonged = run(flow, snoozed, snooze, nowMs + 30_000).snapshot;
    expect(run(flow, prolonged, timeout, nowMs + 60_000).snapshot).toEqual(prolonged);
    const enabled = run(flow, snoozed, act('ENABLE')).snapshot;
    expect(enabled.snoozeEndsAtMs).toBe(null);
    expect(run(flow, enabled, timeout, nowMs + 60_000).snapshot).toEqual(enabled);
  });

  it.each([
    ['GREATER', '30', 30n, false],
    ['GREATER', '29.5', 30n, true],
    ['GREATER_OR_EQUAL', '30', 30, true],
    ['LESS', '30', 29n, true],
    ['LESS', '30', 30n, false],
    ['LESS_OR_EQUAL', '30', 30n, true],
    ['EQUAL', '30', 30, true],
    ['NOT_EQUAL', '30', 30n, false],
    ['EQUAL', "'open'", 'open', true],
    ['NOT_EQUAL', '"open"', 'shut', true],
  ])('compares %s %s with %s: %s', (comparisonOperator, threshold, v, isBreached) => {
    const model = alarmModelOf({}, { comparisonOperator, threshold });
    expect(run(model, null, value(v)).snapshot.stateName).toBe(isBreached ? 'ACTIVE' : 'NORMAL');
  });

  it.each([
    ['GREATER', '30', 'text'],
    ['GREATER', "'a'", 'b'],
    ['EQUAL', '30', '30'],
    ['EQUAL', 'true', true],
    ['GREATER', '30', null],
    ['GREATER', '$input.V.missing', 35n],
    ['GREATER', '$sitewise.x', 35n],
  ])('does not evaluate %s %s with %s, and keeps the state', (comparisonOperator, threshold, v) => {
    const model = alarmModelOf({}, { comparisonOperator, threshold });
    expect(run(model, inState('ACTIVE'), value(v)).snapshot).toMatchObject({
      stateName: 'ACTIVE',
      ruleEvaluation: null,
    });
  });

  it('compares inputs that come one after the other, also those that came while it was disabled', () => {
    const model = alarmModelOf({}, { threshold: '$input.W.v' });
    const disabled = run(model, inState('DISABLED'), value(50n, 'W')).snapshot;
    const enabled = run(model, disabled, act('ENABLE')).snapshot;
    expect(run(model, enabled, value(51n)).snapshot.stateName).toBe('ACTIVE');
    expect(run(model, enabled, value(50n)).snapshot.stateName).toBe('NORMAL');
  });
});

describe('the effects of a state change', () => {
  const model = alarmModelOf({
    severity: 3,
    alarmEventActions: {
      alarmActions: [
        { sns: { targetArn: 'arn' } },
        { iotTopicPublish: { mqttTopic: "'alarm/' + $input.V.missing" } },
        { sqs: { queueUrl: 'q', payload: { contentExpression: "'v is ${$input.V.v}'", type: 'STRING' } } },
      ],
    },
    alarmNotification: {
      notificationActions: [
        {
          action: { lambdaAction: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:notify' } },
          emailConfigurations: [
            {
              from: 'a@example.com',
              content: { subject: 'Alarm' },
              recipients: { to: [{ ssoIdentity: { identityStoreId: 'd-1', userId: 'ann' } }] },
            },
          ],
          smsConfigurations: [
            { senderId: 'fleet', recipients: [{ ssoIdentity: { identityStoreId: 'd-1', userId: 'bob' } }] },
          ],
        },
      ],
    },
  });
  const stateChange =
    `{"alarmModelName":"TempHigh","keyValue":"d","severity":3,"stateUpdateTime":${nowMs},"alarmState":{"stateName":"ACTIVE",` +
    '"ruleEvaluation":{"simpleRule":{"inputProperty":35,"operator":">","threshold":30}}}}';

  it('are the actions with what changed, and the notifications with the recipients', () => {
    const { effects, problems } = run(model, null, breach);
    expect(effects).toMatchObject([
      { type: 'sns', target: 'arn', payload: stateChange, stateName: 'ACTIVE', eventName: null },
      { type: 'sqs', target: 'q', payload: 'v is 35' },
      { type: 'lambda', target: 'arn:aws:lambda:us-east-1:123456789012:function:notify' },
    ]);
    expect(JSON.parse(effects[2]?.payload ?? '')).toEqual({
      notificationEventPayload: stateChange,
      emailConfigurations: [{ from: 'a@example.com', to: ['ann'], cc: [], bcc: [], subject: 'Alarm' }],
      smsConfigurations: [{ phoneNumbers: ['bob'], senderId: 'fleet' }],
    });
    expect(problems).toMatchObject([{ path: 'alarmEventActions.alarmActions[1].iotTopicPublish.mqttTopic' }]);
    expect(new Set(effects.map(({ actionExecutionId }) => actionExecutionId)).size).toBe(3);
  });

  it('are there for every kind of change, and for no other cause', () => {
    const active = run(model, null, breach).snapshot;
    expect(run(model, active, breach).effects).toEqual([]);
    expect(run(model, active, act('DISABLE')).effects).toHaveLength(3);
    const snoozed = run(model, active, snooze).snapshot;
    expect(run(model, snoozed, snooze).effects).toEqual([]);
    expect(run(model, snoozed, { kind: 'SnoozeTimeout' }, nowMs + 60_000).effects).toHaveLength(3);
  });

  it('keep the members that the function of AWS reads without asking', () => {
    const bare = alarmModelOf({ alarmEventActions: { alarmActions: [{ sns: { targetArn: 'arn' } }] } });
    const result = alarmTransition(bare, inState('DISABLED'), act('ENABLE'), nowMs, { ...settings, keyValue: null });
    expect(result.ok && result.effects[0]?.payload).toBe(
      `{"alarmModelName":"TempHigh","severity":null,"stateUpdateTime":${nowMs},"alarmState":{"stateName":"NORMAL","ruleEvaluation":null}}`,
    );
  });
});

describe('describeAlarmState', () => {
  it('tells the last evaluation and what the customer did', () => {
    const active = run(flow, null, value(35.5)).snapshot;
    const ruleEvaluation = {
      simpleRuleEvaluation: { inputPropertyValue: '35.5', operator: 'GREATER', thresholdValue: '30' },
    };
    expect(describeAlarmState(flow, active)).toEqual({ stateName: 'ACTIVE', ruleEvaluation });
    expect(describeAlarmState(flow, run(flow, active, snooze).snapshot)).toEqual({
      stateName: 'SNOOZE_DISABLED',
      ruleEvaluation,
      customerAction: { actionName: 'SNOOZE', snoozeActionConfiguration: { snoozeDuration: 60n, note: 'n' } },
    });
    const acknowledged = run(flow, active, act('ACKNOWLEDGE')).snapshot;
    expect(describeAlarmState(flow, run(flow, acknowledged, breach).snapshot)).toMatchObject({
      customerAction: { actionName: 'ACKNOWLEDGE', acknowledgeActionConfiguration: { note: 'n' } },
    });
    expect(describeAlarmState(flow, run(flow, acknowledged, noBreach).snapshot)).not.toHaveProperty('customerAction');
  });

  it('tells that a snooze has ended', () => {
    const woken = run(flow, inState('SNOOZE_DISABLED'), { kind: 'SnoozeTimeout' }).snapshot;
    expect(describeAlarmState(flow, woken)).toEqual({
      stateName: 'NORMAL',
      systemEvent: { eventType: 'STATE_CHANGE', stateChangeConfiguration: { triggerType: 'SNOOZE_TIMEOUT' } },
    });
  });
});
