import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readResources } from '../../../src/dataplane/load/read-resources.ts';
import { inputRequest, modelRequest, openRuntime, type TestRuntime } from '../runtime/open-runtime.ts';

let it: TestRuntime;
let directory: string;
beforeEach(async () => {
  it = await openRuntime();
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-load-'));
});
afterEach(async () => {
  await it.close();
  await rm(directory, { recursive: true });
});

/** Writes the files, each a JSON value or a text, and loads the directory. */
async function load(files: Readonly<Record<string, unknown>>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const report = await it.runtime.load(await readResources(directory));
  const refused = report.refused.map(
    ({ file, path, message }) => `${file.slice(directory.length + 1)}: ${path}: ${message}`,
  );
  return { ...report, refused };
}

const sensor = inputRequest('Sensor', 'id', 'value');
const motor = modelRequest('motor', { key: 'id', condition: '$input.Sensor.value > 0', set: { seen: 'true' } });
const fleet = { DeviceFleetName: 'demo', OutputConfig: { S3OutputLocation: 's3://bucket/folder' } };
const devices = (...names: readonly string[]) => ({
  DeviceFleetName: 'demo',
  Devices: names.map((DeviceName) => ({ DeviceName })),
});
const job = (name: string, location: string, tags: readonly object[] = []) => ({
  EdgePackagingJobName: name,
  CompilationJobName: 'compiled',
  ModelName: 'resnet',
  ModelVersion: '1.0',
  RoleArn: 'arn:aws:iam::123456789012:role/EdgeRole',
  OutputConfig: { S3OutputLocation: location },
  Tags: tags,
});
const stage = (StageName: string, DeviceSelectionConfig: object, members: object = {}) => ({
  StageName,
  DeviceSelectionConfig,
  ...members,
});
const plan = (members: object) => ({
  EdgeDeploymentPlanName: 'plan',
  ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'job' }],
  DeviceFleetName: 'demo',
  ...members,
});

describe('files', () => {
  test('a file holds one request or an array, in folders too; hidden ones and other files are left alone', async () => {
    const report = await load({
      'b.json': [sensor, fleet],
      'a/deep/motor.json': motor,
      '.hidden/x.json': 'no JSON',
      'node_modules/x/package.json': '{}',
      'README.md': '# no JSON',
    });
    expect(report).toEqual({
      created: ['input Sensor', 'detector model motor, version 1', 'device fleet demo'],
      updated: [],
      unchanged: [],
      refused: [],
      notes: [],
    });
  });

  test('symbolic links are followed, as in a mounted ConfigMap', async () => {
    await mkdir(join(directory, '..2026'));
    await writeFile(join(directory, '..2026', 'sensor.json'), JSON.stringify(sensor));
    await symlink(join('..2026', 'sensor.json'), join(directory, 'sensor.json'));
    expect((await load({})).created).toEqual(['input Sensor']);
  });

  test('a directory that is absent is named', async () => {
    await expect(readResources(join(directory, 'nope'))).rejects.toThrow(
      /^Expected a directory of JSON files to load, got .*\/nope: ENOENT/,
    );
  });

  test('explicit nulls count as absent', async () => {
    const exported = { ...motor, detectorModelDescription: null, evaluationMethod: null, tags: null };
    expect((await load({ 'a.json': [sensor, exported] })).refused).toEqual([]);
  });

  test('the answers of describe-input and describe-detector-model are accepted', async () => {
    const { detectorModelDefinition, ...configuration } = motor as Readonly<Record<string, unknown>>;
    const report = await load({
      'input.json': {
        input: {
          inputConfiguration: { inputName: 'Sensor', inputArn: 'arn', status: 'ACTIVE', creationTime: 1.5 },
          inputDefinition: { attributes: [{ jsonPath: 'value' }] },
        },
      },
      'model.json': {
        detectorModel: {
          detectorModelConfiguration: { ...configuration, detectorModelVersion: '7', status: 'ACTIVE' },
          detectorModelDefinition,
        },
      },
    });
    expect(report).toMatchObject({ created: ['input Sensor', 'detector model motor, version 1'], refused: [] });
  });
});

