import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IoTEventsClient, ListInputsCommand } from '@aws-sdk/client-iot-events';
import { BatchPutMessageCommand, DescribeDetectorCommand, IoTEventsDataClient } from '@aws-sdk/client-iot-events-data';
import { ListDeviceFleetsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { GetDeploymentsCommand, SagemakerEdgeClient, SendHeartbeatCommand } from '@aws-sdk/client-sagemaker-edge';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accessKeyPath, changeAccessKeys, openAccessKeys } from '../../../src/security/access-key-file.ts';
import { type AccessKey, createAccessKey } from '../../../src/security/access-keys.ts';
import { NAMED_POLICIES, readPolicy } from '../../../src/security/policy.ts';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';

const ACCOUNT = 'us-east-1:123456789012';
const d0 = { DeviceFleetName: 'demo', DeviceName: 'd0' };
const heartbeat = { ...d0, AgentVersion: '1' };

let directory: string;
let path: string;
let dataplane: TestDataplane;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleetgraph-access-'));
  path = accessKeyPath(directory);
  dataplane = await startTestDataplane({ keys: openAccessKeys(path, pino({ level: 'silent' })) });
  // Clients sign with their own time.
  dataplane.clock.advance(Date.now() - dataplane.clock.nowMs());
});
afterEach(async () => {
  await dataplane.close();
  await rm(directory, { recursive: true });
});

/** Adds a key that may do what these statements say, and waits until it is in force. */
async function addKey(...statements: readonly (readonly [action: string | string[], resource: string])[]) {
  const Statement = statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
  return add(createAccessKey('test', readPolicy({ Version: '2012-10-17', Statement }), Date.now()));
}

async function add(key: AccessKey): Promise<AccessKey> {
  await changeAccessKeys(path, (before) => [...before, key]);
  await untilCode(key, undefined);
  return key;
}

/** Waits until a request with the key is answered so; any operation tells whether the key is known. */
async function untilCode(key: AccessKey, code: 'UnrecognizedClientException' | undefined): Promise<void> {
  await vi.waitFor(async () => {
    const { headers } = await fetch(dataplane.url, { headers: { authorization: 'none' } });
    // The door is closed as soon as there is a key.
    expect(headers.get('x-amzn-errortype')).toBe('IncompleteSignatureException');
    const error: unknown = await clients(key)
      .edge.send(new GetDeploymentsCommand(d0))
      .catch((thrown: unknown) => thrown);
    const isUnknown = error instanceof Error && error.name === 'UnrecognizedClientException';
    expect(isUnknown).toBe(code !== undefined);
  });
}

function clients(credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
  const config = { endpoint: dataplane.url, region: 'us-east-1', credentials, maxAttempts: 1 };
  return {
    edge: new SagemakerEdgeClient(config),
    data: new IoTEventsDataClient(config),
    events: new IoTEventsClient(config),
    sagemaker: new SageMakerClient(config),
  };
}

const message = (messageId: string, inputName: string, motorid: string) => {
  const payload = new TextEncoder().encode(JSON.stringify({ motorid, sensorData: { pressure: 80 } }));
  return { messageId, inputName, payload };
};
const detector = (keyValue: string) => new DescribeDetectorCommand({ detectorModelName: 'motor', keyValue });

