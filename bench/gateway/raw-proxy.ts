// The limit: no GraphQL at all. It knows the workloads by their operation's name, makes the same calls through the product's own upstream
// and writes the same JSON.
import { createServer } from 'node:http';
import { createLeanUpstream } from './lean-upstream.ts';

type Handler = (variables: never, call: Call) => Promise<object>;
type DetectorAnswer = NonNullable<Awaited<ReturnType<typeof upstream.describeDetector>>>;
type Call = Parameters<typeof upstream.describeDetector>[1];

const upstream = createLeanUpstream();

const handlers: Readonly<Record<string, Handler>> = {
  async OneDetector({ detectorModelName, keyValue }: { detectorModelName: string; keyValue: string }, call) {
    const detector = await upstream.describeDetector({ detectorModelName, keyValue }, call);
    return { detector: detector && { ...summary(detector), state: stateOf(detector) } };
  },
  async DevicePage({ ids, detectorModelNames }: { ids: string[]; detectorModelNames: string[] }, call) {
    return { nodes: await Promise.all(ids.map((id) => readDevice(id, detectorModelNames, call))) };
  },
  async DetectorList({ detectorModelName, first }: { detectorModelName: string; first: number }, call) {
    const { items, pageInfo } = await listDetectors(detectorModelName, first, call);
    const nodes = items.map((detector) => ({ ...summary(detector), state: { stateName: detector.stateName } }));
    return { detectors: { nodes, pageInfo } };
  },
  async Dashboard({ ids, detectorModelName, keyValue }: DashboardVariables, call) {
    const [nodes, { items, pageInfo }, detector] = await Promise.all([
      Promise.all(ids.map((id) => readDeviceStatus(id, call))),
      listDetectors(detectorModelName, 50, call),
      upstream.describeDetector({ detectorModelName, keyValue }, call),
    ]);
    return {
      nodes,
      detectors: {
        nodes: items.map((item) => ({
          keyValue: item.keyValue,
          state: { stateName: item.stateName },
          lastUpdateTime: item.lastUpdateTime,
        })),
        pageInfo,
      },
      selected: detector && { state: stateOf(detector) },
      title: detector && { keyValue: detector.keyValue, state: { stateName: detector.stateName } },
    };
  },
  async UpdateDetectors({ input }: { input: { detectors: UpdateInput[] } }, call) {
    const updates = input.detectors.map(({ state, ...key }) => ({ ...key, ...state }));
    const failures = await upstream.batchUpdateDetector(updates, call);
    const failed = new Map(failures.map((failure) => [failure.id, failure]));
    const results = updates.map(({ messageId: id }) => {
      const failure = failed.get(id);
      return { id, ok: !failure, error: failure ? { code: failure.errorCode, message: failure.errorMessage } : null };
    });
    return { updateDetectors: { results } };
  },
};

interface DashboardVariables {
  readonly ids: readonly string[];
  readonly detectorModelName: string;
  readonly keyValue: string;
}
type UpdateRequest = Parameters<typeof upstream.batchUpdateDetector>[0][number];
type UpdateInput = Omit<UpdateRequest, 'stateName' | 'variables' | 'timers'> & {
  readonly state: Pick<UpdateRequest, 'stateName' | 'variables' | 'timers'>;
};

let requests = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      operationName: string;
      variables: never;
    };
    const aborter = new AbortController();
    // Rights of its own: the proxy makes every request's calls itself and shares none with another request.
    const call = { signal: aborter.signal, rights: String((requests += 1)) };
    handlers[operationName]?.(variables, call).then(
      (data) => {
        const body = JSON.stringify({ data });
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address)
    process.stdout.write(`raw proxy: http://127.0.0.1:${address.port}/graphql\n`);
});

async function listDetectors(detectorModelName: string, maxResults: number, call: Call) {
  const request = { detectorModelName, stateName: null, nextToken: null, maxResults };
  const { items, nextToken } = await upstream.listDetectors(request, call);
  return { items, pageInfo: { hasNextPage: nextToken !== null } };
}

function deviceOf(id: string) {
  const [, deviceFleetName, deviceName] = JSON.parse(Buffer.from(id, 'base64url').toString()) as [
    string,
    string,
    string,
  ];
  return { deviceFleetName, deviceName };
}

async function readDeviceStatus(id: string, call: Call) {
  const device = deviceOf(id);
  const [{ deviceRegistration }, deployments] = await Promise.all([
    upstream.getDeviceRegistration(device, call),
    upstream.getDeployments(device, call),
  ]);
  return {
    deviceName: device.deviceName,
    registration: { isRegistered: deviceRegistration === 'Registered' },
    deployments: deployments.map(({ deploymentName }) => ({ deploymentName })),
  };
}

async function readDevice(id: string, detectorModelNames: readonly string[], call: Call) {
  const device = deviceOf(id);
  const { deviceName } = device;
  const [registration, deployments, ...detectors] = await Promise.all([
    upstream.getDeviceRegistration(device, call),
    upstream.getDeployments(device, call),
    ...detectorModelNames.map((detectorModelName) =>
      upstream.describeDetector({ detectorModelName, keyValue: deviceName }, call),
    ),
  ]);
  const { deviceRegistration, cacheTtlSeconds } = registration;
  return {
    deviceName,
    registration: {
      deviceRegistration,
      isRegistered: deviceRegistration === 'Registered',
      cacheTtlSeconds,
    },
    deployments: deployments.map(({ deploymentName, failureHandlingPolicy, definitions }) => ({
      deploymentName,
      failureHandlingPolicy,
      definitions,
    })),
    detectors: detectors
      .filter((detector) => detector !== null)
      .map((detector) => ({
        detectorModelName: detector.detectorModelName,
        state: stateOf(detector),
        lastUpdateTime: detector.lastUpdateTime,
      })),
  };
}

function summary(detector: Omit<DetectorAnswer, 'variables' | 'timers'>) {
  const { detectorModelName, keyValue, detectorModelVersion, creationTime, lastUpdateTime } = detector;
  return { detectorModelName, keyValue, detectorModelVersion, creationTime, lastUpdateTime };
}

function stateOf({ stateName, variables, timers }: DetectorAnswer) {
  return { stateName, variables, timers };
}
