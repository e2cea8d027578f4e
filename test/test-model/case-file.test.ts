import { describe, expect, it } from 'vitest';
import { readCaseFile } from '../../src/test-model/case-file.ts';
import { formatIssues } from '../engine/expect-read.ts';
import { requestOf } from '../engine/detector/models.ts';

const onInput = { transitionEvents: [{ eventName: 't', condition: '$input.V.v > 0', nextState: 'S' }] };
const models = {
  inputs: [{ inputName: 'V', inputDefinition: { attributes: [{ jsonPath: 'v' }] } }],
  detectorModel: requestOf([{ stateName: 'S', onInput }]),
};

function issuesOf(content: unknown): string {
  const reading = readCaseFile(typeof content === 'string' ? content : JSON.stringify(content));
  return reading.ok ? '' : formatIssues(reading.issues);
}

describe('readCaseFile', () => {
  it('reads a scenario without expectations, and one without steps', () => {
    const put = { put: { inputName: 'V', payload: { v: 1 } } };
    expect(issuesOf({ ...models, steps: [put] })).toBe('');
    expect(issuesOf(models)).toBe('');
  });

  it.each<[unknown, string]>([
    ['{', ': Expected JSON, got: '],
    [[], ': Expected one of detectorModel, '],
    ['5', ': Expected an object at'],
    [{ kind: 'other' }, 'kind: Expected scenario, expressions or validation, got other'],
    [{ inputs: [] }, ': Expected one of detectorModel, detectorModels, alarmModel, alarmModels, got none'],
    [{ ...models, inputs: [{ inputName: 'V' }] }, 'inputs[0].inputDefinition: '],
    [{ ...models, detectorModel: { ...models.detectorModel, roleArn: null } }, 'detectorModel.roleArn: '],
    [{ ...models, detectorModels: [{}] }, 'detectorModels[0].detectorModelName: '],
    [{ ...models, alarmModel: {} }, 'alarmModel.alarmModelName: '],
    [{ ...models, stepps: [] }, 'stepps: Expected one of name, '],
    [
      { ...models, steps: [{}] },
      'steps[0]: Expected one of put, advanceSeconds, update, delete, updateModel, alarmAction, got 0',
    ],
    [{ ...models, steps: [{ advanceSeconds: 1, put: {} }] }, 'steps[0]: Expected one of put, '],
    [{ ...models, steps: [{ advanceSeconds: -1 }] }, 'steps[0].advanceSeconds: '],
    [
      { ...models, steps: [{ put: { inputName: 'W', payload: {} } }] },
      'steps[0].put.inputName: Expected an input of the file, got W',
    ],
    [{ ...models, steps: [{ put: { inputName: 'V' } }] }, 'steps[0].put.payload: '],
    [
      { ...models, steps: [{ delete: { detectorModelName: 'N' } }] },
      'steps[0].delete.detectorModelName: Expected one of the models [M], got N',
    ],
    [
      { ...models, steps: [{ alarmAction: { action: 'RESET' } }] },
      'steps[0].alarmAction.alarmModelName: Expected one of the models [], got none',
    ],
    [{ ...models, steps: [{ update: { state: {} } }] }, 'steps[0].update.state.stateName: '],
    [{ ...models, steps: [{ updateModel: { detectorModelName: 'M' } }] }, 'steps[0].updateModel.roleArn: '],
    [
      { ...models, steps: [{ advanceSeconds: 1, expect: { stateNam: 'S' } }] },
      'steps[0].expect.stateNam: Expected one of key, ',
    ],
    [{ ...models, steps: [{ advanceSeconds: 1, expect: { timers: 't' } }] }, 'steps[0].expect.timers: Expected a list'],
    [
      { ...models, steps: [{ advanceSeconds: 1, expect: { variables: [] } }] },
      'steps[0].expect.variables: Expected an object',
    ],
    [
      { ...models, steps: [{ advanceSeconds: 1, expect: [{ model: 'N' }] }] },
      'steps[0].expect[0].model: Expected one of the models [M], got N',
    ],
    [{ kind: 'expressions', table: [{ expr: '1' }] }, 'table[0].result: '],
    [
      { kind: 'validation', table: [{ name: 'n', request: {} }] },
      'table[0]: Expected an error code, or null, at error, got nothing',
    ],
  ])('refuses %j with its place', (content, text) => {
    expect(issuesOf(content)).toContain(text);
  });
});
