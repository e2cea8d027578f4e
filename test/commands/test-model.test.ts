import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDirectory, runProgram, temporaryDirectory } from '../e2e/running-program.ts';

const sharedCases = join(projectDirectory, '..', 'shared', 'cases');

const inputs = [{ inputName: 'Reading', inputDefinition: { attributes: [{ jsonPath: 'id' }, { jsonPath: 'level' }] } }];
const detectorModel = {
  detectorModelName: 'tank',
  key: 'id',
  roleArn: 'arn:aws:iam::123456789012:role/test',
  detectorModelDefinition: {
    initialStateName: 'Low',
    states: [
      {
        stateName: 'Low',
        onInput: {
          transitionEvents: [{ eventName: 'rise', condition: '$input.Reading.level > 80', nextState: 'High' }],
        },
      },
      {
        stateName: 'High',
        onEnter: {
          events: [
            {
              eventName: 'tell',
              actions: [
                { setVariable: { variableName: 'peak', value: '$input.Reading.level' } },
                { setTimer: { timerName: 'wait', seconds: 300 } },
                { sns: { targetArn: 'arn:tank', payload: { contentExpression: "'full'", type: 'STRING' } } },
              ],
            },
          ],
        },
      },
    ],
  },
};
const put = (level: number) => ({ put: { inputName: 'Reading', payload: { id: 't1', level } } });

async function testModel(args: readonly string[]) {
  await using program = runProgram(['test-model', ...args]);
  const code = await program.exited;
  return { code, ...program.output() };
}

/** A directory with the file `scenario.json`. */
async function scenario(content: object) {
  const directory = await temporaryDirectory();
  const file = join(directory.path, 'scenario.json');
  await writeFile(file, JSON.stringify(content));
  return { ...directory, file };
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('test-model passes', () => {
  it.skipIf(!existsSync(sharedCases))('the conformance cases (their folder may be absent)', async () => {
    const { code, stdout } = await testModel([sharedCases]);
    expect(lastLine(stdout)).toMatch(/^[1-9]\d+ passed, 0 failed$/);
    expect(code).toBe(0);
  });

  it('our own cases', async () => {
    const { code, stdout } = await testModel(['test/cases']);
    expect(lastLine(stdout)).toMatch(/^[1-9]\d+ passed, 0 failed$/);
    expect(code).toBe(0);
  });

  it('the scenarios of the example models', async () => {
    const { code, stdout } = await testModel(['--load', 'examples', 'examples/scenarios']);
    expect(lastLine(stdout)).toMatch(/^[1-9]\d+ passed, 0 failed$/);
    expect(code).toBe(0);
  });
});

describe('test-model prints', () => {
  it('state, variables, timers and actions of each step', async () => {
    await using it = await scenario({
      name: 'filling',
      inputs,
      detectorModel,
      steps: [put(10), put(90), { advanceSeconds: 60 }],
    });
    const { code, stdout } = await testModel([it.file]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        `${it.file}  filling`,
        '  · 1  put Reading {"id":"t1","level":10}',
        '       tank t1  new → Low',
        '  · 2  put Reading {"id":"t1","level":90}',
        '       tank t1  Low → High',
        '         peak = 90',
        '         timer wait: 300 s left',
        '         action sns arn:tank  by tell',
        '           full',
        '  · 3  advance 60 s  to 2026-01-01T00:01:00Z',
        '',
        '0 passed, 0 failed',
        '',
      ].join('\n'),
    );
  });

  it('what an operation was refused for, whom a message did not reach, and which action failed', async () => {
    const orphan = { put: { inputName: 'Reading', payload: { level: 1 } } };
    const full = { put: { inputName: 'Reading', payload: { id: 't2', level: 1e300 } } };
    const failing = JSON.parse(
      JSON.stringify(detectorModel).replace('"seconds":300', '"durationExpression":"$input.Reading.level"'),
    ) as object;
    const steps = [{ delete: { keyValue: 'none' } }, orphan, full];
    await using it = await scenario({ inputs, detectorModel: failing, steps });
    const { stdout } = await testModel([it.file]);
    expect(stdout).toContain('  · 1  delete tank none\n       ResourceNotFoundException\n');
    expect(stdout).toMatch(/ {2}· 2 .*\n {7}.*key.* at 'id'/);
    expect(stdout).toMatch(/ {9}failed {2}.*timer.*\(detectorModelDefinition\.states\[1\]/);
  });

  it('the rule of an alarm with both sides', async () => {
    const alarmModel = {
      alarmModelName: 'full',
      roleArn: 'arn:aws:iam::123456789012:role/test',
      alarmRule: {
        simpleRule: { inputProperty: '$input.Reading.level', comparisonOperator: 'GREATER', threshold: '80' },
      },
      alarmCapabilities: { initializationConfiguration: { disabledOnInitialization: false } },
    };
    await using it = await scenario({ inputs, alarmModel, steps: [put(90)] });
    expect((await testModel([it.file])).stdout).toContain('       full  new → ACTIVE\n         rule: 90 GREATER 80\n');
  });

  it('every condition with --trace', async () => {
    await using it = await scenario({ inputs, detectorModel, steps: [put(10)] });
    const { stdout } = await testModel(['--trace', it.file]);
    expect(stdout).toContain('message message-1 of Reading');
    expect(stdout).toContain('False    OnInput of Low, transition rise: $input.Reading.level > 80');
  });

  it('what was expected and what came, why, and from where, where a step fails', async () => {
    const expected = { key: 't1', stateName: 'High', variables: { peak: 91 }, timers: [] };
    const step = { ...put(90), expect: expected, why: 'above 80 the tank is full' };
    await using it = await scenario({ name: 'n', source: 'the manual, page 4', inputs, detectorModel, steps: [step] });
    const { code, stdout } = await testModel([it.file]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        '       variables.peak of tank t1',
        '         expected  91',
        '         got       90',
        '       timers of tank t1',
        '         expected  []',
        '         got       ["wait"]',
        '       why     above 80 the tank is full',
        '       source  the manual, page 4',
        '',
        `  ✗ ${it.file}`,
        '0 passed, 1 failed',
      ].join('\n'),
    );
  });

  it('what is wrong with a file, with its place, and goes on with the next', async () => {
    await using it = await scenario({ inputs, detectorModel, steps: [{ ...put(1), expect: { stateNam: 'Low' } }] });
    const { code, stdout } = await testModel([it.file, 'test/cases/cycle-batch.json']);
    expect(code).toBe(1);
    expect(stdout).toContain('  ✗ steps[0].expect.stateNam: Expected one of key, ');
    expect(lastLine(stdout)).toMatch(/^[1-9]\d* passed, 1 failed$/);
  });

  it('one JSON document with --json, in which Integer and Decimal differ', async () => {
    const steps = [put(90), { ...put(95.5), expect: { key: 't1', stateName: 'Low' } }];
    await using it = await scenario({ name: 'n', inputs, detectorModel, steps });
    const { code, stdout } = await testModel(['--json', it.file]);
    expect(code).toBe(1);
    expect(stdout).toContain('"variables":{"peak":90}');
    expect(JSON.parse(stdout)).toMatchObject({
      passed: 0,
      failed: 1,
      files: [
        {
          file: it.file,
          kind: 'scenario',
          name: 'n',
          steps: [
            {
              isChecked: false,
              detectors: [{ modelName: 'tank', keyValue: 't1', stateName: 'High', timers: { wait: 300 } }],
              cycles: [
                {
                  stateBefore: null,
                  stateAfter: 'High',
                  conditions: [
                    { result: 'True', eventName: 'rise' },
                    { result: 'True', eventName: 'tell' },
                  ],
                  actions: [{ type: 'sns', target: 'arn:tank', payload: 'full' }],
                },
              ],
            },
            { isChecked: true, mismatches: [{ path: 'stateName', expected: '"Low"', got: '"High"' }] },
          ],
        },
      ],
    });
  });
});

