import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadResources } from '../../../src/dataplane/load/load-files.ts';
import { readResourceFiles } from '../../../src/dataplane/load/read-files.ts';
import { type ResourceFile } from '../../../src/dataplane/load/resource-file.ts';
import { inputRequest, modelRequest, type TestRuntime } from '../runtime/open-runtime.ts';
import { openLoader, type TestLoader } from './open-loader.ts';
import { devices, fleet, job, plan, stage } from './requests.ts';

let loader: TestLoader;
let it: TestRuntime;
let load: TestLoader['load'];
let directory: string;
beforeEach(async () => {
  loader = await openLoader();
  ({ runtime: it, load, directory } = loader);
});
afterEach(() => loader.close());

const apply = (files: readonly ResourceFile[]) => loadResources(it.runtime.control, files, { dryRun: false });

const sensor = inputRequest('Sensor', 'id', 'value');
const motor = modelRequest('motor', { key: 'id', condition: '$input.Sensor.value > 0', set: { seen: 'true' } });
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
      created: ['input Sensor', 'device fleet demo', 'detector model motor, version 1'],
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

  test('a path may be a file, and counts once', async () => {
    await writeFile(join(directory, 'sensor.txt'), JSON.stringify(sensor));
    const files = await readResourceFiles([join(directory, 'sensor.txt'), join(directory, 'sensor.txt')]);
    expect((await apply(files)).created).toEqual(['input Sensor']);
  });

  test('a path that is absent is named', async () => {
    await expect(readResourceFiles([join(directory, 'nope')])).rejects.toThrow(
      /^Expected a file or directory to read, got .*\/nope: ENOENT/,
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
        { DeviceFleetName: 'a b', OutputConfig: { S3OutputLocation: 'ftp://bucket' } },
        modelRequest('broken', { condition: '$input.Sensor.value >' }),
        inputRequest('1st', 'a..b'),
        { ...motor, detectorModelName: 'norole', roleArn: undefined },
        inputRequest('Lost', 'value'),
      ],
      'd-good.json': sensor,
    });
    expect(report.created).toEqual(['input Sensor']);
    expect(report.refused).toEqual([
      expect.stringMatching(/^a-syntax\.json: : Expected JSON or YAML, got: /),
      expect.stringMatching(
        /^b-kind\.json: \[0\]: Expected a request of CreateInput, .*, got an object with the members \[name, value\]$/,
      ),
      'b-kind.json: [1]: Expected an object, got string',
      'b-kind.json: [2]: Expected an object, got an array',
      expect.stringMatching(
        /^c-mixed\.json: \[0\]\.DeviceFleetName: Value 'a b' at 'DeviceFleetName' failed .* pattern/,
      ),
      expect.stringMatching(/^c-mixed\.json: \[0\]\.OutputConfig\.S3OutputLocation: Value 'ftp:\/\/bucket' at /),
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
      'a.json: : Expected device fleet demo, got none',
      'b.json: DeviceFleetName: Expected device fleet demo, got none',
      'b.json: ModelConfigs[0].EdgePackagingJobName: Expected edge packaging job job, got none',
      "c.json: Tags: Expected the SHA-1 of the artifact in fleetgraph:sha1 as 40 characters of lower-case hex, got 'ABC'",
    ]);
  });

  test('all that is wrong with the stages of a plan is told', async () => {
    const selection = { DeviceSubsetType: 'SELECTION', DeviceNames: ['d1', 'd9'] };
    const stages = [stage('s', selection), stage('s', { DeviceSubsetType: 'PERCENTAGE' })];
    const base = [fleet, devices('d1'), job('job', 's3://bucket/folder')];
    const report = await load({ 'a.json': base, 'b.json': plan({ Stages: stages }) });
    expect(report.refused).toEqual([
      'b.json: Stages[0].DeviceSelectionConfig.DeviceNames[1]: Expected device d9 in device fleet demo, got none',
      'b.json: Stages[1].StageName: Expected one stage s in a plan, got another',
      'b.json: Stages[1].DeviceSelectionConfig.Percentage: Expected Percentage with DeviceSubsetType PERCENTAGE, got none',
    ]);
  });

  test('a key cannot be changed', async () => {
    await load({ 'a.json': [sensor, motor] });
    const { refused } = await load({ 'a.json': [sensor, { ...motor, key: 'other' }] });
    expect(refused).toEqual([
      "a.json: [1].key: Expected key 'id', which an update cannot change, got key 'other': delete the model first",
    ]);
  });
});

describe('a dry run', () => {
  test('tells what a load would do, and does nothing', async () => {
    const files = { 'a.json': [sensor, motor, fleet, devices('d1')], 'b.json': { DeviceFleetName: 'a b' } };
    const told = await load(files, { dryRun: true });
    expect(await it.put('Sensor', { id: 'x', value: 1 })).toBe('ResourceNotFoundException');
    expect(await load(files)).toEqual(told);
    expect(await it.put('Sensor', { id: 'x', value: 1 })).toBeNull();
  });
});

test('messages sent during a dry run never meet what it tries', async () => {
  await writeFile(join(directory, 'a.json'), JSON.stringify([sensor, motor]));
  const trying = loadResources(it.runtime.control, await readResourceFiles([directory]), { dryRun: true });
  const puts: Promise<unknown>[] = [];
  // One message in every turn of the microtask queue: some share the COMMIT of the dry run.
  for (let turn = 0; turn < 20; turn++) {
    puts.push(it.put('Sensor', { id: 'x', value: 1 }));
    await Promise.resolve();
  }
  expect((await trying).created).toHaveLength(2);
  expect(new Set(await Promise.all(puts))).toEqual(new Set(['ResourceNotFoundException']));
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
      'device fleet demo',
      'detector model motor, version 1',
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
    const read = await readResourceFiles([directory]);
    await writeFile(join(directory, 'a.json'), JSON.stringify([sensor, changed, fleet]));
    const readChanged = await readResourceFiles([directory]);
    // One message in every turn of the microtask queue: some go before the load, some share its COMMIT.
    const loading = apply(readChanged);
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
    expect((await apply(read)).updated).toEqual(['detector model motor, version 3']);
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
    const read = await readResourceFiles([directory]);
    await it.store.close();
    await expect(apply(read)).rejects.toThrow('Expected an open store');
    await it.reopen();
    expect((await apply(read)).unchanged).toHaveLength(4);
  });
});
