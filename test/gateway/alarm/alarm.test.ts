import { describe, expect, it } from 'vitest';
import { askFaulty, refusals } from '../gateway-client.ts';
import { answering, type Behaviour, failing, hanging } from '../upstream/faulty-upstream.ts';

const SUMMARY = {
  alarmModelName: 'hot',
  alarmModelVersion: '2',
  keyValue: 'd0',
  creationTime: 1.5,
  lastUpdateTime: 2.25,
};

function describing(alarmState: object): Behaviour {
  return answering(200, { alarm: { ...SUMMARY, severity: 3, alarmState } });
}

const STATE_FIELDS = `stateName
  ruleEvaluation { inputPropertyValue operator thresholdValue }
  customerAction { actionName note snoozeDurationSeconds }
  systemEvent { eventType triggerType }`;
const DETAIL = `{ alarm(alarmModelName: "hot", keyValue: "d0") { alarmModelVersion creationTime lastUpdateTime severity
  alarmState { ${STATE_FIELDS} } device(deviceFleetName: "demo") { deviceName } } }`;

describe('an alarm', () => {
  it('shows its rule, and what a person or the service did', async () => {
    const { ask } = await askFaulty(
      describing({
        stateName: 'SNOOZE_DISABLED',
        ruleEvaluation: {
          simpleRuleEvaluation: { inputPropertyValue: '81.5', operator: 'GREATER', thresholdValue: '80' },
        },
        customerAction: { actionName: 'SNOOZE', snoozeActionConfiguration: { snoozeDuration: 60, note: 'lunch' } },
        systemEvent: { eventType: 'STATE_CHANGE', stateChangeConfiguration: { triggerType: 'SNOOZE_TIMEOUT' } },
      }),
    );
    const { data, errors, extensions } = await ask(DETAIL);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      alarm: {
        alarmModelVersion: '2',
        creationTime: '1970-01-01T00:00:01.500Z',
        lastUpdateTime: '1970-01-01T00:00:02.250Z',
        severity: 3,
        alarmState: {
          stateName: 'SNOOZE_DISABLED',
          ruleEvaluation: { inputPropertyValue: '81.5', operator: 'GREATER', thresholdValue: '80' },
          customerAction: { actionName: 'SNOOZE', note: 'lunch', snoozeDurationSeconds: 60 },
          systemEvent: { eventType: 'STATE_CHANGE', triggerType: 'SNOOZE_TIMEOUT' },
        },
        device: { deviceName: 'd0' },
      },
    });
    expect(extensions.upstreamCalls).toBe(1);
  });

  it('may have nothing but its state, and the note of the action that was taken', async () => {
    const { ask } = await askFaulty(
      describing({
        stateName: 'ACKNOWLEDGED',
        customerAction: { actionName: 'ACKNOWLEDGE', acknowledgeActionConfiguration: { note: 'seen' } },
      }),
    );
    expect((await ask(DETAIL)).data).toMatchObject({
      alarm: {
        alarmState: {
          ruleEvaluation: null,
          customerAction: { actionName: 'ACKNOWLEDGE', note: 'seen', snoozeDurationSeconds: null },
          systemEvent: null,
        },
      },
    });
  });

  it('that does not exist is null without an error', async () => {
    const { ask } = await askFaulty(failing(404, 'ResourceNotFoundException', 'x'));
    const answer = await ask(DETAIL);
    expect(answer.data).toEqual({ alarm: null });
    expect(answer.errors).toBeUndefined();
  });

  it('from a list costs one DescribeAlarm for all its details', async () => {
    const { ask } = await askFaulty((request, response) => {
      const isDetail = request.url.includes('/keyValues');
      const summaries = answering(200, { alarmSummaries: [{ ...SUMMARY, stateName: 'NORMAL' }] });
      (isDetail ? describing({ stateName: 'NORMAL' }) : summaries)(request, response);
    });
    const summaries = await ask('{ alarms(alarmModelName: "hot") { nodes { keyValue alarmState { stateName } } } }');
    expect(summaries).toMatchObject({
      data: { alarms: { nodes: [{ keyValue: 'd0', alarmState: { stateName: 'NORMAL' } }] } },
      extensions: { upstreamCalls: 1 },
    });
    const details = await ask(
      `{ alarms(alarmModelName: "hot") { nodes { severity alarmState { ${STATE_FIELDS} } } } }`,
    );
    expect(details).toMatchObject({ data: { alarms: { nodes: [{ severity: 3 }] } }, extensions: { upstreamCalls: 2 } });
  });
});