describe('--load', () => {
  it('gives a bare list of messages its models, as describe-detector-model answers them', async () => {
    await using it = await scenario([put(90).put, { advanceSeconds: 300 }]);
    const models = join(it.path, 'models');
    await mkdir(models);
    const { detectorModelDefinition, ...detectorModelConfiguration } = detectorModel;
    const described = { detectorModel: { detectorModelDefinition, detectorModelConfiguration } };
    await writeFile(join(models, 'tank.json'), JSON.stringify(described));
    await writeFile(join(models, 'inputs.json'), JSON.stringify(inputs));
    const { code, stdout } = await testModel(['--load', models, it.file]);
    expect(code).toBe(0);
    expect(stdout).toContain('tank t1  new → High');
  });

  it('names what is wrong with a model', async () => {
    await using it = await scenario([put(90).put]);
    const model = join(it.path, 'model.json');
    await writeFile(model, JSON.stringify([...inputs, { ...detectorModel, roleArn: null }]));
    const { code, stderr } = await testModel(['--load', model, it.file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${model} at [1].roleArn: `);
  });

  it('is asked for where a file has no models', async () => {
    await using it = await scenario([put(90).put]);
    expect((await testModel([it.file])).stdout).toContain('Expected one of detectorModel, ');
  });
});

it('the engine settings count: a timer of 5 s needs --min-timer-seconds', async () => {
  const text = JSON.stringify(detectorModel).replace('"seconds":300', '"seconds":5');
  await using it = await scenario({ inputs, detectorModel: JSON.parse(text) as object, steps: [put(90)] });
  expect((await testModel([it.file])).stdout).toContain('should be at least 60 seconds long');
  expect((await testModel(['--min-timer-seconds', '1', it.file])).stdout).toContain('timer wait: 5 s left');
});

it.each([
  [['no-such-file.json'], 'Expected a file or directory to read, got no-such-file.json: ENOENT'],
  [['src/engine'], 'Expected *.json files in src/engine, got none'],
  [['--json', '--watch', 'test/cases'], '--json prints one document: expected no --watch with it'],
])('%j is wrong usage', async (args, text) => {
  const { code, stderr } = await testModel(args);
  expect(stderr).toContain(text);
  expect(code).toBe(2);
});

it('--watch runs again when a file has changed, however it is replaced, and survives one that is broken', async () => {
  await using it = await scenario({
    inputs,
    detectorModel,
    steps: [{ ...put(90), expect: { key: 't1', stateName: 'High' } }],
  });
  await using program = runProgram(['test-model', '--watch', it.file]);
  await program.printed(/1 passed, 0 failed\n.*Waiting/);
  const text = await readFile(it.file, 'utf8');
  await writeFile(it.file, '{');
  await program.printed(/Expected JSON[^]*Waiting/);
  const replacement = join(it.path, 'replacement');
  await writeFile(replacement, text.replace('"stateName":"High"}', '"stateName":"Low"}'));
  await rename(replacement, it.file);
  await program.printed(/got {7}"High"[^]*Waiting/);
});
