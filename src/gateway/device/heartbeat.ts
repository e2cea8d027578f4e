import { type Context } from '../context.ts';
import {
  type DeploymentModelInput,
  type DeploymentResultInput,
  type EdgeMetricInput,
  type EdgeModelInput,
  type SendHeartbeatInput,
} from '../generated/resolvers.ts';
import { checkArguments } from '../rules.ts';
import {
  type DeploymentModel,
  type DeploymentResult,
  type EdgeMetric,
  type EdgeModel,
  type HeartbeatRequest,
} from '../upstream/upstream.ts';
import { type Device } from './device.ts';

/**
 * Sends a device's heartbeat and gives the device. Fails with BAD_USER_INPUT, nothing sent, or upstream's own code; the message
 * tells if the heartbeat may have been applied all the same.
 */
export async function sendHeartbeat(input: SendHeartbeatInput, context: Context): Promise<Device> {
  const { deviceFleetName, deviceName } = input;
  const heartbeat = readHeartbeat(input);
  try {
    await context.upstream.sendHeartbeat(heartbeat, context.call);
  } finally {
    // A heartbeat with a DeploymentResult changes what is deployed, and one that failed may have, too.
    const { loaders } = context;
    const device = { deviceFleetName, deviceName };
    loaders.deployments.clear(device);
    loaders.deviceRegistration.clear(device);
    loaders.deviceDescription.clear(device);
    loaders.deviceSummary.clear(device);
    loaders.devicePage.clearAll();
    loaders.deviceFleetReport.clear(deviceFleetName);
  }
  return { deviceFleetName, deviceName };
}

function readHeartbeat(input: SendHeartbeatInput): HeartbeatRequest {
  const { deviceFleetName, deviceName, agentVersion, agentMetrics, models, deploymentResult } = input;
  checkArguments({ deviceFleetName, deviceName, agentVersion }, 'input.');
  return {
    deviceFleetName,
    deviceName,
    agentVersion,
    agentMetrics: agentMetrics?.map((metric, index) => readMetric(metric, `input.agentMetrics[${index}].`)) ?? null,
    models: models?.map((model, index) => readModel(model, `input.models[${index}].`)) ?? null,
    deploymentResult: deploymentResult ? readDeploymentResult(deploymentResult, 'input.deploymentResult.') : null,
  };
}

function readMetric({ dimension, metricName, value, timestamp }: EdgeMetricInput, path: string): EdgeMetric {
  checkArguments({ dimension, metricName }, path);
  return {
    dimension: dimension ?? null,
    metricName: metricName ?? null,
    value: value ?? null,
    timestamp: timestamp ?? null,
  };
}

function readModel(model: EdgeModelInput, path: string): EdgeModel {
  const { modelName, modelVersion, latestSampleTime, latestInference, modelMetrics } = model;
  checkArguments({ modelName, modelVersion }, path);
  return {
    modelName: modelName ?? null,
    modelVersion: modelVersion ?? null,
    latestSampleTime: latestSampleTime ?? null,
    latestInference: latestInference ?? null,
    modelMetrics: modelMetrics?.map((metric, index) => readMetric(metric, `${path}modelMetrics[${index}].`)) ?? null,
  };
}

function readDeploymentResult(result: DeploymentResultInput, path: string): DeploymentResult {
  const { deploymentName, deploymentStatus, deploymentModels } = result;
  checkArguments({ deploymentName, deploymentStatus }, path);
  return {
    deploymentName: deploymentName ?? null,
    deploymentStatus: deploymentStatus ?? null,
    deploymentStatusMessage: result.deploymentStatusMessage ?? null,
    deploymentStartTime: result.deploymentStartTime ?? null,
    deploymentEndTime: result.deploymentEndTime ?? null,
    deploymentModels:
      deploymentModels?.map((model, index) => readDeploymentModel(model, `${path}deploymentModels[${index}].`)) ?? null,
  };
}

function readDeploymentModel(model: DeploymentModelInput, path: string): DeploymentModel {
  const { modelHandle, modelName, modelVersion } = model;
  checkArguments({ modelHandle, modelName, modelVersion }, path);
  return {
    modelHandle: modelHandle ?? null,
    modelName: modelName ?? null,
    modelVersion: modelVersion ?? null,
    desiredState: model.desiredState ?? null,
    state: model.state ?? null,
    status: model.status ?? null,
    statusReason: model.statusReason ?? null,
    rollbackFailureReason: model.rollbackFailureReason ?? null,
  };
}
