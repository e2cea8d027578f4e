import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDevice, watchDetectors } from '../../examples/browser/client.ts';
import { DEMO_DEVICES, DEMO_FLEET } from '../../src/simulator/demo-fleet.ts';
import { request, runProgram, runServe, temporaryDirectory } from './running-program.ts';

interface DeviceFields {
  readonly deviceName: string;
  readonly registration: { readonly isRegistered: boolean };
  readonly deployments: readonly { readonly deploymentName: string }[];
  readonly detectors: readonly { readonly detectorModelName: string; readonly state: { readonly stateName: string } }[];
}

let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let program: Awaited<ReturnType<typeof runServe>>;

beforeAll(async () => {
  data = await temporaryDirectory();
  program = await runServe(['--data', data.path, '--load', 'examples', '--simulate']);
});

afterAll(async () => {
  await program[Symbol.asyncDispose]();
  await data[Symbol.asyncDispose]();
});

/** All 24 devices in one operation, each with its registration, deployments and two detectors. */
function pageOfDevices(): string {
  const fields = DEMO_DEVICES.map(({ deviceName }, index) => {
    const ownModel = deviceName.startsWith('coldroom') ? 'coldChain' : 'motorPressure';
    return `device${index}: device(deviceFleetName: "${DEMO_FLEET}", deviceName: "${deviceName}") {
      deviceName
      registration { isRegistered }
      deployments { deploymentName }
      detectors(detectorModelNames: ["${ownModel}", "deviceWatchdog"]) { detectorModelName state { stateName } }
    }`;
  });
  return `{ ${fields.join('\n')} }`;
}