describe('errors', () => {
  test('all errors of all files are reported at once, with file, path and rule, and only good files are applied', async () => {
    const report = await load({
      'a-syntax.json': '{"inputName": ',
      'b-kind.json': [{ name: 'x', value: 1 }, 'text', [sensor]],
      'c-mixed.json': [
        { DeviceFleetName: 'a b', OutputConfig: { S3OutputLocation: 'https://bucket' } },
        modelRequest('broken', { condition: '$input.Sensor.value >' }),
        inputRequest('1st', 'a..b'),
        { ...motor, detectorModelName: 'norole', roleArn: undefined },
        inputRequest('Lost', 'value'),
      ],
      'd-good.json': sensor,
    });
    expect(report.created).toEqual(['input Sensor']);
    expect(report.refused).toEqual([
      expect.stringMatching(/^a-syntax\.json: : Expected a JSON file, got: /),
      expect.stringMatching(
        /^b-kind\.json: \[0\]: Expected a request of CreateInput, .*, got an object with the members \[name, value\]$/,
      ),
      'b-kind.json: [1]: Expected an object, got string',
      'b-kind.json: [2]: Expected an object, got an array',
      expect.stringMatching(
        /^c-mixed\.json: \[0\]\.DeviceFleetName: Value 'a b' at 'DeviceFleetName' failed .* pattern/,
      ),
      expect.stringMatching(/^c-mixed\.json: \[0\]\.OutputConfig\.S3OutputLocation: Value 'https:\/\/bucket' at /),
      expect.stringMatching(
        /^c-mixed\.json: \[1\]\.detectorModelDefinition\.states\[0\]\.onInput\.events\[0\]\.condition: Failed to parse expression/,
      ),
      expect.stringMatching(/^c-mixed\.json: \[2\]\.inputName: /),
      expect.stringMatching(/^c-mixed\.json: \[2\]\.inputDefinition\.attributes\[0\]\.jsonPath: /),
      expect.stringMatching(/^c-mixed\.json: \[3\]\.roleArn: /),
    ]);
    expect(await it.put('Lost', {})).toBe('ResourceNotFoundException');
  });

  test('a file whose reference leads into a refused file is refused too, and so on', async () => {
    const report = await load({
      'a-input.json': [sensor, { what: 1 }],
      'b-model.json': [motor, inputRequest('Second', 'value')],
      'c-model.json': modelRequest('third', { condition: '$input.Second.value > 0' }),
      'd-good.json': inputRequest('Fourth', 'value'),
    });
    expect(report.created).toEqual(['input Fourth']);
    expect(report.refused).toEqual([
      expect.stringContaining('a-input.json: [1]: Expected a request of'),
      expect.stringMatching(/^b-model\.json: \[0\]\..*reference to Input 'Sensor' that does not exist/),
      expect.stringMatching(/^c-model\.json: .*reference to Input 'Second' that does not exist/),
    ]);
  });

  test('a path leads through the envelope of a described model', async () => {
    const described = { detectorModelConfiguration: { ...motor, detectorModelDefinition: undefined } };
    const definition = { detectorModelDefinition: { initialStateName: 'Nope', states: [{ stateName: 'S' }] } };
    const { refused } = await load({ 'a.json': [{ detectorModel: { ...described, ...definition } }] });
    expect(refused[0]).toMatch(/^a\.json: \[0\]\.detectorModel\.detectorModelDefinition/);
  });

  test('references across files and into the store are resolved', async () => {
    expect((await load({ 'a.json': motor, 'z/sensor.json': sensor })).refused).toEqual([]);
    await rm(join(directory, 'z'), { recursive: true });
    expect(await load({ 'b.json': modelRequest('second', { condition: '$input.Sensor.value > 0' }) })).toMatchObject({
      created: ['detector model second, version 1'],
      unchanged: ['detector model motor, version 1'],
      refused: [],
    });
  });

  test('what is defined twice is refused the second time, with the file that has the first', async () => {
    const report = await load({
      'a.json': [sensor, fleet, devices('d1')],
      'b.json': sensor,
      'c.json': devices('d2', 'd1'),
    });
    expect(report.created).toHaveLength(3);
    expect(report.refused).toEqual([
      `b.json: : Expected one input Sensor, got another in ${join(directory, 'a.json')}`,
      `c.json: : Expected one device demo/d1, got another in ${join(directory, 'a.json')}`,
    ]);
  });

  test('devices need their fleet; plans need fleet, packaging jobs and devices', async () => {
    const selection = { DeviceSubsetType: 'SELECTION', DeviceNames: ['d1', 'd9'] };
    const stages = [stage('s1', selection), stage('s2', { DeviceSubsetType: 'PERCENTAGE' })];
    const report = await load({
      'a.json': devices('d1'),
      'b.json': plan({ Stages: stages }),
      'c.json': job('sum', 's3://b/f.tar', [{ Key: 'fleetgraph:sha1', Value: 'ABC' }]),
    });
    expect(report.created).toEqual([]);
    expect(report.refused).toEqual([
      'a.json: DeviceFleetName: Expected device fleet demo in the loaded files or the store, got none',
      'b.json: DeviceFleetName: Expected device fleet demo in the loaded files or the store, got none',
      'b.json: ModelConfigs[0].EdgePackagingJobName: Expected edge packaging job job in the loaded files or the store, got none',
      'b.json: Stages[0].DeviceSelectionConfig.DeviceNames[1]: Expected device demo/d9 in the loaded files or the store, got none',
      'b.json: Stages[1].DeviceSelectionConfig.Percentage: Expected Percentage with DeviceSubsetType PERCENTAGE, got none',
      "c.json: Tags: Expected the SHA-1 of the artifact in fleetgraph:sha1 as 40 characters of lower-case hex, got 'ABC'",
    ]);
  });
});

