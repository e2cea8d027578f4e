import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestRuntime } from '../runtime/open-runtime.ts';
import { openLoader, type TestLoader } from './open-loader.ts';
import { devices, fleet, job, plan, stage } from './requests.ts';

// Source: wire.md, 8.2 and 9.11.

let loader: TestLoader;
let it: TestRuntime;
let load: TestLoader['load'];
beforeEach(async () => {
  loader = await openLoader();
  ({ runtime: it, load } = loader);
});
afterEach(() => loader.close());

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
  expect(report.created).toContain('edge deployment plan plan');
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
  const counts = await Promise.all(['cam-5', 'd1', 'd2', 'd3', 'd4'].map(async (name) => (await pending(name)).length));
  expect(counts).toEqual([1, 1, 1, 1, 0]);
});

test('loading again leaves a settled deployment settled, and a changed one is pending again', async () => {
  const all = { DeviceSubsetType: 'PERCENTAGE', Percentage: 100 };
  const files = { 'a.json': [...base, plan({ Stages: [stage('all', all)] })] };
  await load(files);
  const result = { DeploymentName: 'plan', DeploymentStatus: 'SUCCESS' };
  await it.runtime.sendHeartbeat('demo', 'd1', JSON.stringify({ DeploymentResult: result }));
  expect((await load(files)).unchanged).toContain('edge deployment plan plan');
  expect(await pending('d1')).toEqual([]);
  const changed = {
    'a.json': [fleet, base[1], job('job', 's3://bucket/new.tar.gz'), plan({ Stages: [stage('all', all)] })],
  };
  expect((await load(changed)).updated).toEqual(['edge packaging job job', 'edge deployment plan plan']);
  expect(await pending('d1')).toMatchObject([{ Definitions: [{ S3Url: 's3://bucket/new.tar.gz' }] }]);
});

test('stages that a file says were not started, or are through, are not started', async () => {
  const all = { DeviceSubsetType: 'PERCENTAGE', Percentage: 100 };
  const status = (StageStatus: string) => ({ DeploymentStatus: { StageStatus } });
  for (const StageStatus of ['READYTODEPLOY', 'DEPLOYED', 'FAILED', 'STOPPED']) {
    const Stages = [stage('all', all, status(StageStatus))];
    await load({ 'a.json': [...base, plan({ EdgeDeploymentPlanName: StageStatus, Stages })] });
  }
  expect(await pending('d1')).toEqual([]);
  await load({ 'a.json': [...base, plan({ Stages: [stage('all', all, status('INPROGRESS'))] })] });
  expect(await pending('d1')).toHaveLength(1);
});