async function eventually<Value>(read: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function subscribe<Data>(client: Client, query: string, variables: Record<string, unknown>) {
  return client.iterate<Data>({ query, variables });
}

it('a page of 24 devices has registrations, deployments and two detectors each, in several states', async () => {
  const answer = await eventually(
    () => request<Record<string, DeviceFields>>(program.url, pageOfDevices()),
    ({ data: page }) => Object.values(page).every(({ detectors }) => detectors.length === 2),
  );
  const devices = Object.values(answer.data);
  expect(devices.map(({ deviceName }) => deviceName)).toEqual(DEMO_DEVICES.map(({ deviceName }) => deviceName));
  for (const { registration, deployments } of devices) {
    expect(registration.isRegistered).toBe(true);
    expect(deployments).toHaveLength(1);
  }
  const states = devices.flatMap(({ detectors }) => detectors.map(({ state }) => state.stateName));
  expect(new Set(states).size).toBeGreaterThan(2);
  // A registration and deployments for each; the lists of two models, and the third's few detectors one by one.
  const again = await request(program.url, pageOfDevices());
  expect(again.extensions?.['upstreamCalls']).toBe(24 + 24 + 2 + 8);
});

it('the registry and the models of the embedded data plane are there, and devices that send heartbeats are online', async () => {
  const answer = await eventually(
    () =>
      request<{ devices: { nodes: { deviceName: string }[] } }>(
        program.url,
        '{ devices(presence: ONLINE) { nodes { deviceName } } }',
      ),
    ({ data: { devices } }) => devices.nodes.length === DEMO_DEVICES.length,
  );
  expect(answer.extensions?.['upstreamCalls']).toBe(1);
  const models = '{ detectorModels { nodes { detectorModelName } } }';
  expect(await request(program.url, models)).toMatchObject({
    data: { detectorModels: { nodes: expect.arrayContaining([{ detectorModelName: 'coldChain' }]) as unknown } },
  });
});

it('a mutation shows in the next query', async () => {
  const messages = [10, 20, 200].map((rpm) => ({
    inputName: 'MotorReading',
    payload: { deviceName: 'spare', pressure: 71.5, rpm },
  }));
  for (const message of messages) {
    const { data: answer } = await request<{ putMessages: { results: { ok: boolean }[] } }>(
      program.url,
      'mutation ($input: PutMessagesInput!) { putMessages(input: $input) { results { ok } } }',
      { input: { messages: [message] } },
    );
    expect(answer.putMessages.results).toEqual([{ ok: true }]);
  }
  const query =
    '{ detector(detectorModelName: "motorPressure", keyValue: "spare") { state { stateName variable(name: "pressure") { json } } } }';
  expect(await request(program.url, query)).toMatchObject({
    data: { detector: { state: { stateName: 'Dangerous', variable: { json: 71.5 } } } },
  });
});

it('a subscription shows a snapshot, then what the simulator changes', async () => {
  const client = createClient({ url: program.url.replace('http', 'ws') });
  const kinds: string[] = [];
  const events = subscribe<{ detectorsChanged: { kind: string; keyValue: string } }>(
    client,
    'subscription ($model: String!) { detectorsChanged(detectorModelName: $model) { kind keyValue } }',
    { model: 'deviceWatchdog' },
  );
  for await (const { data: event, errors } of events) {
    expect(errors).toBeUndefined();
    kinds.push(String(event?.detectorsChanged.kind));
    if (kinds.filter((kind) => kind === 'UPDATED').length >= 5) break;
  }
  await client.dispose();
  expect(kinds.slice(0, 24)).toEqual(Array.from({ length: 24 }, () => 'SNAPSHOT'));
});

it('the browser client of the examples works as it is printed', async () => {
  const device = await loadDevice(program.url, {
    deviceFleetName: DEMO_FLEET,
    deviceName: 'press-01',
    detectorModelName: 'motorPressure',
  });
  expect(device).toMatchObject({ deviceName: 'press-01', registration: { isRegistered: true } });
  const first = await new Promise((resolve) => {
    const stop = watchDetectors(program.url, 'coldChain', (change) => {
      resolve(change);
      stop();
    });
  });
  expect(first).toMatchObject({ kind: 'SNAPSHOT' });
});

it('is healthy and ready', async () => {
  expect((await fetch(new URL('/healthz', program.url))).status).toBe(200);
  expect((await fetch(new URL('/readyz', program.url))).status).toBe(200);
});

it('prints where everything is, and what it loaded', () => {
  const { stdout } = program.output();
  expect(stdout).toContain(`GraphQL and Sandbox:  ${program.url}\n`);
  expect(stdout).toContain(`Data directory:  ${data.path}\n`);
  expect(stdout).toMatch(/Loaded: {2}\d+ new, 0 changed, 0 as they were\n/);
});

it('has its data directory to itself', async () => {
  await using second = runProgram(['dataplane', '--dataplane-port', '0', '--data', data.path]);
  expect(await second.exited).toBe(1);
  expect(second.output().stderr).toContain(data.path);
  expect(second.output().stderr).toContain('another process');
});

it('that is the gateway alone reaches a data plane elsewhere', async () => {
  const env = {
    AWS_ENDPOINT_URL: program.dataplaneUrl,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  await using gateway = runProgram(['gateway', '--port', '0'], { env });
  const [, url = ''] = await gateway.printed(/GraphQL.*?(http:\S+)/);
  const query = '{ device(deviceFleetName: "demo", deviceName: "pump-01") { registration { isRegistered } } }';
  expect(await request(url, query)).toMatchObject({ data: { device: { registration: { isRegistered: true } } } });
  expect(await request(url, '{ deviceFleets { nodes { deviceFleetName } } }')).toMatchObject({
    data: { deviceFleets: { nodes: [{ deviceFleetName: DEMO_FLEET }] } },
  });
});

it('starts no data plane where both endpoints are given', async () => {
  const env = {
    AWS_ENDPOINT_URL_SAGEMAKER_EDGE: program.dataplaneUrl,
    AWS_ENDPOINT_URL_IOT_EVENTS_DATA: program.dataplaneUrl,
  };
  await using other = runProgram(['serve', '--port', '0'], { env });
  const [, url = ''] = await other.printed(/GraphQL.*?(http:\S+)/);
  expect(other.output().stdout).not.toContain('Data plane');
  // Nor does it take for granted that there is a control plane.
  expect(await request(url, '{ deviceFleets { nodes { deviceFleetName } } }')).toMatchObject({
    data: { deviceFleets: null },
    errors: [{ extensions: { code: 'NOT_CONFIGURED' } }],
  });
});

describe('stopping', () => {
  it('ends sockets with a code that clients retry, and exits with 0; what was there is there after a restart', async () => {
    await using directory = await temporaryDirectory();
    const args = ['--data', directory.path, '--load', 'examples'];
    await using first = await runServe(args);
    await request(
      first.url,
      'mutation { putMessages(input: { messages: [{ inputName: "ColdRoomReading", payload: { deviceName: "coldroom-01", temperature: 5.5, doorOpen: false } }] }) { results { ok } } }',
    );
    const closeCode = new Promise<number>((resolve) => {
      const client = createClient({
        url: first.url.replace('http', 'ws'),
        lazy: false,
        retryAttempts: 0,
        onNonLazyError: () => undefined,
        on: {
          connected: () => {
            first.kill('SIGTERM');
          },
          closed: (event) => {
            resolve((event as CloseEvent).code);
            void client.dispose();
          },
        },
      });
    });
    // graphql-ws clients give up for good on 4400 and its like, and try again on the codes of a server that goes away.
    expect([1001, 1012]).toContain(await closeCode);
    expect(await first.exited).toBe(0);

    await using second = await runServe(args);
    expect(second.output().stdout).toMatch(/Loaded: {2}0 new, 0 changed, \d+ as they were\n/);
    const query = '{ detector(detectorModelName: "coldChain", keyValue: "coldroom-01") { state { stateName } } }';
    expect(await request(second.url, query)).toMatchObject({ data: { detector: { state: { stateName: 'Warming' } } } });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('takes %s while nothing goes on', async (signal) => {
    await using directory = await temporaryDirectory();
    await using idle = await runServe(['--data', directory.path]);
    idle.kill(signal);
    expect(await idle.exited).toBe(0);
  });
});
