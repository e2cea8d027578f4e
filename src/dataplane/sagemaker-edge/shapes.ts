import { double, list, oneOf, string, structure, timestamp } from '../protocol/shape.ts';

/** The name of a device or of a fleet. Source for all shapes here: wire.md, section 5. */
export const deviceName = string({ min: 1, max: 63, pattern: '^[a-zA-Z0-9](-*_*[a-zA-Z0-9])*$' });

const ENTITY = '^[a-zA-Z0-9](-*[a-zA-Z0-9])*$';
const entityName = string({ min: 1, max: 63, pattern: ENTITY });
const modelName = string({ min: 4, max: 255, pattern: ENTITY });
const version = string({ min: 1, max: 64, pattern: '[a-zA-Z0-9\\ \\_\\.]+' });
const modelState = oneOf(['DEPLOY', 'UNDEPLOY']);

const metric = structure(
  {},
  {
    Dimension: string({ min: 1, max: 1000, pattern: '^[a-zA-Z0-9](-*[a-zA-Z0-9\\/])*$' }),
    MetricName: string({ min: 4, max: 100, pattern: ENTITY }),
    Value: double,
    Timestamp: timestamp,
  },
);

const model = structure(
  {},
  {
    ModelName: modelName,
    ModelVersion: version,
    LatestSampleTime: timestamp,
    LatestInference: timestamp,
    ModelMetrics: list(metric),
  },
);

const deploymentModel = structure(
  {},
  {
    ModelHandle: entityName,
    ModelName: modelName,
    ModelVersion: version,
    DesiredState: modelState,
    State: modelState,
    Status: oneOf(['SUCCESS', 'FAIL']),
    StatusReason: string(),
    RollbackFailureReason: string(),
  },
);

const deploymentResult = structure(
  {},
  {
    DeploymentName: entityName,
    DeploymentStatus: entityName,
    DeploymentStatusMessage: string(),
    DeploymentStartTime: timestamp,
    DeploymentEndTime: timestamp,
    DeploymentModels: list(deploymentModel),
  },
);

/** SendHeartbeat's request. */
export const heartbeat = structure(
  { AgentVersion: version, DeviceName: deviceName, DeviceFleetName: deviceName },
  { AgentMetrics: list(metric), Models: list(model), DeploymentResult: deploymentResult },
);