describe('the alarm mutations', () => {
  it.each([
    ['acknowledgeAlarms', '/alarms/acknowledge', 'acknowledgeActionRequests'],
    ['enableAlarms', '/alarms/enable', 'enableActionRequests'],
    ['disableAlarms', '/alarms/disable', 'disableActionRequests'],
    ['resetAlarms', '/alarms/reset', 'resetActionRequests'],
  ])('%s sends the entries and answers each', async (field, path, member) => {
    const { ask, server } = await askFaulty(
      answering(202, {
        errorEntries: [{ requestId: 'b', errorCode: 'InvalidRequestException', errorMessage: 'Not now' }],
      }),
    );
    const { data } = await ask(`mutation { ${field}(input: { alarms: [
      { requestId: "a", alarmModelName: "hot", keyValue: "d0", note: "why" }, { requestId: "b", alarmModelName: "hot" }
    ] }) { results { id ok error { code message retryable } } } }`);
    expect(data).toEqual({
      [field]: {
        results: [
          { id: 'a', ok: true, error: null },
          { id: 'b', ok: false, error: { code: 'INVALID_REQUEST', message: 'Not now', retryable: false } },
        ],
      },
    });
    expect(server.requests.map(({ url }) => url)).toEqual([path]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      [member]: [
        { requestId: 'a', alarmModelName: 'hot', keyValue: 'd0', note: 'why' },
        { requestId: 'b', alarmModelName: 'hot' },
      ],
    });
  });

  it('snoozeAlarms sends the duration, and gives the alarm as it is afterwards', async () => {
    const { ask, server } = await askFaulty((request, response) => {
      (request.method === 'POST'
        ? answering(202, { errorEntries: null })
        : describing({ stateName: 'SNOOZE_DISABLED' }))(request, response);
    });
    const { data } = await ask(`mutation { snoozeAlarms(input: { alarms: [
      { requestId: "a", alarmModelName: "hot", keyValue: "d0", snoozeDurationSeconds: 60 }
    ] }) { results { ok alarm { alarmState { stateName } } } } }`);
    expect(data).toEqual({
      snoozeAlarms: { results: [{ ok: true, alarm: { alarmState: { stateName: 'SNOOZE_DISABLED' } } }] },
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      snoozeActionRequests: [{ requestId: 'a', alarmModelName: 'hot', keyValue: 'd0', snoozeDuration: 60 }],
    });
  });

  it.each([
    ['input.alarms[0].snoozeDurationSeconds', 'snoozeDurationSeconds: -1'],
    ['input.alarms[0].note', `note: "${'x'.repeat(257)}", snoozeDurationSeconds: 1`],
    ['input.alarms[0].requestId', 'requestId: "a b", snoozeDurationSeconds: 1'],
    ['input.alarms[0].keyValue', 'keyValue: "a/b", snoozeDurationSeconds: 1'],
  ])('are refused for %s, with nothing sent', async (argument, members) => {
    const { ask, server } = await askFaulty(hanging);
    const answer = await ask(
      `mutation { snoozeAlarms(input: { alarms: [{ alarmModelName: "hot", ${members} }] }) { results { ok } } }`,
    );
    expect(refusals(answer)).toMatchObject({ snoozeAlarms: { code: 'BAD_USER_INPUT', argument } });
    expect(server.requests).toEqual([]);
  });
});
