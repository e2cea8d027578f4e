import {
  GetDeploymentsCommand,
  GetDeviceRegistrationCommand,
  SendHeartbeatCommand,
  type SendHeartbeatCommandInput,
} from '@aws-sdk/client-sagemaker-edge';
import { z } from 'zod';
import { optionalText } from './answer-shapes.ts';
import { type Operation } from './faults.ts';
import { type Send } from './send.ts';
import { type Transport } from './transport.ts';
import {
  type DeploymentAnswer,
  type DeploymentModel,
  type DeploymentResult,
  type DeviceKey,
  type DeviceRegistrationAnswer,
  type EdgeMetric,
  type EdgeModel,
  type HeartbeatRequest,
  type Upstream,
} from './upstream.ts';

type SagemakerEdge = Pick<Upstream, 'getDeviceRegistration' | 'getDeployments' | 'sendHeartbeat'>;

const MAX_INT = 2 ** 31 - 1;

const operation = (name: string, reads: boolean): Operation => ({ service: 'sagemaker-edge', name, reads });
const GET_DEPLOYMENTS = operation('GetDeployments', true);
const SEND_HEARTBEAT = operation('SendHeartbeat', false);
const nothing = z.object({});

// The answers on the wire, read into our own. Source: wire.md, section 5.
const registrationAnswer: z.ZodType<DeviceRegistrationAnswer> = z
  .object({ DeviceRegistration: z.string(), CacheTTL: optionalText })
  .transform((answer) => ({
    deviceRegistration: answer.DeviceRegistration,
    cacheTtlSeconds: answer.CacheTTL === null ? null : wholeSeconds(answer.CacheTTL),
  }));

const checksum = z
  .object({ Type: z.literal('SHA1'), Sum: z.string() })
  .transform(({ Type, Sum }) => ({ type: Type, sum: Sum }));

const modelDefinition = z
  .object({
    ModelHandle: z.string(),
    S3Url: optionalText,
    Checksum: checksum.nullish(),
    State: z.enum(['DEPLOY', 'UNDEPLOY']),
  })
  .transform((definition) => ({
    modelHandle: definition.ModelHandle,
    s3Url: definition.S3Url,
    checksum: definition.Checksum ?? null,
    state: definition.State,
  }));

const deployment = z
  .object({
    DeploymentName: z.string(),
    Type: z.literal('Model'),
    FailureHandlingPolicy: z.enum(['ROLLBACK_ON_FAILURE', 'DO_NOTHING']),
    Definitions: z.array(modelDefinition),
  })
  .transform((answer) => ({
    deploymentName: answer.DeploymentName,
    type: 'MODEL' as const,
    failureHandlingPolicy: answer.FailureHandlingPolicy,
    definitions: answer.Definitions,
  }));

const deploymentsAnswer: z.ZodType<readonly DeploymentAnswer[]> = z
  .object({ Deployments: z.array(deployment) })
  .transform((answer) => answer.Deployments);

/**
 * SageMaker Edge Manager's three operations through the SDK client's commands. With `registrationCache` a registration may serve for as
 * long as it says itself.
 */
export function createSagemakerEdge(transport: Transport, send: Send, registrationCache = false): SagemakerEdge {
  const getDeviceRegistration: Operation = {
    ...operation('GetDeviceRegistration', true),
    ...(registrationCache && {
      keepMs: (answer) => 1000 * ((answer as DeviceRegistrationAnswer).cacheTtlSeconds ?? 0),
    }),
  };
  return {
    getDeviceRegistration: (device, call) =>
      send(getDeviceRegistration, registrationAnswer, call, deviceInput(device), (input, exchange) =>
        transport(GetDeviceRegistrationCommand, input, exchange),
      ),
    getDeployments: (device, call) =>
      send(GET_DEPLOYMENTS, deploymentsAnswer, call, deviceInput(device), (input, exchange) =>
        transport(GetDeploymentsCommand, input, exchange),
      ),
    sendHeartbeat: async (heartbeat, call) => {
      await send(SEND_HEARTBEAT, nothing, call, heartbeatInput(heartbeat), (input, exchange) =>
        transport(SendHeartbeatCommand, input, exchange),
      );
    },
  };
}

/** Null for what is no whole number that GraphQL's Int can tell. */
function wholeSeconds(cacheTtl: string): number | null {
  const seconds = /^\d+$/.test(cacheTtl) ? Number(cacheTtl) : null;
  return seconds !== null && seconds <= MAX_INT ? seconds : null;
}

function deviceInput(device: DeviceKey) {
  return { DeviceName: device.deviceName, DeviceFleetName: device.deviceFleetName };
}

function heartbeatInput(heartbeat: HeartbeatRequest): SendHeartbeatCommandInput {
  const { agentMetrics, models, deploymentResult } = heartbeat;
  return {
    ...deviceInput(heartbeat),
    AgentVersion: heartbeat.agentVersion,
    ...(agentMetrics && { AgentMetrics: agentMetrics.map(metricInput) }),
    ...(models && { Models: models.map(modelInput) }),
    ...(deploymentResult && { DeploymentResult: deploymentResultInput(deploymentResult) }),
  };
}

function metricInput(metric: EdgeMetric) {
  return withoutNulls({
    Dimension: metric.dimension,
    MetricName: metric.metricName,
    Value: metric.value,
    Timestamp: metric.timestamp,
  });
}

function modelInput(model: EdgeModel) {
  return withoutNulls({
    ModelName: model.modelName,
    ModelVersion: model.modelVersion,
    LatestSampleTime: model.latestSampleTime,
    LatestInference: model.latestInference,
    ModelMetrics: model.modelMetrics && model.modelMetrics.map(metricInput),
  });
}

function deploymentResultInput(result: DeploymentResult) {
  return withoutNulls({
    DeploymentName: result.deploymentName,
    DeploymentStatus: result.deploymentStatus,
    DeploymentStatusMessage: result.deploymentStatusMessage,
    DeploymentStartTime: result.deploymentStartTime,
    DeploymentEndTime: result.deploymentEndTime,
    DeploymentModels: result.deploymentModels && result.deploymentModels.map(deploymentModelInput),
  });
}

function deploymentModelInput(model: DeploymentModel) {
  return withoutNulls({
    ModelHandle: model.modelHandle,
    ModelName: model.modelName,
    ModelVersion: model.modelVersion,
    DesiredState: model.desiredState,
    State: model.state,
    Status: model.status,
    StatusReason: model.statusReason,
    RollbackFailureReason: model.rollbackFailureReason,
  });
}

/** AWS's optional members are absent, never null. */
function withoutNulls<Members extends object>(members: Members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    [Name in keyof Members]?: NonNullable<Members[Name]>;
  };
}
