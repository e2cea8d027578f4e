import { integer, list, oneOf, string, structure } from '../protocol/shape.ts';

// Source for all shapes here: wire.md, sections 4 and 8.1; for the tag `fleetgraph:sha1` section 9.11.

const entityName = string({ min: 1, max: 63, pattern: '^[a-zA-Z0-9](-*[a-zA-Z0-9])*$' });
const s3Uri = string({ min: 1, max: 1024, pattern: '^s3://([^/]+)/?(.*)$' });
const tags = list(structure({ Key: string({ min: 1, max: 128 }), Value: string({ max: 256 }) }), { max: 50 });

/** CreateAlarmModel, as far as it is read today. */
export const alarmModel = structure({
  alarmModelName: string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9_-]+$' }),
  alarmRule: structure({}),
});

/** CreateDeviceFleet. */
export const deviceFleet = structure(
  { DeviceFleetName: entityName, OutputConfig: structure({ S3OutputLocation: s3Uri }) },
  { RoleArn: string({ min: 20, max: 2048 }), Description: string({ max: 800 }), Tags: tags },
);

/** RegisterDevices. */
export const devices = structure(
  {
    DeviceFleetName: entityName,
    Devices: list(
      structure(
        { DeviceName: entityName },
        {
          Description: string({ min: 1, max: 40 }),
          IotThingName: string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9:_-]+$' }),
        },
      ),
    ),
  },
  { Tags: tags },
);

/** CreateEdgePackagingJob. */
export const packagingJob = structure(
  {
    EdgePackagingJobName: entityName,
    CompilationJobName: entityName,
    ModelName: string({ min: 4, max: 255, pattern: '^[a-zA-Z0-9](-*[a-zA-Z0-9])*$' }),
    ModelVersion: string({ min: 1, max: 30, pattern: '[a-zA-Z0-9\\ \\_\\.]+' }),
    RoleArn: string({ min: 20, max: 2048 }),
    OutputConfig: structure({ S3OutputLocation: s3Uri }),
  },
  { Tags: tags },
);

const deviceSelection = structure(
  { DeviceSubsetType: oneOf(['PERCENTAGE', 'SELECTION', 'NAMECONTAINS']) },
  { Percentage: integer({ min: 0, max: 100 }), DeviceNames: list(entityName), DeviceNameContains: string({ min: 1 }) },
);

const stage = structure(
  { StageName: entityName, DeviceSelectionConfig: deviceSelection },
  { DeploymentConfig: structure({ FailureHandlingPolicy: oneOf(['ROLLBACK_ON_FAILURE', 'DO_NOTHING']) }) },
);

/** CreateEdgeDeploymentPlan. */
export const deploymentPlan = structure(
  {
    EdgeDeploymentPlanName: entityName,
    ModelConfigs: list(structure({ ModelHandle: entityName, EdgePackagingJobName: entityName }), { min: 1 }),
    DeviceFleetName: entityName,
  },
  { Stages: list(stage), Tags: tags },
);
