import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlarmModel } from '../../src/engine/alarm/read-definition.ts';
import { alarmTransition } from '../../src/engine/alarm/transition.ts';
import { readDetectorModel } from '../../src/engine/detector/read-definition.ts';
import { readInput } from '../../src/engine/input.ts';
import { type Json, formatJson } from '../../src/engine/json.ts';
import { readCaseFile } from '../../src/test-model/case-file.ts';
import { runScenario } from '../../src/test-model/run-scenario.ts';
import { alarmRequestOf } from './alarm/models.ts';
import { anyJson } from './arbitrary-json.ts';
import { anyMutationOf } from './arbitrary-mutation.ts';
import { requestOf, setOn } from './detector/models.ts';

const inputNames = new Set(['V']);
const input = { inputName: 'V', inputDefinition: { attributes: [{ jsonPath: 'id' }, { jsonPath: 'v' }] } };
const detectorModel = requestOf(
  [
    {
      stateName: 'S',
      onEnter: { events: [setOn('true', 'n', '0')] },
      onInput: {
        events: [
          {
            eventName: 'e',
            condition: '$input.V.v > 0',
            actions: [
              { setTimer: { timerName: 't', seconds: 60n } },
              { sns: { targetArn: 'arn', payload: { contentExpression: "'{}'", type: 'JSON' } } },
              { dynamoDB: { tableName: "'t'", hashKeyField: "'k'", hashKeyValue: '$variable.n' } },
            ],
          },
        ],
        transitionEvents: [{ eventName: 't', condition: 'timeout("t")', nextState: 'S' }],
      },
    },
  ],
  { key: 'id' },
) as unknown as Json;
const alarmModel = alarmRequestOf({
  alarmEventActions: { alarmActions: [{ sqs: { queueUrl: 'q', useBase64: true } }] },
  alarmNotification: {
    notificationActions: [
      {
        action: { lambdaAction: { functionArn: 'arn' } },
        emailConfigurations: [{ from: 'a@b', recipients: { to: [{ ssoIdentity: { userId: 'u' } }] } }],
      },
    ],
  },
}) as unknown as Json;
const scenario = {
  inputs: [input],
  detectorModel,
  alarmModel,
  steps: [
    { put: { inputName: 'V', payload: { id: 'k', v: 50n } }, expect: [{ key: 'k', stateName: 'S', timers: ['t'] }] },
    { advanceSeconds: 60n, expect: { key: 'k', variables: { n: 0n }, actions: [] } },
    { alarmAction: { action: 'SNOOZE', snoozeDuration: 60n }, expect: { alarm: {}, stateName: 'NORMAL' } },
    { update: { keyValue: 'k', state: { stateName: 'S', variables: [], timers: [] } } },
  ],
};

const readers = {
  readInput: { read: (request: Json) => readInput(request), valid: input },
  readDetectorModel: { read: (request: Json) => readDetectorModel(request, inputNames), valid: detectorModel },
  readAlarmModel: { read: (request: Json) => readAlarmModel(request, inputNames), valid: alarmModel },
  readCaseFile: { read: (content: Json) => readCaseFile(formatJson(content)), valid: scenario as unknown as Json },
};

describe.each(Object.entries(readers))('%s', (_name, { read, valid }) => {
  it('accepts what the mutations start from', () => {
    expect(read(valid)).toMatchObject({ ok: true });
  });

  it('never throws, and gives a value or at least one issue', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, anyMutationOf(valid)), (request) => {
        const reading = read(request);
        expect(reading.ok || reading.issues.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what was accepted', () => {
  it('runs without throwing: scenarios', () => {
    fc.assert(
      fc.property(anyMutationOf(scenario as unknown as Json), (content) => {
        const reading = readCaseFile(formatJson(content));
        if (reading.ok && reading.value.kind === 'scenario') runScenario(reading.value);
      }),
      { numRuns: 500 },
    );
  });

  it('runs without throwing: alarm models', () => {
    const settings = { keyValue: null, alarmModelVersion: '1' };
    fc.assert(
      fc.property(anyMutationOf(alarmModel), anyJson, (request, v) => {
        const reading = readAlarmModel(request, inputNames);
        const cause = { kind: 'Message', inputName: 'V', messageId: 'm', payload: { v } } as const;
        if (reading.ok) alarmTransition(reading.value, null, cause, 0, settings);
      }),
      { numRuns: 500 },
    );
  });
});
