import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { GetDeploymentsCommand, SagemakerEdgeClient, SendHeartbeatCommand } from '@aws-sdk/client-sagemaker-edge';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';

/** A data plane with a fleet `demo` of devices d0 to d4, and AWS's own clients of both sides of it. */
export interface SagemakerPlane {
  readonly dataplane: TestDataplane;
  readonly client: SageMakerClient;
  heartbeat(DeviceName: string, members?: object): Promise<void>;
  /** The names of the deployments that a device is given. */
  given(DeviceName: string): Promise<readonly (string | undefined)[]>;
  close(): Promise<void>;
}

export const roleArn = 'arn:aws:iam::123456789012:role/test-role';
const OutputConfig = { S3OutputLocation: 's3://bucket/output' };
export const deviceNames = ['d0', 'd1', 'd2', 'd3', 'd4'];

/** A CreateEdgePackagingJob request. */
export const jobRequest = {
  EdgePackagingJobName: 'job',
  CompilationJobName: 'none',
  ModelName: 'anomaly',
  ModelVersion: '1.0',
  RoleArn: roleArn,
  OutputConfig,
};

export async function startSagemaker(): Promise<SagemakerPlane> {
  const dataplane = await startTestDataplane({
    resources: [
      { DeviceFleetName: 'demo', RoleArn: roleArn, OutputConfig, Description: 'a demo' },
      { DeviceFleetName: 'demo', Devices: deviceNames.map((DeviceName) => ({ DeviceName })) },
      jobRequest,
    ],
  });
  const config = {
    endpoint: dataplane.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  const client = new SageMakerClient(config);
  const edge = new SagemakerEdgeClient(config);
  return {
    dataplane,
    client,
    async heartbeat(DeviceName, members = {}) {
      const device = { DeviceName, DeviceFleetName: 'demo', AgentVersion: '1.0' };
      await edge.send(new SendHeartbeatCommand({ ...device, ...members }));
    },
    async given(DeviceName) {
      const device = { DeviceName, DeviceFleetName: 'demo' };
      const { Deployments } = await edge.send(new GetDeploymentsCommand(device));
      return Deployments?.map(({ DeploymentName }) => DeploymentName) ?? [];
    },
    async close() {
      client.destroy();
      edge.destroy();
      await dataplane.close();
    },
  };
}
