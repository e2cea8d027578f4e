import { describe, expect, it } from 'vitest';
import { askControlPlanes, askDataplane, refusals } from '../gateway-client.ts';
import { HOT_RESOURCES } from './hot-resources.ts';
import { answering, byOperation, failing, operationOf } from '../upstream/faulty-upstream.ts';

const RULE = { simpleRule: { inputProperty: '$input.Heat.celsius', comparisonOperator: 'GREATER', threshold: '80' } };
const ListAlarmModels = answering(200, {
  alarmModelSummaries: [{ alarmModelName: 'hot', alarmModelDescription: 'Heat', creationTime: 1 }],
});
const DescribeAlarmModel = answering(200, {
  alarmModelName: 'hot',
  alarmModelArn: 'arn',
  alarmModelVersion: '3',
  key: 'deviceid',
  severity: 2,
  status: 'ACTIVE',
  creationTime: 1,
  lastUpdateTime: 2,
  alarmRule: RULE,
  alarmNotification: null,
});
const ALARM = { alarmModelName: 'hot', alarmModelVersion: '3', keyValue: 'd0', creationTime: 1, lastUpdateTime: 2 };
const ListAlarms = answering(200, { alarmSummaries: [{ ...ALARM, stateName: 'NORMAL' }] });
const DescribeAlarm = answering(200, { alarm: { ...ALARM, alarmState: { stateName: 'NORMAL' } } });

describe('alarm models', () => {
  it('cost one call as summaries, and one more for each with all that its description tells', async () => {
    const { ask } = await askControlPlanes(byOperation({ ListAlarmModels, DescribeAlarmModel }));
    expect(await ask('{ alarmModels { nodes { alarmModelName description creationTime } } }')).toEqual({
      data: {
        alarmModels: {
          nodes: [{ alarmModelName: 'hot', description: 'Heat', creationTime: '1970-01-01T00:00:01.000Z' }],
        },
      },
      extensions: { upstreamCalls: 1 },
    });
    expect(
      await ask('{ alarmModels { nodes { alarmModelVersion key severity status lastUpdateTime definition } } }'),
    ).toEqual({
      data: {
        alarmModels: {
          nodes: [
            {
              alarmModelVersion: '3',
              key: 'deviceid',
              severity: 2,
              status: 'ACTIVE',
              lastUpdateTime: '1970-01-01T00:00:02.000Z',
              definition: { alarmRule: RULE },
            },
          ],
        },
      },
      extensions: { upstreamCalls: 2 },
    });
  });

  it('have their alarms', async () => {
    const { ask } = await askControlPlanes(byOperation({ ListAlarmModels, ListAlarms }));
    expect(await ask('{ alarmModels { nodes { alarms { nodes { keyValue } } } } }')).toMatchObject({
      data: { alarmModels: { nodes: [{ alarms: { nodes: [{ keyValue: 'd0' }] } }] } },
      extensions: { upstreamCalls: 2 },
    });
  });

  it('lose only the fields whose call failed, or nothing but them if they have gone', async () => {
    const query = '{ alarmModels { nodes { alarmModelName severity } } }';
    const data = { alarmModels: { nodes: [{ alarmModelName: 'hot', severity: null }] } };
    const failed = await askControlPlanes(
      byOperation({ ListAlarmModels, DescribeAlarmModel: failing(403, 'AccessDeniedException', '') }),
    );
    expect(await failed.ask(query)).toMatchObject({
      data,
      errors: [{ path: ['alarmModels', 'nodes', 0, 'severity'], extensions: { code: 'UPSTREAM_FORBIDDEN' } }],
    });
    const gone = await askControlPlanes(
      byOperation({ ListAlarmModels, DescribeAlarmModel: failing(404, 'ResourceNotFoundException', '') }),
    );
    expect(await gone.ask(query)).toEqual({ data, extensions: { upstreamCalls: 2 } });
    expect(await gone.ask('{ alarmModels { nodes { alarmModelVersion } } }')).toMatchObject({
      data: { alarmModels: null },
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  it('are NOT_CONFIGURED where upstream has no control plane', async () => {
    const { ask } = await askControlPlanes(byOperation({}));
    expect(refusals(await ask('{ alarmModels { nodes { alarmModelName } } }'))).toMatchObject({
      alarmModels: { code: 'NOT_CONFIGURED' },
    });
  });
});

describe('Device.alarms without names', () => {
  const query = '{ device(deviceFleetName: "demo", deviceName: "d0") { alarms { alarmModelName } } }';

  it('are those of every model of the control plane', async () => {
    const { ask, server } = await askControlPlanes(byOperation({ ListAlarmModels, DescribeAlarm }));
    expect((await ask(query)).data).toEqual({ device: { alarms: [{ alarmModelName: 'hot' }] } });
    expect(server.requests.map(operationOf)).toEqual(['ListAlarmModels', 'DescribeAlarm']);
  });

  it('are those of the models in the settings where there is no control plane, else BAD_USER_INPUT', async () => {
    const configured = await askControlPlanes(byOperation({ DescribeAlarm }), 0, { alarmModelNames: ['hot'] });
    expect((await configured.ask(query)).data).toEqual({ device: { alarms: [{ alarmModelName: 'hot' }] } });
    const { ask } = await askControlPlanes(byOperation({ DescribeAlarm }));
    expect(refusals(await ask(query))).toMatchObject({ 'device.alarms': { argument: 'alarmModelNames' } });
  });
});

describe('the data plane as control plane', () => {
  it('shows its alarm models', async () => {
    const { ask } = await askDataplane({}, { controlPlanes: true, resources: HOT_RESOURCES });
    const { data, errors } = await ask(
      '{ alarmModels { nodes { alarmModelName alarmModelVersion description key severity status creationTime definition alarms { nodes { keyValue } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      alarmModels: {
        nodes: [
          {
            alarmModelName: 'hot',
            alarmModelVersion: '1',
            description: 'Too much pressure',
            key: 'motorid',
            severity: 2,
            status: 'ACTIVE',
            creationTime: '2026-01-01T00:00:00.000Z',
            definition: expect.objectContaining({
              alarmRule: {
                simpleRule: {
                  inputProperty: '$input.PressureInput.sensorData.pressure',
                  comparisonOperator: 'GREATER',
                  threshold: '70',
                },
              },
            }) as unknown,
            alarms: { nodes: [] },
          },
        ],
      },
    });
  });
});