describe('a data plane with access keys', () => {
  it('serves AWS’s four clients with a key that may do everything', async () => {
    const key = await add(createAccessKey('FullAccess', NAMED_POLICIES.FullAccess, 0));
    const { edge, data, events, sagemaker } = clients(key);
    await edge.send(new SendHeartbeatCommand(heartbeat));
    await data.send(new BatchPutMessageCommand({ messages: [message('1', 'PressureInput', 'a:b_c')] }));
    expect((await data.send(detector('a:b_c'))).detector).toMatchObject({ keyValue: 'a:b_c' });
    expect((await events.send(new ListInputsCommand({}))).inputSummaries).toMatchObject([
      { inputName: 'PressureInput' },
    ]);
    expect((await sagemaker.send(new ListDeviceFleetsCommand({}))).DeviceFleetSummaries).toHaveLength(1);
    const lines = dataplane.logged('debug').filter(({ operation }) => operation === 'SendHeartbeat');
    expect(lines).toMatchObject([{ accessKeyId: key.accessKeyId, clientAddress: '127.0.0.1', status: 200 }]);
  });

  it('lets a device do its own, and nothing else', async () => {
    const { edge, data } = clients(
      await addKey(['sagemaker:SendHeartbeat', `arn:aws:sagemaker:${ACCOUNT}:device-fleet/demo/device/d0`]),
    );
    await edge.send(new SendHeartbeatCommand(heartbeat));
    const denied = (action: string, resource: string) => ({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      ) as string,
      $metadata: { httpStatusCode: 403 },
    });
    const d1 = `arn:aws:sagemaker:${ACCOUNT}:device-fleet/demo/device/d1`;
    await expect(edge.send(new SendHeartbeatCommand({ ...heartbeat, DeviceName: 'd1' }))).rejects.toMatchObject(
      denied('sagemaker:SendHeartbeat', d1),
    );
    await expect(edge.send(new GetDeploymentsCommand(d0))).rejects.toMatchObject(
      denied('sagemaker:GetDeployments', d1.replace('d1', 'd0')),
    );
    await expect(data.send(detector('k'))).rejects.toMatchObject(
      denied('iotevents:DescribeDetector', `arn:aws:iotevents:${ACCOUNT}:detectorModel/motor`),
    );
  });

  it('refuses a batch whole that names an input that the key may not send to', async () => {
    const { data } = clients(
      await addKey(
        ['iotevents:BatchPutMessage', `arn:aws:iotevents:${ACCOUNT}:input/PressureInput`],
        ['iotevents:DescribeDetector', '*'],
      ),
    );
    const good = message('1', 'PressureInput', 'whole');
    const batch = new BatchPutMessageCommand({ messages: [good, message('2', 'Other', 'whole')] });
    await expect(data.send(batch)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('input/Other') as string,
    });
    await expect(data.send(detector('whole'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await data.send(new BatchPutMessageCommand({ messages: [good] }));
    expect((await data.send(detector('whole'))).detector).toMatchObject({ state: { stateName: 'Dangerous' } });
  });

  it('gives operations of its own, such as the export, to those only whose policy names them', async () => {
    const key = await addKey([['iotevents:*', 'sagemaker:*'], '*']);
    const { status, headers } = await fetch(`${dataplane.url}/fleetgraph/export`);
    expect([status, headers.get('x-amzn-errortype')]).toEqual([403, 'MissingAuthenticationTokenException']);
    await clients(key).events.send(new ListInputsCommand({}));
  });

  it('refuses another secret, an unknown key, another region and another time', async () => {
    const key = await addKey(['*', '*']);
    const send = (credentials: Parameters<typeof clients>[0]) =>
      clients(credentials).edge.send(new GetDeploymentsCommand(d0));
    await expect(send({ ...key, secretAccessKey: 'x' })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(send({ ...key, accessKeyId: 'x' })).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(
      new SagemakerEdgeClient({ endpoint: dataplane.url, region: 'eu-west-1', credentials: key, maxAttempts: 1 }).send(
        new GetDeploymentsCommand(d0),
      ),
    ).rejects.toMatchObject({
      message: "Expected the region 'us-east-1' in the scope of the credential, got 'eu-west-1'",
    });
    dataplane.clock.advance(20 * 60_000);
    await expect(send(key)).rejects.toMatchObject({ message: expect.stringContaining('Signature expired') as string });
  });
});

describe('while it runs', () => {
  it('is open until there is a key, and stays closed when the last is revoked or the file is gone', async () => {
    expect((await fetch(`${dataplane.url}/inputs`)).status).toBe(200);
    const key = await addKey(['*', '*']);
    expect((await fetch(`${dataplane.url}/inputs`)).status).toBe(403);
    await changeAccessKeys(path, () => []);
    await untilCode(key, 'UnrecognizedClientException');
    expect((await fetch(`${dataplane.url}/inputs`)).status).toBe(403);
    await rm(path);
    await untilCode(key, 'UnrecognizedClientException');
    expect((await fetch(`${dataplane.url}/inputs`)).status).toBe(403);
  });

  it('refuses a revoked key, and takes the one that was created', async () => {
    const old = await addKey(['*', '*']);
    const key = await addKey(['*', '*']);
    await changeAccessKeys(path, (before) => before.filter(({ accessKeyId }) => accessKeyId !== old.accessKeyId));
    await untilCode(old, 'UnrecognizedClientException');
    await untilCode(key, undefined);
  });

  it('keeps its keys when their file is broken', async () => {
    const key = await addKey(['*', '*']);
    await writeFile(path, '{"accessKeys":[{"secretAccessKey":"broken"');
    await clients(key).edge.send(new GetDeploymentsCommand(d0));
  });
});
