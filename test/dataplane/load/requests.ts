/** A CreateDeviceFleet request. */
export const fleet = { DeviceFleetName: 'demo', OutputConfig: { S3OutputLocation: 's3://bucket/folder' } };
/** A RegisterDevices request of fleet `demo`. */
export const devices = (...names: readonly string[]) => ({
  DeviceFleetName: 'demo',
  Devices: names.map((DeviceName) => ({ DeviceName })),
});
/** A CreateEdgePackagingJob request. */
export const job = (name: string, location: string, tags: readonly object[] = []) => ({
  EdgePackagingJobName: name,
  CompilationJobName: 'compiled',
  ModelName: 'resnet',
  ModelVersion: '1.0',
  RoleArn: 'arn:aws:iam::123456789012:role/EdgeRole',
  OutputConfig: { S3OutputLocation: location },
  Tags: tags,
});
/** A stage of a plan. */
export const stage = (StageName: string, DeviceSelectionConfig: object, members: object = {}) => ({
  StageName,
  DeviceSelectionConfig,
  ...members,
});
/** A CreateEdgeDeploymentPlan request for fleet `demo`. */
export const plan = (members: object) => ({
  EdgeDeploymentPlanName: 'plan',
  ModelConfigs: [{ ModelHandle: 'handle', EdgePackagingJobName: 'job' }],
  DeviceFleetName: 'demo',
  ...members,
});
