import { describe, expect, it } from 'vitest';
import { readAlarmModel } from '../../../src/engine/alarm/read-definition.ts';
import { alarmModelOf, alarmRequestOf } from './models.ts';

const inputNames = new Set(['V', 'W']);
const sns = { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:T' } };

describe('readAlarmModel', () => {
  it('finds everything that is wrong at once, each with its place', () => {
    const reading = readAlarmModel(
      {
        alarmModelName: 'a b',
        key: '$.id',
        severity: -1,
        alarmRule: { simpleRule: { inputProperty: '$input.Nope.v', comparisonOperator: 'ABOVE', threshold: '>' } },
        alarmEventActions: {
          alarmActions: [{ ...sns, lambda: { functionArn: 'arn' } }, { sns: {} }, { setVariable: {} }],
        },
        alarmNotification: {
          notificationActions: [{ action: { lambdaAction: {} }, emailConfigurations: [{ recipients: { to: [{}] } }] }],
        },
        alarmCapabilities: { acknowledgeFlow: { enabled: 'yes' } },
      },
      inputNames,
    );
    expect(reading.ok ? [] : reading.issues.map(({ path }) => path)).toEqual([
      'key',
      'alarmModelName',
      'roleArn',
      'severity',
      'alarmRule.simpleRule.threshold',
      'alarmRule.simpleRule.comparisonOperator',
      'alarmEventActions.alarmActions[0]',
      'alarmEventActions.alarmActions[1].sns.targetArn',
      'alarmEventActions.alarmActions[2]',
      'alarmNotification.notificationActions[0].emailConfigurations[0].from',
      'alarmNotification.notificationActions[0].emailConfigurations[0].recipients.to[0].ssoIdentity.userId',
      'alarmNotification.notificationActions[0].action.lambdaAction.functionArn',
      'alarmCapabilities.acknowledgeFlow.enabled',
      'alarmRule.simpleRule.inputProperty',
    ]);
  });

  it.each([null, 5, [], {}, { alarmRule: {} }, { alarmRule: null }])('refuses the request %j', (request) => {
    expect(readAlarmModel(request, inputNames).ok).toBe(false);
  });

  it('takes the documented defaults where capabilities are absent or null', () => {
    for (const alarmCapabilities of [
      undefined,
      null,
      {},
      { initializationConfiguration: null, acknowledgeFlow: null },
    ]) {
      expect(alarmModelOf({ alarmCapabilities })).toMatchObject({
        isDisabledOnInitialization: true,
        isAcknowledgeFlowEnabled: true,
      });
    }
  });

  it('uses the inputs of the rule and of the actions', () => {
    const alarmActions = [{ iotTopicPublish: { mqttTopic: "'a/' + $input.W.id" } }];
    expect(alarmModelOf({ alarmEventActions: { alarmActions } }).inputNames).toEqual(new Set(['V', 'W']));
    expect(alarmModelOf().inputNames).toEqual(new Set(['V']));
  });

  it('notes a rule that no message reaches, such as one on SiteWise', () => {
    const request = alarmRequestOf({}, { inputProperty: '$sitewise.assetModel.`a-1`.`p-1`.propertyValue.value' });
    expect(readAlarmModel(request, inputNames)).toMatchObject({
      ok: true,
      notes: [{ path: 'alarmRule.simpleRule' }],
    });
  });
});
