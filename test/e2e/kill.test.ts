import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { request, runServe, temporaryDirectory } from './running-program.ts';

const role = 'arn:aws:iam::123456789012:role/test';
const devices = Array.from({ length: 50 }, (_, index) => `device-${index}`);

/** A model that counts the messages of each key, and a fleet in which every device waits for a deployment. */
const resources = [
  { inputName: 'Tick', inputDefinition: { attributes: [{ jsonPath: 'key' }] } },
  {
    detectorModelName: 'ticks',
    key: 'key',
    evaluationMethod: 'SERIAL',
    roleArn: role,
    detectorModelDefinition: {
      initialStateName: 'Counting',
      states: [
        {
          stateName: 'Counting',
          onEnter: { events: [{ eventName: 'start', actions: [setVariable('count', '0')] }] },
          onInput: {
            events: [
              {
                eventName: 'count',
                condition: 'currentInput("Tick")',
                actions: [setVariable('count', '$variable.count + 1')],
              },
            ],
          },
        },
      ],
    },
  },
  { DeviceFleetName: 'fleet', OutputConfig: { S3OutputLocation: 's3://test/out/' } },
  { DeviceFleetName: 'fleet', Devices: devices.map((DeviceName) => ({ DeviceName })) },
  {
    EdgePackagingJobName: 'job',
    CompilationJobName: 'compiled',
    ModelName: 'model',
    ModelVersion: '1',
    RoleArn: role,
    OutputConfig: { S3OutputLocation: 's3://test/models/' },
  },
  {
    EdgeDeploymentPlanName: 'rollout',
    DeviceFleetName: 'fleet',
    ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'job' }],
    Stages: [
      { StageName: 'all', DeviceSelectionConfig: { DeviceSubsetType: 'NAMECONTAINS', DeviceNameContains: 'device' } },
    ],
  },
];

function setVariable(variableName: string, value: string) {
  return { setVariable: { variableName, value } };
}

it('kill -9 under load loses no message and no heartbeat that was acknowledged', async () => {
  await using data = await temporaryDirectory();
  await using load = await temporaryDirectory();
  await writeFile(join(load.path, 'resources.json'), JSON.stringify(resources));
  const args = ['--data', data.path, '--load', load.path, '--log-level', 'silent'];
  const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
  const sent = new Map(keys.map((key) => [key, 0]));
  const acknowledged = new Map(keys.map((key) => [key, 0]));
  const reported: string[] = [];

  {
    await using program = await runServe(args);
    const killOnceBusy = (): void => {
      if (reported.length >= 40 && Math.min(...acknowledged.values()) >= 100) program.kill('SIGKILL');
    };
    const putTicks = async (key: string): Promise<void> => {
      const messages = Array.from({ length: 20 }, () => ({ inputName: 'Tick', payload: { key } }));
      sent.set(key, (sent.get(key) ?? 0) + messages.length);
      const { data: answer } = await request<{ putMessages: { results: { ok: boolean }[] } }>(
        program.url,
        'mutation ($input: PutMessagesInput!) { putMessages(input: $input) { results { ok } } }',
        { input: { messages } },
      );
      acknowledged.set(key, (acknowledged.get(key) ?? 0) + answer.putMessages.results.filter(({ ok }) => ok).length);
      killOnceBusy();
    };
    const report = async (deviceName: string): Promise<void> => {
      const deploymentResult = { deploymentName: 'rollout', deploymentStatus: 'Success' };
      const input = { deviceFleetName: 'fleet', deviceName, agentVersion: '1.0', deploymentResult };
      const { errors } = await request(
        program.url,
        'mutation ($input: SendHeartbeatInput!) { sendHeartbeat(input: $input) { device { id } } }',
        { input },
      );
      if (errors === undefined) reported.push(deviceName);
      killOnceBusy();
    };
    const work = [
      ...keys.map(async (key) => {
        for (;;) await putTicks(key);
      }),
      (async () => {
        for (const deviceName of devices) await report(deviceName);
      })(),
    ];
    // Each ends with the connection that the kill breaks.
    await Promise.allSettled(work);
    expect(await program.exited).toBe('SIGKILL');
  }

  await using restarted = await runServe(args);
  for (const key of keys) {
    const { data: answer } = await request<{ detector: { state: { variable: { json: number } } } }>(
      restarted.url,
      'query ($key: String!) { detector(detectorModelName: "ticks", keyValue: $key) { state { variable(name: "count") { json } } } }',
      { key },
    );
    const count = answer.detector.state.variable.json;
    expect(count, key).toBeGreaterThanOrEqual(acknowledged.get(key) ?? 0);
    expect(count, key).toBeLessThanOrEqual(sent.get(key) ?? 0);
  }
  for (const deviceName of reported) {
    const { data: answer } = await request(
      restarted.url,
      'query ($name: String!) { device(deviceFleetName: "fleet", deviceName: $name) { deployments { deploymentName } } }',
      { name: deviceName },
    );
    expect(answer, deviceName).toEqual({ device: { deployments: [] } });
  }
});
