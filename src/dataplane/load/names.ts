import { type Resource } from './resource.ts';

/** Names of resources as they stand in messages: `input PressureInput`, `device demo/d1`. */
export type Names = ReadonlySet<string>;

/** A resource's kind and name, as messages have it. */
export const nameOf = {
  input: (inputName: string) => `input ${inputName}`,
  detectorModel: (detectorModelName: string) => `detector model ${detectorModelName}`,
  alarmModel: (alarmModelName: string) => `alarm model ${alarmModelName}`,
  deviceFleet: (deviceFleetName: string) => `device fleet ${deviceFleetName}`,
  device: (deviceFleetName: string, name: string) => `device ${deviceFleetName}/${name}`,
  packagingJob: (edgePackagingJobName: string) => `edge packaging job ${edgePackagingJobName}`,
  deploymentPlan: (edgeDeploymentPlanName: string) => `edge deployment plan ${edgeDeploymentPlanName}`,
};

/** What a request defines. */
export function namesIn(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'input':
      return [nameOf.input(String(resource.json['inputName']))];
    case 'detectorModel':
      return [nameOf.detectorModel(String(resource.json['detectorModelName']))];
    case 'alarmModel':
      return [nameOf.alarmModel(resource.request.alarmModelName)];
    case 'deviceFleet':
      return [nameOf.deviceFleet(resource.request.DeviceFleetName)];
    case 'devices':
      return resource.request.Devices.map(({ DeviceName }) =>
        nameOf.device(resource.request.DeviceFleetName, DeviceName),
      );
    case 'packagingJob':
      return [nameOf.packagingJob(resource.request.EdgePackagingJobName)];
    case 'deploymentPlan':
      return [nameOf.deploymentPlan(resource.request.EdgeDeploymentPlanName)];
  }
}
