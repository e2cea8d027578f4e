import {
  BatchUpdateDetectorCommand,
  DescribeDetectorCommand,
  IoTEventsDataClient,
  ListDetectorsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot-events-data';
import {
  GetDeploymentsCommand,
  GetDeviceRegistrationCommand,
  SagemakerEdgeClient,
} from '@aws-sdk/client-sagemaker-edge';
import DataLoader from 'dataloader';

/** The AWS SDK as it comes: endpoint, region and credentials are the environment's, everything else is its own choice. */
export function createSdkReads() {
  const data = new IoTEventsDataClient({ endpoint: process.env.AWS_ENDPOINT_URL });
  const edge = new SagemakerEdgeClient({ endpoint: process.env.AWS_ENDPOINT_URL });
  return {
    async describeDetector({ detectorModelName, keyValue }) {
      try {
        const { detector } = await data.send(new DescribeDetectorCommand({ detectorModelName, keyValue }));
        const { state, ...rest } = detector;
        return { ...rest, ...state };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }
    },
    async listDetectors(detectorModelName, maxResults) {
      const page = await data.send(new ListDetectorsCommand({ detectorModelName, maxResults }));
      const nodes = page.detectorSummaries.map(({ state, ...rest }) => ({ ...rest, stateName: state.stateName }));
      return { nodes, pageInfo: { hasNextPage: page.nextToken !== undefined } };
    },
    async updateDetectors(detectors) {
      const answer = await data.send(new BatchUpdateDetectorCommand({ detectors }));
      return answer.batchUpdateDetectorErrorEntries.map(({ messageId, ...failure }) => ({ ...failure, id: messageId }));
    },
    async getDeviceRegistration({ deviceFleetName: DeviceFleetName, deviceName: DeviceName }) {
      const answer = await edge.send(new GetDeviceRegistrationCommand({ DeviceFleetName, DeviceName }));
      return {
        deviceRegistration: answer.DeviceRegistration,
        cacheTtlSeconds: answer.CacheTTL === undefined ? null : Number(answer.CacheTTL),
      };
    },
    async getDeployments({ deviceFleetName: DeviceFleetName, deviceName: DeviceName }) {
      const answer = await edge.send(new GetDeploymentsCommand({ DeviceFleetName, DeviceName }));
      return answer.Deployments.map((deployment) => ({
        deploymentName: deployment.DeploymentName,
        failureHandlingPolicy: deployment.FailureHandlingPolicy,
        definitions: deployment.Definitions.map((definition) => ({
          modelHandle: definition.ModelHandle,
          s3Url: definition.S3Url,
          checksum: definition.Checksum && { type: definition.Checksum.Type, sum: definition.Checksum.Sum },
          state: definition.State,
        })),
      }));
    },
  };
}

/** The gateway's own lean upstream in the same shape. */
export async function createLeanReads() {
  const { createLeanUpstream } = await import('../lean-upstream.ts');
  const upstream = createLeanUpstream();
  const call = () => ({ signal: new AbortController().signal });
  return {
    describeDetector: ({ detectorModelName, keyValue }) =>
      upstream.describeDetector({ detectorModelName, keyValue }, call()),
    async listDetectors(detectorModelName, maxResults) {
      const request = { detectorModelName, stateName: null, nextToken: null, maxResults };
      const { items, nextToken } = await upstream.listDetectors(request, call());
      return { nodes: items, pageInfo: { hasNextPage: nextToken !== null } };
    },
    updateDetectors: (detectors) =>
      upstream.batchUpdateDetector(
        detectors.map(({ state, ...key }) => ({ ...key, ...state })),
        call(),
      ),
    getDeviceRegistration: ({ deviceFleetName, deviceName }) =>
      upstream.getDeviceRegistration({ deviceFleetName, deviceName }, call()),
    getDeployments: ({ deviceFleetName, deviceName }) =>
      upstream.getDeployments({ deviceFleetName, deviceName }, call()),
  };
}

/** For one request: what was read once is not read again. */
export function withDataLoader(reads) {
  const detectors = new DataLoader((keys) => Promise.all(keys.map(reads.describeDetector)), {
    cacheKeyFn: ({ detectorModelName, keyValue }) => `${detectorModelName}/${keyValue}`,
  });
  const cacheKeyFn = ({ deviceFleetName, deviceName }) => `${deviceFleetName}/${deviceName}`;
  const registrations = new DataLoader((keys) => Promise.all(keys.map(reads.getDeviceRegistration)), { cacheKeyFn });
  const deployments = new DataLoader((keys) => Promise.all(keys.map(reads.getDeployments)), { cacheKeyFn });
  return {
    ...reads,
    describeDetector: (key) => detectors.load(key),
    getDeviceRegistration: (key) => registrations.load(key),
    getDeployments: (key) => deployments.load(key),
  };
}
