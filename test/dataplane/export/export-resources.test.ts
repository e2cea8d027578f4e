import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportResources, writeFiles } from '../../../src/dataplane/export/export-resources.ts';
import { loadFiles } from '../../../src/dataplane/load/load-files.ts';
import { MOTOR_RESOURCES } from '../motor-resources.ts';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';
import { createRawClient } from '../wire/raw-http.ts';

const others: readonly object[] = [
  {
    alarmModelName: 'hot',
    roleArn: 'arn:aws:iam::123456789012:role/r',
    alarmRule: {
      simpleRule: {
        inputProperty: '$input.PressureInput.sensorData.pressure',
        comparisonOperator: 'GREATER',
        threshold: '70',
      },
    },
    tags: [{ key: 'team', value: 'plant' }],
  },
  { loggingOptions: { roleArn: 'arn:aws:iam::123456789012:role/r', level: 'ERROR', enabled: true } },
];
const resourceCount = MOTOR_RESOURCES.length + others.length;

let dataplane: TestDataplane;
let directory: string;
beforeEach(async () => {
  dataplane = await startTestDataplane({ resources: [...MOTOR_RESOURCES, ...others] });
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-export-'));
});
afterEach(async () => {
  await dataplane.close();
  await rm(directory, { recursive: true });
});

/** Writes what a data plane has, and answers the paths below the directory. */
async function exportTo(plane: TestDataplane, place: string): Promise<readonly string[]> {
  const files = await exportResources(plane.runtime.control);
  await writeFiles(files, place);
  return files.map(({ path }) => path);
}

const load = (plane: TestDataplane, paths: readonly string[]) =>
  loadFiles(plane.runtime.control, paths, { dryRun: false });

test('what is exported loads again unchanged, and into an empty store as it was', async () => {
  const files = await exportTo(dataplane, directory);
  expect(files).toHaveLength(resourceCount);
  expect(await load(dataplane, [directory])).toMatchObject({ created: [], updated: [], refused: [], notes: [] });
  const empty = await startTestDataplane({ resources: [] });
  try {
    const report = await load(empty, [directory]);
    expect(report).toMatchObject({ updated: [], unchanged: [], refused: [] });
    expect(report.created).toHaveLength(resourceCount);
    const again = await mkdtemp(join(tmpdir(), 'fleetgraph-export-'));
    const copies = await exportTo(empty, again);
    expect(copies).toEqual(files);
    expect(await load(dataplane, [again])).toMatchObject({ created: [], updated: [], refused: [] });
    await rm(again, { recursive: true });
  } finally {
    await empty.close();
  }
});

test('a stage that is through is exported so that loading it elsewhere does not start it', async () => {
  const result = { DeploymentName: 'rollout', DeploymentStatus: 'SUCCESS' };
  await dataplane.runtime.sendHeartbeat('demo', 'd0', JSON.stringify({ DeploymentResult: result }));
  await exportTo(dataplane, directory);
  const empty = await startTestDataplane({ resources: [] });
  await load(empty, [directory]);
  expect(await empty.runtime.listPendingDeployments('demo', 'd0')).toEqual([]);
  await empty.close();
});

test('what the Describe operations answer loads as what it describes', async () => {
  const raw = createRawClient(dataplane.url);
  const target = async (operation: string, request: object) => {
    const headers = { 'x-amz-target': `SageMaker.${operation}` };
    return (await raw.send('POST', '/', JSON.stringify(request), headers)).json;
  };
  const get = async (path: string) => (await raw.send('GET', path)).json;
  const described = [
    await get('/inputs/PressureInput'),
    await get('/detector-models/motor'),
    await get('/alarm-models/hot'),
    await get('/logging'),
    await target('DescribeDeviceFleet', { DeviceFleetName: 'demo' }),
    await target('DescribeDevice', { DeviceFleetName: 'demo', DeviceName: 'd0' }),
    await target('DescribeEdgePackagingJob', { EdgePackagingJobName: 'package' }),
    await target('DescribeEdgeDeploymentPlan', { EdgeDeploymentPlanName: 'rollout' }),
  ];
  raw.close();
  const file = join(directory, 'described.json');
  await writeFile(file, JSON.stringify(described));
  expect(await load(dataplane, [file])).toMatchObject({
    created: [],
    // Its location is the artifact's now.
    updated: ['edge packaging job package', 'edge deployment plan rollout'],
    refused: [],
  });
  const listed = { DeviceSummaries: [{ DeviceName: 'd0', DeviceFleetName: 'demo' }] };
  await writeFile(file, JSON.stringify(listed));
  expect(await load(dataplane, [file])).toMatchObject({ unchanged: ['1 devices in device fleet demo'] });
  const empty = await startTestDataplane({ resources: [] });
  await writeFile(file, JSON.stringify(described));
  const report = await load(empty, [file]);
  expect(report).toMatchObject({ refused: [] });
  expect(report.created).toHaveLength(described.length);
  await empty.close();
});
