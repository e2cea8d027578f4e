import { SagemakerEdgeClient, GetDeviceRegistrationCommand } from '@aws-sdk/client-sagemaker-edge';
import { expect, it } from 'vitest';
import { accessKeyPath, changeAccessKeys, listAccessKeys } from '../../src/security/access-key-file.ts';
import { type AccessKey, createAccessKey } from '../../src/security/access-keys.ts';
import { NAMED_POLICIES } from '../../src/security/policy.ts';
import { request, runProgram, runServe, temporaryDirectory } from './running-program.ts';

/** Runs one command to its end. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  await using program = runProgram(args, { env });
  const code = await program.exited;
  return { code, ...program.output() };
}

async function addKey(data: string): Promise<AccessKey> {
  const key = createAccessKey('FullAccess', NAMED_POLICIES.FullAccess, 0);
  await changeAccessKeys(accessKeyPath(data), (before) => [...before, key]);
  return key;
}

it('a key is shown once, listed without its secret, rotated and revoked', async () => {
  await using data = await temporaryDirectory();
  const keys = (...args: string[]) => run(['keys', ...args, '--data', data.path]);
  const created = await keys('create', '--policy', 'ReadOnlyAccess');
  const [, id = ''] = /^AWS_ACCESS_KEY_ID=(\w+)\nAWS_SECRET_ACCESS_KEY=\S{40}\n$/.exec(created.stdout) ?? [];
  expect(id).toHaveLength(20);
  const rotated = await keys('rotate', id);
  const [, newId = ''] = /^AWS_ACCESS_KEY_ID=(\w+)/.exec(rotated.stdout) ?? [];
  const listed = await keys('list');
  expect(listed.stdout.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^${id} .* ReadOnlyAccess  replaced by ${newId}$`)),
    expect.stringMatching(new RegExp(`^${newId} .* ReadOnlyAccess$`)),
    '',
  ]);
  expect(await keys('revoke', id)).toMatchObject({ code: 0, stdout: `${id} works no more\n` });
  expect(await listAccessKeys(accessKeyPath(data.path))).toMatchObject([{ accessKeyId: newId }]);
});

it.each([
  [['create'], 2, '--policy: expected a file or FullAccess or ReadOnlyAccess, got nothing'],
  [['create', '--policy', 'package.json'], 1, 'Expected a policy'],
  [['revoke', 'FGKANOBODY'], 1, 'Expected the id of an access key, got FGKANOBODY'],
])('keys %j is refused', async (args, code, message) => {
  await using data = await temporaryDirectory();
  const refused = await run(['keys', ...args, '--data', data.path]);
  expect(refused).toMatchObject({ code, stderr: expect.stringContaining(message) as string });
});

it('with keys the program serves its own gateway and signed requests, and a revoked key no more', async () => {
  await using data = await temporaryDirectory();
  const key = await addKey(data.path);
  const args = ['--data', data.path, '--load', 'examples'];
  await using program = await runServe(args);
  const query = '{ device(deviceFleetName: "demo", deviceName: "pump-08") { registration { isRegistered } } }';
  expect(await request(program.url, query)).toMatchObject({
    data: { device: { registration: { isRegistered: true } } },
  });

  const edge = new SagemakerEdgeClient({
    endpoint: program.dataplaneUrl,
    region: 'us-east-1',
    credentials: key,
  });
  const registration = new GetDeviceRegistrationCommand({ DeviceFleetName: 'demo', DeviceName: 'pump-08' });
  expect(await edge.send(registration)).toMatchObject({ DeviceRegistration: 'Registered' });
  const env = { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
  const deadLetters = await run(['dead-letters', '--endpoint', program.dataplaneUrl], env);
  expect(deadLetters).toMatchObject({ code: 0, stdout: 'No dead letters\n' });

  await run(['keys', 'revoke', key.accessKeyId, '--data', data.path]);
  await expect(edge.send(registration)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  expect(await request(program.url, query)).toMatchObject({
    data: { device: { registration: { isRegistered: true } } },
  });
  program.kill('SIGTERM');
  expect(await program.exited).toBe(0);
});

it('without keys the data plane listens beyond loopback only if it is told that everybody may do everything', async () => {
  await using data = await temporaryDirectory();
  const args = ['dataplane', '--dataplane-host', '0.0.0.0', '--dataplane-port', '0', '--data', data.path];
  const refused = await run(args);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`Expected access keys in ${data.path}, as other machines reach 0.0.0.0, got none`);

  await using open = runProgram([...args, '--allow-anonymous']);
  await open.printed(/Data plane: {2}http/);
  open.kill('SIGTERM');
  expect(await open.exited).toBe(0);

  await addKey(data.path);
  await using closed = runProgram(args);
  const [, port = ''] = await closed.printed(/Data plane: {2}http:\/\/[^:]+:(\d+)/);
  expect((await fetch(`http://127.0.0.1:${port}/inputs`)).status).toBe(403);
});