describe('loading again', () => {
  const files = { 'a.json': [sensor, motor, fleet, devices('d1', 'd2')] };

  test('the same changes nothing: versions and detectors stay', async () => {
    await load(files);
    await it.put('Sensor', { id: 'x', value: 1 });
    const before = await it.runtime.describeDetector('motor', 'x');
    it.nowMs += 1000;
    // Written in another way, it is the same.
    const reordered = Object.fromEntries(Object.entries(motor).reverse());
    const report = await load({ 'a.json': JSON.stringify([sensor, reordered, fleet, devices('d1', 'd2')], null, 2) });
    expect(report).toMatchObject({ created: [], updated: [], refused: [] });
    expect(report.unchanged).toEqual([
      'input Sensor',
      'detector model motor, version 1',
      'device fleet demo',
      '2 devices in device fleet demo',
    ]);
    expect(await it.runtime.describeDetector('motor', 'x')).toEqual(before);
    expect(await it.runtime.getDevice('demo', 'd1')).toMatchObject({ registrationTimeMs: it.nowMs - 1000 });
  });

  test('a changed model becomes the next version, and its detectors are created again by new messages', async () => {
    await load(files);
    await it.put('Sensor', { id: 'x', value: 1 });
    await it.put('Sensor', { id: 'y', value: 1 });
    const changed = modelRequest('motor', { key: 'id', condition: '$input.Sensor.value > 0', set: { seen: 'false' } });
    const report = await load({ 'a.json': [sensor, changed, fleet, devices('d1', 'd2')] });
    expect(report.updated).toEqual(['detector model motor, version 2']);
    expect(await it.state('motor', 'x')).toBeNull();
    await it.put('Sensor', { id: 'x', value: 1 });
    await it.reopen();
    expect(await it.state('motor', 'x')).toEqual({
      detectorModelVersion: '2',
      stateName: 'Only',
      variables: { seen: 'false' },
    });
    expect(await it.state('motor', 'y')).toBeNull();
  });

  test('messages sent while a changed model is loaded never meet a mixture of versions', async () => {
    await load(files);
    const changed = modelRequest('motor', { key: 'id', condition: '$input.Sensor.value > 0', set: { seen: '2' } });
    const read = await readResources(directory);
    await writeFile(join(directory, 'a.json'), JSON.stringify([sensor, changed, fleet]));
    const readChanged = await readResources(directory);
    // One message in every turn of the microtask queue: some go before the load, some share its COMMIT.
    const loading = it.runtime.load(readChanged);
    const puts: Promise<unknown>[] = [];
    for (let turn = 0; turn < 20; turn++) {
      puts.push(it.put('Sensor', { id: `k${turn}`, value: 1 }));
      await Promise.resolve();
    }
    await Promise.all([loading, ...puts]);
    const rows = await it.runtime.listDetectors({
      detectorModelName: 'motor',
      stateName: null,
      afterKeyValue: null,
      limit: 50,
    });
    if (rows === 'unknown-model') throw new Error('Expected the model to be known');
    expect(new Set(rows.map(({ detectorModelVersion }) => detectorModelVersion))).toEqual(new Set(['2']));
    expect(await it.state('motor', 'k19')).toMatchObject({ detectorModelVersion: '2', variables: { seen: '2' } });
    expect(it.errors).toEqual([]);
    expect((await it.runtime.load(read)).updated).toEqual(['detector model motor, version 3']);
  });

  test('a changed input takes effect for later messages, and the detectors stay', async () => {
    await load({ 'a.json': [inputRequest('Sensor', 'id'), motor] });
    await it.put('Sensor', { id: 'x', value: 1 });
    expect((await it.state('motor', 'x'))?.variables).toEqual({});
    expect((await load({ 'a.json': [sensor, motor] })).updated).toEqual(['input Sensor']);
    await it.put('Sensor', { id: 'x', value: 1 });
    expect((await it.state('motor', 'x'))?.variables).toEqual({ seen: 'true' });
  });

  test('a load that cannot be committed changes nothing, also not what messages see', async () => {
    await load(files);
    const read = await readResources(directory);
    await it.store.close();
    await expect(it.runtime.load(read)).rejects.toThrow('Expected an open store');
    await it.reopen();
    expect((await it.runtime.load(read)).unchanged).toHaveLength(4);
  });
});

