import { describe, expect, it } from 'vitest';
import { type Json, formatJson } from '../../src/engine/json.ts';
import { type EngineOptions, defaultOptions } from '../../src/engine/options.ts';
import { readCaseFile } from '../../src/test-model/case-file.ts';
import { runScenario } from '../../src/test-model/run-scenario.ts';
import { expectRead } from '../engine/expect-read.ts';

const counter = {
  inputs: [{ inputName: 'V', inputDefinition: { attributes: [{ jsonPath: 'id' }, { jsonPath: 'v' }] } }],
  detectorModel: {
    detectorModelName: 'M',
    roleArn: 'arn',
    key: 'id',
    detectorModelDefinition: {
      initialStateName: 'S',
      states: [
        {
          stateName: 'S',
          onEnter: { events: [{ eventName: 'init', actions: [{ setVariable: { variableName: 'n', value: '0' } }] }] },
          onInput: {
            events: [
              {
                eventName: 'count',
                condition: '$input.V.v > 0',
                actions: [
                  { setVariable: { variableName: 'n', value: '$variable.n + 1' } },
                  { setVariable: { variableName: 'half', value: '$variable.n / 2' } },
                  { sns: { targetArn: 'arn:n' } },
                ],
              },
            ],
            transitionEvents: [
              { eventName: 'never', condition: "$input.V.v == 'x'", nextState: 'S' },
              { eventName: 'far', condition: '$input.V.v > 10', nextState: 'T' },
              { eventName: 'further', condition: '$input.V.v > 20', nextState: 'T' },
            ],
          },
        },
        { stateName: 'T' },
      ],
    },
  },
};

function run(steps: readonly object[], options: Partial<EngineOptions> = {}) {
  const file = expectRead(readCaseFile(formatJson({ ...counter, steps } as unknown as Json)));
  if (file.kind !== 'scenario') throw new Error(`Expected a scenario, got ${file.kind}`);
  return runScenario(file, { ...defaultOptions, ...options });
}

const put = (v: Json, expect_?: object) => ({
  put: { inputName: 'V', payload: { id: 'k', v } },
  ...(expect_ && { expect: { key: 'k', ...expect_ } }),
});

describe('runScenario', () => {
  it('gives without expectations what has happened', () => {
    const [first] = run([put(11n)]);
    expect(first).toMatchObject({
      error: null,
      mismatches: [],
      observed: [{ modelName: 'M', keyValue: 'k', stateName: 'T', variables: { n: 1n, half: 1n }, timers: {} }],
      cycles: [
        {
          trigger: 'message message-1 of V',
          stateBefore: null,
          stateAfter: 'T',
          effects: [{ type: 'sns', target: 'arn:n', eventName: 'count' }],
          problems: [],
        },
      ],
    });
  });

  it('traces every condition, with the reason where it is not true', () => {
    const [first] = run([put(11n)]);
    const common = { state: 'S', lifeCycle: 'OnInput' };
    expect(first?.cycles[0]?.conditions).toMatchObject([
      { result: 'True', eventName: 'init', state: 'S', lifeCycle: 'OnEnter', hasTransition: false, condition: null },
      { result: 'True', eventName: 'count', ...common, hasTransition: false },
      {
        result: 'False',
        eventName: 'never',
        ...common,
        hasTransition: true,
        resultDetails: 'Expected compatible types for ==, got Integer and String',
      },
      { result: 'True', eventName: 'far', ...common, hasTransition: true, condition: '$input.V.v > 10' },
      {
        result: 'Skipped',
        eventName: 'further',
        ...common,
        hasTransition: true,
        resultDetails: 'Skipped due to transition from far event',
      },
    ]);
    expect(run([put({})])[0]?.cycles[0]?.conditions[1]).toMatchObject({
      result: 'False',
      resultDetails: 'Expected two numbers or two Strings for >, got an object and Integer',
    });
  });

  it.each<[object, object[]]>([
    [{ stateName: 'T' }, [{ path: 'stateName', expected: '"T"', got: '"S"' }]],
    [
      { variables: { n: 2n, m: 1n } },
      [
        { path: 'variables.n', expected: '2', got: '1' },
        { path: 'variables.m', expected: '1', got: 'nothing' },
      ],
    ],
    [{ variables: { n: 1.0 } }, [{ path: 'variables.n', expected: '1.0', got: '1' }]],
    [{ undefinedVariables: ['n', 'm'] }, [{ path: 'variables.n', expected: 'nothing', got: '1' }]],
    [{ timers: ['t'] }, [{ path: 'timers', expected: '["t"]', got: '[]' }]],
    [{ timerExpiresIn: { t: 60n } }, [{ path: 'timerExpiresIn.t', expected: '60', got: 'nothing' }]],
    [{ detectorModelVersion: '2' }, [{ path: 'detectorModelVersion', expected: '"2"', got: '"1"' }]],
    [{ exists: false }, [{ path: 'exists', expected: 'false', got: 'true' }]],
    [{ key: 'other' }, [{ path: 'exists', expected: 'true', got: 'false' }]],
    [{ actions: [] }, [{ path: 'actions', expected: '[]', got: '[{"type":"sns","target":"arn:n"}]' }]],
    [{ actions: [{ type: 'sqs', target: 'arn:n' }] }, [{ path: 'actions[0].type', expected: '"sqs"', got: '"sns"' }]],
    [
      { actions: [{ type: 'sns', payload: { eventName: 'other' } }] },
      [{ path: 'actions[0].payload.eventName', expected: '"other"', got: '"count"' }],
    ],
    [
      { actions: [{ type: 'sns', payload: 'text' }] },
      [{ path: 'actions[0].payload', expected: '"text"', got: expect.stringContaining('eventTime') as string }],
    ],
    [{ error: 'ResourceNotFoundException' }, [{ path: 'error', expected: '"ResourceNotFoundException"', got: 'null' }]],
  ])('finds that %o is not so', (expected, mismatches) => {
    const step = 'error' in expected ? { ...put(1n), expect: expected } : put(1n, expected);
    expect(run([step])[0]?.mismatches).toMatchObject(mismatches);
  });

  it('finds an error that nobody expects', () => {
    const step = { delete: { keyValue: 'k' }, expect: { key: 'k', exists: false } };
    expect(run([step])[0]?.mismatches).toEqual([
      { modelName: 'M', keyValue: 'k', path: 'error', expected: 'nothing', got: '"ResourceNotFoundException"' },
    ]);
  });

  it('ignores a message id for five minutes', () => {
    const same = { put: { inputName: 'V', messageId: 'm', payload: { id: 'k', v: 1n } } };
    const results = run([same, same, { advanceSeconds: 300n }, same, { advanceSeconds: 1n }, same]);
    expect(results.map(({ cycles }) => cycles.length)).toEqual([1, 0, 0, 0, 0, 1]);
    expect(results[1]?.notices).toEqual(['message m of input V is a repetition']);
  });

  it('says why a message reaches nobody', () => {
    const [result] = run([{ put: { inputName: 'V', payload: { v: 1n } } }]);
    expect(result?.notices).toEqual([expect.stringContaining("at 'id', got undefined")]);
  });

  it('takes engine options', () => {
    const steps = [put(1n), put(1n), put(1n)];
    expect(run(steps, { integerDivision: 'truncate' })[2]?.observed[0]?.variables['half']).toBe(1n);
    expect(run(steps)[2]?.observed[0]?.variables['half']).toBe(2n);
  });

  it('is the same when repeated', () => {
    expect(run([put(1n), put(11n)])).toEqual(run([put(1n), put(11n)]));
  });
});