describe('what is not performed yet', () => {
  test('is reported once for each model and kind', async () => {
    const definition = (motor as { detectorModelDefinition: { states: readonly object[] } }).detectorModelDefinition;
    const setTimer = { setTimer: { timerName: 't', seconds: 60 } };
    const sns = { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:topic' } };
    const onEnter = { events: [{ eventName: 'e', actions: [setTimer, sns, setTimer, sns] }] };
    const states = definition.states.map((state) => ({ ...state, onEnter }));
    const alarmRule = {
      simpleRule: { inputProperty: '$input.Sensor.value', comparisonOperator: 'GREATER', threshold: '1' },
    };
    const report = await load({
      'a.json': [
        sensor,
        { ...motor, detectorModelDefinition: { ...definition, states } },
        { alarmModelName: 'alarm', roleArn: 'arn', alarmRule },
      ],
    });
    expect(report.notes).toEqual([
      expect.stringMatching(/^detector model motor: .*setTimer.*not performed yet/),
      expect.stringMatching(/^detector model motor: .*sns.*not performed yet/),
      'alarm model alarm: alarm models are not performed yet',
    ]);
  });
});

describe('deployments (wire.md, 8.2 and 9.11)', () => {
  const base = [fleet, devices('d1', 'd2', 'd3', 'd4', 'cam-5'), job('job', 's3://bucket/models')];
  const pending = async (deviceName: string) => {
    const rows = await it.runtime.listPendingDeployments('demo', deviceName);
    return rows.map(({ definition }) => JSON.parse(definition) as unknown);
  };

  test('each selected device has one deployment, with artifact, checksum and policy', async () => {
    const sum = 'a9993e364706816aba3e25717850c26c9cd0d89d';
    const report = await load({
      'a.json': [
        ...base,
        job('signed', 's3://my.bucket/models/m.tar.gz', [{ Key: 'fleetgraph:sha1', Value: sum }]),
        plan({
          ModelConfigs: [
            { ModelHandle: 'one', EdgePackagingJobName: 'job' },
            { ModelHandle: 'two', EdgePackagingJobName: 'signed' },
          ],
          Stages: [
            stage(
              's1',
              { DeviceSubsetType: 'SELECTION', DeviceNames: ['d2'] },
              { DeploymentConfig: { FailureHandlingPolicy: 'DO_NOTHING' } },
            ),
            stage('s2', { DeviceSubsetType: 'NAMECONTAINS', DeviceNameContains: 'cam' }),
          ],
        }),
      ],
    });
    expect(report.created).toContain('2 deployments of edge deployment plan plan');
    const Definitions = [
      { ModelHandle: 'one', S3Url: 's3://bucket/models/resnet-1.0.tar.gz', State: 'DEPLOY' },
      {
        ModelHandle: 'two',
        S3Url: 's3://my.bucket/models/m.tar.gz',
        Checksum: { Type: 'SHA1', Sum: sum },
        State: 'DEPLOY',
      },
    ];
    const deployment = { DeploymentName: 'plan', Type: 'Model', FailureHandlingPolicy: 'DO_NOTHING', Definitions };
    expect(await pending('d2')).toEqual([deployment]);
    expect(await pending('cam-5')).toEqual([{ ...deployment, FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE' }]);
    expect(await pending('d1')).toEqual([]);
  });

  test('percentages are of the whole fleet and of devices that no earlier stage has', async () => {
    const percentage = (Percentage: number) => ({ DeviceSubsetType: 'PERCENTAGE', Percentage });
    await load({
      'a.json': [...base, plan({ Stages: [stage('canary', percentage(10)), stage('half', percentage(50))] })],
    });
    const counts = await Promise.all(
      ['cam-5', 'd1', 'd2', 'd3', 'd4'].map(async (name) => (await pending(name)).length),
    );
    expect(counts).toEqual([1, 1, 1, 1, 0]);
  });

  test('loading again leaves a settled deployment settled, and a changed one is pending again', async () => {
    const all = { DeviceSubsetType: 'PERCENTAGE', Percentage: 100 };
    const files = { 'a.json': [...base, plan({ Stages: [stage('all', all)] })] };
    await load(files);
    const result = { DeploymentName: 'plan', DeploymentStatus: 'SUCCESS' };
    await it.runtime.sendHeartbeat('demo', 'd1', JSON.stringify({ DeploymentResult: result }));
    expect((await load(files)).unchanged).toContain('5 deployments of edge deployment plan plan');
    expect(await pending('d1')).toEqual([]);
    const changed = {
      'a.json': [fleet, base[1], job('job', 's3://bucket/new.tar.gz'), plan({ Stages: [stage('all', all)] })],
    };
    expect((await load(changed)).updated).toEqual(['5 deployments of edge deployment plan plan']);
    expect(await pending('d1')).toMatchObject([{ Definitions: [{ S3Url: 's3://bucket/new.tar.gz' }] }]);
  });
});
